/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { EvidenceStore } from '../evidence/evidenceStore.js';
import { evidenceLoop } from './evidence.js';
import type { Processes } from './process.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  readonly evidence: EvidenceStore;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

/** The processes of the product. */
export const productProcesses: MakeProcesses = (parts) => ({
  consumers: [],
  loops: [evidenceLoop(parts)],
});
