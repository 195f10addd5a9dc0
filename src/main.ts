/** The one place where the parts are put together. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import type { TokenStore } from './access/tokens.js';
import { AccountCache } from './app/accountCache.js';
import { ChangeFeed } from './app/changeFeed.js';
import type { CommandHandlerDeps } from './app/handleCommand.js';
import { PolicyFollower } from './app/policyFollower.js';
import { Waypoints } from './app/waypoints.js';
import { BacktestDesk } from './backtestRuns/desk.js';
import { RunStore } from './backtestRuns/runStore.js';
import { type Config, ConfigError } from './config.js';
import { DomainChecks } from './domains/domainChecks.js';
import { type ActorType, actorTypes } from './events/vocabulary.js';
import type { Metrics } from './http/metrics.js';
import type { RunningServer } from './http/server.js';
import { Mailing } from './mail/mailing.js';
import { ProcessHealth } from './processes/health.js';
import { knownProcesses, operatingOf } from './operating.js';
import { type MakeProcesses, productProcesses } from './processes/index.js';
import { LoopRunner } from './processes/loops.js';
import type { Processes } from './processes/process.js';
import { type ProcessOutcome, ProcessRunner } from './processes/runner.js';
import { openEvidence, openNetwork, mailSettings, openWebhooks } from './outside.js';
import { auditInThread } from './threads/auditThread.js';
import type { AuditWork } from './threads/auditTask.js';
import {
  systemClock,
  filesOf,
  openLog,
  openReadModels,
  openConsumerGroups,
  openSessions,
  openTokens,
  productVersion,
} from './parts.js';

/** The processes that the configuration names. @throws {ConfigError} */
export function chosenProcesses({ processes: chosen }: Config, { consumers, loops }: Processes): Processes {
  if (chosen === 'none') return { consumers: [], loops: [] };
  const names = [...new Set([...consumers, ...loops].map(({ name }) => name))];
  if (chosen === 'all') return { consumers, loops };
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown === 'webhooks') {
    throw new ConfigError('GATEHOUSE_PROCESSES: webhooks needs GATEHOUSE_WEBHOOK_URL and GATEHOUSE_WEBHOOK_SECRET');
  }
  if (unknown !== undefined) {
    throw new ConfigError(
      `GATEHOUSE_PROCESSES: there is no process ${unknown}; there are: ${names.join(', ') || 'none yet'}`,
    );
  }
  const isChosen = ({ name }: { readonly name: string }): boolean => chosen.includes(name);
  return { consumers: consumers.filter(isChosen), loops: loops.filter(isChosen) };
}

/** A token made on first start, to be shown this once. */
export type FirstToken = { readonly role: ActorType; readonly actor: string; readonly token: string };

/** One token for each role that is not bound to an account, unless there are tokens already. */
function firstTokens(tokens: TokenStore): FirstToken[] {
  if (!tokens.isEmpty) return [];
  const wanted = actorTypes.filter((role) => role !== 'customer').map((role) => ({ role, actor: `first-${role}` }));
  const made = tokens.createAll(wanted);
  return wanted.map((one, index) => ({ ...one, token: made[index] ?? '' }));
}

export type RunningService = {
  readonly url: string;
  readonly firstTokens: readonly FirstToken[];
  readonly stop: () => Promise<void>;
};

/** How long requests under way may take when the service stops, in milliseconds. */
const grace = 10_000;

type Closer = () => Promise<void> | void;

type ProcessSurroundings = {
  readonly config: Config;
  readonly commands: CommandHandlerDeps;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly health: ProcessHealth;
};

/** What goes on beside requests: consumers of events, and loops. */
async function startProcesses(
  { consumers, loops }: Processes,
  { config, commands, metrics, log, health }: ProcessSurroundings,
  closers: Closer[],
): Promise<void> {
  const onProblem = (process: string, error: Error, part?: string): void => {
    health.failed(process, error, part);
    log.warn({ process, err: error }, 'a process failed; it tries again');
  };
  if (consumers.length > 0) {
    const onOutcome = (process: string, outcome: ProcessOutcome): void => {
      metrics.processEvents.inc({ process, outcome });
      if (outcome === 'done') health.succeeded(process);
    };
    const groups = openConsumerGroups(config, commands.store);
    const onConnected = (process: string, part: string): void => health.succeeded(process, part);
    const runner = new ProcessRunner({ groups, commands, onOutcome, onProblem, onConnected }, consumers);
    closers.push(() => runner.stop());
    await runner.start();
  }
  const onSuccess = (loop: string, part?: string): void => health.succeeded(loop, part);
  const runner = new LoopRunner({ onSuccess, onProblem }, loops);
  closers.push(() => runner.stop());
  runner.start();
}

