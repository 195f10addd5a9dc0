/** The one place where the parts are put together. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Logger, pino } from 'pino';
import { TokenStore } from './access/tokens.js';
import { AccountCache } from './app/accountCache.js';
import type { CommandHandlerDeps } from './app/handleCommand.js';
import { ensurePolicy } from './app/policySource.js';
import type { Config } from './config.js';
import type { EventStore } from './eventStore/eventStore.js';
import { openSqliteEventStore } from './eventStore/sqlite.js';
import type { Instant } from './events/time.js';
import { type ActorType, actorTypes } from './events/vocabulary.js';
import type { RunningServer } from './http/server.js';
import { ReadModels } from './readModels/readModels.js';
import { ReadModelStore } from './readModels/store.js';

/** The present instant. The one clock of the service; everything else is told the time. */
export function systemClock(): Instant {
  return new Date().toISOString();
}

/** The files of a data folder. */
export function filesOf(config: Config) {
  const within = (name: string): string => join(config.data, name);
  return {
    events: config.eventsFile,
    lock: within('lock.db'),
    access: within('access.db'),
    readModels: within('read-models.db'),
    service: within('service.json'),
  };
}

/** Opens the log for writing. @throws {StoreLocked} when a service or another command writes to it */
export function openLog(config: Config): EventStore {
  mkdirSync(config.data, { recursive: true });
  mkdirSync(dirname(config.eventsFile), { recursive: true });
  const { events: file, lock: lockFile } = filesOf(config);
  return openSqliteEventStore({ file, lockFile });
}

/** Opens the log for reading, beside whoever writes it. */
export function openLogForReading(config: Config): EventStore {
  return openSqliteEventStore({ file: config.eventsFile, readOnly: true });
}

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

/** One token for each role that is not bound to an account. */
function firstTokens(tokens: TokenStore): FirstToken[] {
  if (!tokens.isEmpty) return [];
  return actorTypes
    .filter((role) => role !== 'customer')
    .map((role) => ({ role, actor: `first-${role}`, token: tokens.create({ role, actor: `first-${role}` }) }));
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

/** Starts the service: log, policy, read models, access, HTTP. What was opened is closed again when a part fails. */
export async function startService(
  config: Config,
  log: Logger = pino({ level: config.logLevel }),
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
    const store = openLog(config);
    closers.push(() => store.close());
    const tokens = openTokens(config);
    closers.push(() => tokens.close());
    const made = firstTokens(tokens);
    const commands = await commandsOn(store);
    const metrics = createMetrics();
    const readModels = new ReadModels(store, new ReadModelStore(filesOf(config).readModels), (projection, error) => {
      metrics.projectionFailures.inc({ projection });
      log.error({ projection, err: error }, 'a read model failed; it tries again');
    });
    readModels.start();
    closers.push(() => readModels.stop());
    const stopping = new AbortController();
    const instance = randomUUID();
    const deps = {
      commands,
      readModels,
      tokens,
      gateMode: config.gateMode,
      log,
      metrics,
      version: productVersion(),
      instance,
      stopping: stopping.signal,
    };
    const server = await startServer(deps, config.host, config.port);
    closers.push(() => stopServer(server, stopping));
    announce(config, server.url, instance);
    closers.push(() => rmSync(filesOf(config).service, { force: true }));
    return { url: server.url, firstTokens: made, stop: closeAll };
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
