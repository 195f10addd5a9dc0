/** What the HTTP edge is given. */
import type { Logger } from 'pino';
import type { SessionStore } from '../access/sessions.js';
import type { TokenStore } from '../access/tokens.js';
import type { ChangeFeed } from '../app/changeFeed.js';
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { Waypoints } from '../app/waypoints.js';
import type { EvidenceStore } from '../evidence/evidenceStore.js';
import type { DomainChecks } from '../domains/domainChecks.js';
import type { PolicyFollower } from '../app/policyFollower.js';
import type { BacktestDesk } from '../backtestRuns/desk.js';
import type { Mailing } from '../mail/mailing.js';
import type { GateMode } from '../policy/gate.js';
import type { ProcessHealth } from '../processes/health.js';
import type { ReadModels } from '../readModels/readModels.js';
import type { CheckpointSchedule } from '../processes/checkpoints.js';
import type { Deliveries } from '../webhooks/deliveries.js';
import type { AuditDesk } from './auditDesk.js';
import type { FigureDesk } from './figureDesk.js';
import type { LagWatch } from './lagWatch.js';
import type { Metrics } from './metrics.js';
import type { Operating } from './operating.js';

export type HttpDeps = {
  readonly commands: CommandHandlerDeps;
  readonly policies: PolicyFollower;
  readonly readModels: ReadModels;
  /** For whoever looks at an account's history. */
  readonly waypoints: Waypoints;
  readonly figures: FigureDesk;
  readonly audit: AuditDesk;
  readonly checkpoints: CheckpointSchedule;
  readonly operating: Operating;
  readonly lags: LagWatch;
  readonly backtests: BacktestDesk;
  readonly domainChecks: DomainChecks;
  readonly tokens: TokenStore;
  readonly sessions: SessionStore;
  readonly changes: ChangeFeed;
  /** Origins whose pages may ask with a token: the provider's own dashboards. */
  readonly embedOrigins: readonly string[];
  readonly gateMode: GateMode;
  /** Where the bytes of evidence are, and how large one file may be. */
  readonly evidence: { readonly store: EvidenceStore; readonly mostBytes: number };
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly processHealth: ProcessHealth;
  readonly mailing: Mailing;
  /** Absent where no address is told of changes. */
  readonly webhooks?: Deliveries | undefined;
  readonly version: string;
  /** Tells this run of the service from any other, at the same address or on the same data. */
  readonly instance: string;
  /** Aborts when the service begins to stop: open streams end. */
  readonly stopping: AbortSignal;
};

/** How long a query waits for its read model to reach `after`, in milliseconds. */
export const longestWait = 3_000;
