/** The one place where the parts are put together. */
import { randomUUID, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Logger, pino } from 'pino';
import { TokenStore } from './access/tokens.js';
import { AccountCache } from './app/accountCache.js';
import type { CommandHandlerDeps } from './app/handleCommand.js';
import { PolicyFollower } from './app/policyFollower.js';
import { ensurePolicy } from './app/policySource.js';
import { type Config, ConfigError, type EventStoreChoice } from './config.js';
import { DomainChecks } from './domains/domainChecks.js';
import type { ConsumerGroups } from './eventStore/consumerGroups.js';
import { openEsdbConsumers } from './eventStore/esdbConsumers.js';
import { readEsdbAddress } from './eventStore/esdbAddress.js';
import type { EventStore } from './eventStore/eventStore.js';
import { openEventStoreDb } from './eventStore/eventStoreDb.js';
import { openSqliteEventStore } from './eventStore/sqlite.js';
import { openSqliteConsumers } from './eventStore/sqliteConsumers.js';
import { takeFolderLock } from './eventStore/sqliteLock.js';
import { accountStream, operationsStreams, policyStream } from './events/envelope.js';
import type { Instant } from './events/time.js';
import { type ActorType, actorTypes } from './events/vocabulary.js';
import type { RunningServer } from './http/server.js';
import { createResolver, type Resolver } from './net/dns.js';
import { createSafeFetch, type SafeFetch } from './net/safeFetch.js';
import { ProcessHealth } from './processes/health.js';
import { type MakeProcesses, productProcesses } from './processes/index.js';
import { LoopRunner } from './processes/loops.js';
import type { Processes } from './processes/process.js';
import { ProcessRunner } from './processes/runner.js';
import { matchReadModels } from './readModels/matchLog.js';
import { ReadModels } from './readModels/readModels.js';
import { ReadModelStore } from './readModels/store.js';

/** The present instant. The one clock of the service; everything else is told the time. */
export function systemClock(): Instant {
  return new Date().toISOString();
}

/** The files of a data folder, beside the embedded log. */
export function filesOf(config: Config) {
  const within = (name: string): string => join(config.data, name);
  return {
    lock: within('lock.db'),
    access: within('access.db'),
    readModels: within('read-models.db'),
    processes: within('processes.db'),
    service: within('service.json'),
  };
}

/** The streams of the log: of accounts, of the policy, of operations. */
const streams = [accountStream(''), policyStream, operationsStreams];

/**
 * Opens a log for writing.
 * @param lockFile the data folder's lock; an embedded log takes it beside its own
 * @throws {StoreLocked} when another process writes to an embedded log
 * @throws {StoreMisconfigured}
 */
export function openStore(choice: EventStoreChoice, lockFile?: string): EventStore {
  if (choice.kind === 'esdb') return openEventStoreDb({ connectionString: choice.connectionString, streams });
  mkdirSync(dirname(choice.file), { recursive: true });
  return openSqliteEventStore({ file: choice.file, ...(lockFile === undefined ? {} : { lockFile }) });
}

/** Opens the log for writing. @throws {StoreLocked} when a service or another command writes to an embedded one */
export function openLog(config: Config): EventStore {
  mkdirSync(config.data, { recursive: true });
  return openStore(config.eventStore, filesOf(config).lock);
}

/** Opens a log for reading, beside whoever writes it; undefined while there is no embedded one. */
export function openStoreForReading(choice: EventStoreChoice): EventStore | undefined {
  if (choice.kind === 'esdb') return openStore(choice);
  return existsSync(choice.file) ? openSqliteEventStore({ file: choice.file, readOnly: true }) : undefined;
}

/** Opens the log for reading, beside whoever writes it; undefined while there is no embedded one. */
export function openLogForReading({ eventStore }: Config): EventStore | undefined {
  return openStoreForReading(eventStore);
}

/** The log as it may be shown: without user and password. */
export function describeLog({ eventStore }: Config): string {
  return eventStore.kind === 'esdb' ? readEsdbAddress(eventStore.connectionString).described : eventStore.file;
}

/**
 * Opens the read models of a data folder, for one process at a time: an embedded log's lock guards them, too; with
 * EventStoreDB they have a lock of their own.
 * @throws {StoreLocked} when another process uses the folder
 */
export async function openReadModels(
  config: Config,
  store: EventStore,
  onError?: ReadModelsError,
): Promise<ReadModels> {
  const { lock, readModels } = filesOf(config);
  const release = config.eventStore.kind === 'esdb' ? takeFolderLock(lock) : () => undefined;
  try {
    const rows = new ReadModelStore(readModels);
    try {
      await matchReadModels(store, rows);
      return new ReadModels(store, rows, onError, release);
    } catch (error) {
      rows.close();
      throw error;
    }
  } catch (error) {
    release();
    throw error;
  }
}

/** The consumer groups of the log; beside an embedded one they are kept in the data folder. */
export function openConsumerGroups(config: Config, store: EventStore): ConsumerGroups {
  const { eventStore } = config;
  if (eventStore.kind === 'esdb') return openEsdbConsumers({ connectionString: eventStore.connectionString, streams });
  return openSqliteConsumers(store, filesOf(config).processes, systemClock);
}

