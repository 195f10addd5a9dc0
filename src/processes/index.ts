/** The processes of the product, by name. There are none yet: screening, mail and webhooks are told of here. */
import type { Process } from './process.js';

export const productProcesses: readonly Process[] = [];
