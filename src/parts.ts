/** The parts that the configuration names: log, read models, tokens; opened here, put together in `main.ts`. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SessionStore } from './access/sessions.js';
import { TokenStore } from './access/tokens.js';
import { AccountCache } from './app/accountCache.js';
import type { CommandHandlerDeps } from './app/handleCommand.js';
import { ensurePolicy } from './app/policySource.js';
import type { AuditedLog } from './audit/work.js';
import { type Config, type EventStoreChoice } from './config.js';
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
    webhooks: within('webhooks.db'),
    backtests: within('backtests.db'),
    service: within('service.json'),
    evidenceSpool: within('evidence-incoming'),
    outbox: within('mail.db'),
    mails: within('mail'),
  };
}

/** The streams of the log: of accounts, of the policy, of operations. */
const streams = [accountStream(''), policyStream, operationsStreams];

/** Makes a folder where there is none: what is kept is personal, so on a shared machine it is for its owner alone. */
function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/**
 * Opens a log for writing.
 * @param lockFile the data folder's lock; an embedded log takes it beside its own
 * @throws {StoreLocked} when another process writes to an embedded log
 * @throws {StoreMisconfigured}
 */
export function openStore(choice: EventStoreChoice, lockFile?: string): EventStore {
  if (choice.kind === 'esdb') return openEventStoreDb({ connectionString: choice.connectionString, streams });
  makeFolder(dirname(choice.file));
  return openSqliteEventStore({ file: choice.file, ...(lockFile === undefined ? {} : { lockFile }) });
}

/** Opens the log for writing. @throws {StoreLocked} when a service or another command writes to an embedded one */
export function openLog(config: Config): EventStore {
  makeFolder(config.data);
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
export function describeLog({ eventStore }: Pick<Config, 'eventStore'>): string {
  return eventStore.kind === 'esdb' ? readEsdbAddress(eventStore.connectionString).described : eventStore.file;
}

/** The log and its checkpoints, as the audit opens them. */
export function auditedLog(config: Pick<Config, 'eventStore' | 'checkpoints'>): AuditedLog {
  const { eventStore, checkpoints } = config;
  return {
    open: () => openStoreForReading(eventStore),
    described: describeLog(config),
    isFile: eventStore.kind === 'sqlite',
    folder: checkpoints.folder,
  };
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

type ReadModelsError = (projection: string, error: unknown) => void;

/** What commands need, on an open log. */
export async function commandsOn(store: EventStore, now: () => Instant = systemClock): Promise<CommandHandlerDeps> {
  const policy = await ensurePolicy(store, now);
  return { store, accounts: new AccountCache(store), policy: () => policy, now };
}

export function openTokens(config: Config): TokenStore {
  makeFolder(config.data);
  return new TokenStore(filesOf(config).access, systemClock);
}

export function openSessions(config: Config): SessionStore {
  makeFolder(config.data);
  return new SessionStore(filesOf(config).access, systemClock);
}

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
