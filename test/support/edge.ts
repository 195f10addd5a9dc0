/** What the HTTP edge is given around a test's Gatehouse, in the test's folder; nothing reaches out. */
import { pino } from 'pino';
import { SessionStore } from '../../src/access/sessions.js';
import { TokenStore } from '../../src/access/tokens.js';
import { ChangeFeed } from '../../src/app/changeFeed.js';
import { PolicyFollower } from '../../src/app/policyFollower.js';
import { Waypoints } from '../../src/app/waypoints.js';
import type { AuditedLog } from '../../src/audit/work.js';
import { readConfig } from '../../src/config.js';
import { BacktestDesk } from '../../src/backtestRuns/desk.js';
import { RunStore } from '../../src/backtestRuns/runStore.js';
import { DomainChecks } from '../../src/domains/domainChecks.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { DiskEvidenceStore } from '../../src/evidence/disk.js';
import { AuditDesk } from '../../src/http/auditDesk.js';
import type { HttpDeps } from '../../src/http/deps.js';
import { FigureDesk } from '../../src/http/figureDesk.js';
import { LagWatch } from '../../src/http/lagWatch.js';
import { createMetrics } from '../../src/http/metrics.js';
import { Mailing } from '../../src/mail/mailing.js';
import { createResolver } from '../../src/net/dns.js';
import { operatingOf } from '../../src/operating.js';
import { ProcessHealth } from '../../src/processes/health.js';
import { auditHere } from '../../src/threads/auditTask.js';
import type { Folder } from './folders.js';
import type { TestGatehouse } from './gatehouse.js';

/**
 * @param parts what the test looks at or changes; the rest is made
 * @param tokens the folder whose tokens are known
 */
export async function edgeOf(
  { deps, store, folder }: TestGatehouse,
  parts: Pick<HttpDeps, 'readModels'> & Partial<HttpDeps>,
  tokens: Folder = folder,
): Promise<HttpDeps> {
  const { commands = deps } = parts;
  const audited: AuditedLog = {
    open: () => openSqliteEventStore({ file: folder.file('events.db'), readOnly: true }),
    described: folder.file('events.db'),
    isFile: true,
    folder: folder.file('checkpoints'),
  };
  const sender = { providerName: 'Acme Mail', from: 'verification@acme.example', replyTo: 'support@acme.example' };
  return {
    commands,
    policies: await PolicyFollower.open(store, commands.now),
    domainChecks: new DomainChecks(commands, createResolver({ servers: ['127.0.0.1:9'] })),
    evidence: { store: new DiskEvidenceStore(folder.file('evidence')), mostBytes: 1_048_576 },
    mailing: new Mailing(commands, {
      sender,
      dashboardUrl: 'https://dashboard.acme.example',
      folder: folder.file('mail'),
      outboxFile: folder.file('mail.db'),
    }),
    tokens: new TokenStore(tokens.file('access.db'), commands.now),
    sessions: new SessionStore(tokens.file('access.db'), commands.now),
    changes: new ChangeFeed(store),
    embedOrigins: [],
    gateMode: 'enforce',
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    processHealth: new ProcessHealth([]),
    version: '0.0.0',
    instance: 'test',
    stopping: new AbortController().signal,
    backtests: new BacktestDesk({
      store,
      runs: new RunStore(':memory:'),
      now: commands.now,
      onFailure: () => undefined,
    }),
    waypoints: new Waypoints(),
    figures: new FigureDesk(parts.readModels, new AbortController().signal),
    audit: new AuditDesk({ work: auditHere(audited), now: commands.now, stopping: new AbortController().signal }),
    checkpoints: { folder: audited.folder, keyFile: folder.file('checkpoint-key.pem'), everyMinutes: 60 },
    operating: operatingOf(readConfig({ GATEHOUSE_DATA: folder.path }), store, [], []),
    lags: new LagWatch(),
    ...parts,
  };
}
