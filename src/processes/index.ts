/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { DomainChecks } from '../domains/domainChecks.js';
import type { Resolver } from '../net/dns.js';
import type { ReadModels } from '../readModels/readModels.js';
import { domainProcess } from './domains.js';
import type { Processes } from './process.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  readonly readModels: ReadModels;
  readonly resolver: Resolver;
  readonly domainChecks: DomainChecks;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

/** The processes of the product. */
export const productProcesses: MakeProcesses = ({ readModels, domainChecks }) =>
  together([domainProcess({ checks: domainChecks, readModels })]);

function together(processes: readonly Processes[]): Processes {
  return {
    consumers: processes.flatMap(({ consumers }) => consumers),
    loops: processes.flatMap(({ loops }) => loops),
  };
}
