/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { Mailing } from '../mail/mailing.js';
import type { ReadModels } from '../readModels/readModels.js';
import { mailProcess } from './mail.js';
import type { Processes } from './process.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  readonly readModels: ReadModels;
  readonly mailing: Mailing;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

/** The processes of the product. */
export const productProcesses: MakeProcesses = ({ mailing, readModels }) =>
  together(mailProcess(mailing, readModels.reviewQueue));

function together(...parts: readonly Processes[]): Processes {
  return { consumers: parts.flatMap(({ consumers }) => consumers), loops: parts.flatMap(({ loops }) => loops) };
}
