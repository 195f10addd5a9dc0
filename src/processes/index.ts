/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import { domainHolders } from '../domains/claims.js';
import type { DomainChecks } from '../domains/domainChecks.js';
import type { EvidenceStore } from '../evidence/evidenceStore.js';
import type { Mailing } from '../mail/mailing.js';
import type { ReadModels } from '../readModels/readModels.js';
import type { ScreeningParts } from '../screening/screen.js';
import type { Webhooks } from '../webhooks/index.js';
import { abuse } from './abuse.js';
import { checkpointLoop, type CheckpointSchedule } from './checkpoints.js';
import { domainProcess } from './domains.js';
import { evidenceLoop } from './evidence.js';
import { mailProcess } from './mail.js';
import type { Loop, Process, Processes } from './process.js';
import { reReview } from './reReview.js';
import { screeningProcess, type ScreeningProcessParts } from './screening.js';
import { timers } from './timers.js';
import { webhookProcesses } from './webhooks.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  readonly readModels: ReadModels;
  /** What reaches out: name servers and websites. */
  readonly network: Pick<ScreeningParts, 'resolver' | 'fetch'>;
  readonly domainChecks: DomainChecks;
  readonly evidence: EvidenceStore;
  readonly mailing: Mailing;
  readonly checkpoints: CheckpointSchedule;
  /** Absent where no address is told of changes. */
  readonly webhooks?: Webhooks | undefined;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

/** The name of every process, whether it runs here or not. */
export const processNames: readonly string[] = [
  'screening',
  'domains',
  'mail',
  'webhooks',
  'timers',
  'abuse',
  're-review',
  'evidence',
  'checkpoints',
];

/** The processes of the product. */
export const productProcesses: MakeProcesses = (parts) => {
  const { commands, readModels, network, domainChecks, evidence, mailing, checkpoints, webhooks } = parts;
  const policy = () => commands.policy().document;
  return together([
    consumer(screeningProcess(commands, { ...network, ...claimsOn(readModels) })),
    domainProcess({ checks: domainChecks, readModels }),
    loop(timers({ commands, readModels })),
    consumer(abuse({ commands })),
    consumer(reReview({ commands })),
    loop(evidenceLoop({ commands, evidence })),
    loop(checkpointLoop(commands, checkpoints)),
    mailProcess(mailing, readModels.reviewQueue),
    ...(webhooks === undefined ? [] : [webhookProcesses(webhooks, { store: commands.store, policy })]),
  ]);
};

/** How long screening waits for what others have claimed, in milliseconds; after that its event comes again. */
const longestWait = 5_000;

/** Who else holds a domain, as far as the log goes when a request comes in. */
function claimsOn(readModels: ReadModels): Pick<ScreeningProcessParts, 'domainHolders' | 'caughtUp'> {
  return {
    domainHolders: domainHolders(readModels),
    caughtUp: async (position) => {
      const waits = [readModels.domainClaims, readModels.accounts].map((one) => one.waitFor(position, longestWait));
      return (await Promise.all(waits)).every(Boolean);
    },
  };
}

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
