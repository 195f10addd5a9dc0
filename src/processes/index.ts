/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { Instant } from '../events/time.js';
import type { ReadModels } from '../readModels/readModels.js';
import { abuse } from './abuse.js';
import type { Processes } from './process.js';
import { reReview } from './reReview.js';
import { timers } from './timers.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  readonly readModels: ReadModels;
  readonly now: () => Instant;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

/** The processes of the product. */
export const productProcesses: MakeProcesses = (parts) => ({
  consumers: [abuse(parts), reReview(parts)],
  loops: [timers(parts)],
});