/** The processes that the configuration names. @throws {ConfigError} */
export function chosenProcesses({ processes: chosen }: Config, { consumers, loops }: Processes): Processes {
  if (chosen === 'none') return { consumers: [], loops: [] };
  const names = [...new Set([...consumers, ...loops].map(({ name }) => name))];
  if (chosen === 'all') return { consumers, loops };
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ConfigError(
      `GATEHOUSE_PROCESSES: there is no process ${unknown}; there are: ${names.join(', ') || 'none yet'}`,
    );
  }
  const isChosen = ({ name }: { readonly name: string }): boolean => chosen.includes(name);
  return { consumers: consumers.filter(isChosen), loops: loops.filter(isChosen) };
}

/** What reaches out: the resolver, and the fetcher of addresses that others named. @throws {ConfigError} */
export function openNetwork({ network }: Config): { readonly resolver: Resolver; readonly fetch: SafeFetch } {
  const { dnsServers, allowAddresses, caFile } = network;
  const resolver = configured('GATEHOUSE_DNS_SERVERS: must be addresses such as 9.9.9.9 or 127.0.0.1:5353', () =>
    createResolver({ servers: dnsServers }),
  );
  const trustedCa = caFile === undefined ? {} : { trustedCa: configured('GATEHOUSE_CA_FILE', () => readCa(caFile)) };
  return { resolver, fetch: createSafeFetch({ resolver, allowAddresses, ...trustedCa }) };
}

/** The certificates of a file. @throws {Error} when the first one cannot be read */
function readCa(file: string): string {
  const pem = readFileSync(file, 'utf8');
  // An authority that cannot be read would only show when a connection fails.
  const { subject } = new X509Certificate(pem);
  if (subject === '') throw new Error(`${file} holds no certificate of an authority`);
  return pem;
}

function configured<T>(setting: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new ConfigError(`${setting}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type ReadModelsError = (projection: string, error: unknown) => void;

/** What commands need, on an open log. */
export async function commandsOn(store: EventStore, now: () => Instant = systemClock): Promise<CommandHandlerDeps> {
  const policy = await ensurePolicy(store, now);
  return { store, accounts: new AccountCache(store), policy: () => policy, now };
}

export function openTokens(config: Config): TokenStore {
  mkdirSync(config.data, { recursive: true });
  return new TokenStore(filesOf(config).access, systemClock);
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

/** What the version says of this program. */
export function productVersion(): string {
  // From dist/src and from src alike the package file is found by walking up.
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const text = readFileSync(new URL(up, import.meta.url), 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      // The next one.
    }
  }
  return '0.0.0';
}

/**
 * Starts the service: log, policy, read models, access, processes, HTTP. What was opened is closed again when a part
 * fails.
 */
export async function startService(
  config: Config,
  log: Logger = pino({ level: config.logLevel }),
  makeProcesses: MakeProcesses = productProcesses,
): Promise<RunningService> {
  // Only a service needs the HTTP edge; every other command starts faster without it.
  const [{ createMetrics }, { startServer }] = await Promise.all([
    import('./http/metrics.js'),
    import('./http/server.js'),
  ]);
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.toReversed()) await close();
  };
  try {
    const network = openNetwork(config);
    const store = openLog(config);
    closers.push(() => store.close());
    const tokens = openTokens(config);
    closers.push(() => tokens.close());
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
    const metrics = createMetrics();
    const readModels = await openReadModels(config, store, (projection, error) => {
      metrics.projectionFailures.inc({ projection });
      log.error({ projection, err: error }, 'a read model failed; it tries again');
    });
    readModels.start();
    closers.push(() => readModels.stop());
    const domainChecks = new DomainChecks(commands, network.resolver);
    const chosen = chosenProcesses(config, makeProcesses({ commands, readModels, network, domainChecks }));
    const processHealth = new ProcessHealth([...chosen.consumers, ...chosen.loops].map(({ name }) => name));
    const onProblem = (process: string, error: Error): void => {
      processHealth.failed(process, error);
      log.warn({ process, err: error }, 'a process failed; it tries again');
    };
    if (chosen.consumers.length > 0) {
      const runner = new ProcessRunner(
        {
          groups: openConsumerGroups(config, store),
          commands,
          onOutcome: (process, outcome) => {
            metrics.processEvents.inc({ process, outcome });
            if (outcome === 'done') processHealth.succeeded(process);
          },
          onProblem,
        },
        chosen.consumers,
      );
      closers.push(() => runner.stop());
      await runner.start();
    }
    const loops = new LoopRunner({ onSuccess: (loop) => processHealth.succeeded(loop), onProblem }, chosen.loops);
    closers.push(() => loops.stop());
    loops.start();
    const stopping = new AbortController();
    const instance = randomUUID();
    const deps = {
      commands,
      policies,
      readModels,
      domainChecks,
      tokens,
      gateMode: config.gateMode,
      log,
      metrics,
      processHealth,
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
