/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { Webhooks } from '../webhooks/index.js';
import type { Processes } from './process.js';
import { webhookProcesses } from './webhooks.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  /** Absent where no address is told of changes. */
  readonly webhooks?: Webhooks | undefined;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

/** The processes of the product. */
export const productProcesses: MakeProcesses = ({ commands, webhooks }) => {
  const { store, policy } = commands;
  const known = { store, policy: () => policy().document };
  const parts: readonly Processes[] = webhooks === undefined ? [] : [webhookProcesses(webhooks, known)];
  return { consumers: parts.flatMap(({ consumers }) => consumers), loops: parts.flatMap(({ loops }) => loops) };
};