/**
 * Starts the service: log, policy, read models, access, processes, HTTP. What was opened is closed again when a part
 * fails.
 */
export async function startService(
  config: Config,
  log: Logger = pino({ level: config.logLevel }),
  makeProcesses: MakeProcesses = productProcesses,
  auditWork: AuditWork = auditInThread(config),
): Promise<RunningService> {
  // Only a service needs the HTTP edge; every other command starts faster without it.
  const [{ AuditDesk }, { FigureDesk }, { LagWatch }, { createMetrics }, { startServer }] = await Promise.all([
    import('./http/auditDesk.js'),
    import('./http/figureDesk.js'),
    import('./http/lagWatch.js'),
    import('./http/metrics.js'),
    import('./http/server.js'),
  ]);
  const closers: Closer[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.toReversed()) await close();
  };
  try {
    const network = openNetwork(config);
    const store = openLog(config);
    closers.push(() => store.close());
    const tokens = openTokens(config);
    closers.push(() => tokens.close());
    const sessions = openSessions(config);
    closers.push(() => sessions.close());
    const policies = await PolicyFollower.open(store, systemClock, (error) => {
      log.warn({ err: error }, 'the policies of the log cannot be followed just now; the last one known holds');
    });
    policies.start();
    closers.push(() => policies.stop());
    const commands: CommandHandlerDeps = {
      store,
      accounts: new AccountCache(store),
      policy: () => policies.current(),
      now: systemClock,
    };
    const changes = new ChangeFeed(store, (error) => {
      log.warn({ err: error }, 'the log cannot be followed just now; pages learn of changes when it can');
    });
    await changes.start();
    closers.push(() => changes.stop());
    const metrics = createMetrics();
    const readModels = await openReadModels(config, store, (projection, error) => {
      metrics.projectionFailures.inc({ projection });
      log.error({ projection, err: error }, 'a read model failed; it tries again');
    });
    readModels.start();
    closers.push(() => readModels.stop());
    const evidence = await openEvidence(config);
    closers.push(() => evidence.close());
    const mailing = new Mailing(commands, mailSettings(config));
    closers.push(() => mailing.close());
    const webhooks = openWebhooks(config, network.fetch, metrics);
    closers.push(() => webhooks?.deliveries.close());
    const domainChecks = new DomainChecks(commands, network.resolver);
    const { checkpoints } = config;
    const parts = { commands, readModels, network, domainChecks, evidence, mailing, checkpoints, webhooks };
    const made = makeProcesses(parts);
    const chosen = chosenProcesses(config, made);
    const processHealth = new ProcessHealth([...chosen.consumers, ...chosen.loops].map(({ name }) => name));
    await startProcesses(chosen, { config, commands, metrics, log, health: processHealth }, closers);
    const stopping = new AbortController();
    // Every open stream listens for the stop.
    setMaxListeners(0, stopping.signal);
    const instance = randomUUID();
    const backtests = new BacktestDesk({
      store,
      runs: new RunStore(filesOf(config).backtests),
      now: systemClock,
      onFailure: (id, error) => log.error({ backtest: id, err: error }, 'a backtest failed'),
    });
    closers.push(() => backtests.stop());
    const deps = {
      commands,
      policies,
      readModels,
      waypoints: new Waypoints(),
      figures: new FigureDesk(readModels, stopping.signal),
      audit: new AuditDesk({ work: auditWork, now: systemClock, stopping: stopping.signal }),
      checkpoints,
      operating: operatingOf(config, store, knownProcesses(made, chosen), closers),
      lags: new LagWatch(),
      backtests,
      domainChecks,
      tokens,
      sessions,
      changes,
      embedOrigins: config.embedOrigins,
      gateMode: config.gateMode,
      evidence: { store: evidence, mostBytes: config.evidence.mostBytes },
      log,
      metrics,
      processHealth,
      mailing,
      webhooks: webhooks?.deliveries,
      version: productVersion(),
      instance,
      stopping: stopping.signal,
    };
    const server = await startServer(deps, config.host, config.port);
    closers.push(() => stopServer(server, stopping));
    announce(config, server.url, instance);
    closers.push(() => rmSync(filesOf(config).service, { force: true }));
    // Last of all: a start that fails would keep tokens that nobody was shown, and the next one would make none.
    return { url: server.url, firstTokens: firstTokens(tokens), stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function stopServer(server: RunningServer, stopping: AbortController): Promise<void> {
  stopping.abort();
  await server.stop(grace);
}

/** Leaves a note where the service answers, for commands that go through it. */
function announce(config: Config, url: string, instance: string): void {
  writeFileSync(filesOf(config).service, JSON.stringify({ url, pid: process.pid, instance }));
}
