/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import { domainHolders } from '../domains/claims.js';
import type { DomainChecks } from '../domains/domainChecks.js';
import type { ReadModels } from '../readModels/readModels.js';
import type { ScreeningParts } from '../screening/screen.js';
import { abuse } from './abuse.js';
import { domainProcess } from './domains.js';
import type { Loop, Process, Processes } from './process.js';
import { reReview } from './reReview.js';
import { screeningProcess } from './screening.js';
import { timers } from './timers.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  readonly readModels: ReadModels;
  /** What reaches out: name servers and websites. */
  readonly network: Pick<ScreeningParts, 'resolver' | 'fetch'>;
  readonly domainChecks: DomainChecks;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

/** The processes of the product. */
export const productProcesses: MakeProcesses = ({ commands, readModels, network, domainChecks }) =>
  together([
    consumer(screeningProcess(commands, { ...network, domainHolders: domainHolders(readModels) })),
    domainProcess({ checks: domainChecks, readModels }),
    loop(timers({ commands, readModels })),
    consumer(abuse({ commands })),
    consumer(reReview({ commands })),
  ]);

/** A process of one consumer. */
function consumer(one: Process): Processes {
  return { consumers: [one], loops: [] };
}

/** A process of one loop. */
function loop(one: Loop): Processes {
  return { consumers: [], loops: [one] };
}

function together(processes: readonly Processes[]): Processes {
  return {
    consumers: processes.flatMap(({ consumers }) => consumers),
    loops: processes.flatMap(({ loops }) => loops),
  };
}
