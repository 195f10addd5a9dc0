/** The embedded event store: one SQLite file, durable before it answers, one writer process. */
import type Database from 'better-sqlite3';
import {
  type AppendConflict,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  StoreClosed,
  type StoredEvent,
  type SubscribeOptions,
  type SubscriptionItem,
} from './eventStore.js';
import { type PendingAppend, prepareAppend, SqliteAppender } from './sqliteAppend.js';
import { takeWriterLock } from './sqliteLock.js';
import { headRow, logPages, positionOf, rowNumberOf, streamPages } from './sqliteRows.js';
import { openForReading, openForWriting, storeError } from './sqliteSchema.js';
import { CommitFeed, nextTurn, subscription } from './sqliteSubscription.js';

export type SqliteOptions = {
  /** The log, `<data>/events.db` say. Its folder must exist. */
  readonly file: string;
  /** The writer lock, `<data>/lock.db` say; beside the log unless named. */
  readonly lockFile?: string;
  /** Read beside a running writer: no lock is taken, `append` is refused. */
  readonly readOnly?: boolean;
  /** Rows read at a time. */
  readonly pageSize?: number;
  /** How long an append waits while another tool keeps the file locked, in milliseconds. */
  readonly busyMilliseconds?: number;
  /** How often a read-only subscription looks for new commits. */
  readonly pollMilliseconds?: number;
};

type Queued = PendingAppend & {
  readonly resolve: (result: Appended | AppendConflict) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Opens the embedded store.
 * @throws {StoreLocked} when another process writes to it
 * @throws {StoreMisconfigured} when the file is not a Gatehouse log, or cannot be opened
 */
export function openSqliteEventStore(options: SqliteOptions): EventStore {
  if (options.readOnly === true) return new SqliteEventStore(options, openForReading(options.file), () => undefined);
  const release = takeWriterLock(options.lockFile ?? `${options.file}.lock`);
  try {
    return new SqliteEventStore(options, openForWriting(options.file, options.busyMilliseconds), release);
  } catch (error) {
    release();
    throw error;
  }
}

class SqliteEventStore implements EventStore {
  readonly #file: string;
  readonly #pageSize: number;
  readonly #pollMilliseconds: number;
  readonly #readOnly: boolean;
  readonly #db: Database.Database;
  readonly #release: () => void;
  readonly #appender: SqliteAppender | undefined;
  readonly #headRow: () => number;
  readonly #commits = new CommitFeed();
  readonly #closing = new AbortController();
  #queue: Queued[] = [];

  constructor(options: SqliteOptions, db: Database.Database, release: () => void) {
    this.#file = options.file;
    this.#pageSize = options.pageSize ?? 1_000;
    this.#pollMilliseconds = options.pollMilliseconds ?? 200;
    this.#readOnly = options.readOnly === true;
    this.#db = db;
    this.#release = release;
    this.#appender = this.#readOnly ? undefined : new SqliteAppender(db);
    this.#headRow = headRow(db);
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended | AppendConflict> {
    this.#assertOpen();
    if (this.#readOnly) throw new StoreClosed(`${this.#file} was opened for reading only`);
    if (events.length === 0) throw new RangeError('an append needs at least one event');
    const pending = prepareAppend(stream, expected, events);
    return new Promise((resolve, reject) => {
      // Appends of one turn of the event loop share a transaction, and so one wait for the disk.
      if (this.#queue.length === 0) setImmediate(() => this.#flush());
      this.#queue.push({ ...pending, resolve, reject });
    });
  }

  #flush(): void {
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    const outcomes = this.#commit(batch);
    if (outcomes instanceof Error) {
      for (const { reject } of batch) reject(outcomes);
      return;
    }
    for (const [index, { resolve }] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) resolve(outcome.result);
    }
    this.#commits.publish(outcomes.flatMap((outcome) => outcome.stored));
  }

  /** One transaction for all; what fails it fails all, and leaves nothing. */
  #commit(batch: readonly Queued[]): ReturnType<SqliteAppender['write']>[] | Error {
    const appender = this.#appender;
    if (appender === undefined) return new StoreClosed(`${this.#file} was opened for reading only`);
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const outcomes = batch.map((append) => appender.write(append));
      this.#db.exec('COMMIT');
      return outcomes;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      appender.reset(this.#db);
      return storeError(error, this.#file);
    }
  }

  async *read(stream: string, { from = 0, signal }: ReadOptions = {}): AsyncGenerator<StoredEvent, void, void> {
    this.#assertOpen();
    const page = streamPages(this.#db, stream, this.#pageSize);
    yield* this.#pages(page, from, (event) => event.revision + 1, signal);
  }

  async *readAll({ after, types, signal }: ReadAllOptions = {}): AsyncGenerator<StoredEvent, void, void> {
    this.#assertOpen();
    const page = logPages(this.#db, types, this.#pageSize);
    yield* this.#pages(page, rowNumberOf(after), (event) => rowNumberOf(event.position), signal);
  }

  async *#pages(
    page: (from: number) => StoredEvent[],
    start: number,
    next: (event: StoredEvent) => number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<StoredEvent, void, void> {
    for (let from = start; ;) {
      this.#assertOpen();
      const events = this.#reading(() => page(from));
      for (const event of events) {
        if (signal?.aborted === true) return;
        yield event;
      }
      const last = events.at(-1);
      if (last === undefined || events.length < this.#pageSize) return;
      from = next(last);
      // Pages are read without waiting for anything; others get their turn between them.
      await nextTurn();
    }
  }

  async *subscribe({ after, types, signal }: SubscribeOptions): AsyncGenerator<SubscriptionItem, void, void> {
    this.#assertOpen();
    const read = logPages(this.#db, types, this.#pageSize);
    const source = {
      page: (from: number) => this.#reading(() => read(from)),
      head: () => this.#reading(this.#headRow),
      types: types === undefined ? undefined : new Set(types),
      commits: this.#readOnly ? undefined : this.#commits,
      pollMilliseconds: this.#pollMilliseconds,
    };
    yield* subscription(source, rowNumberOf(after), AbortSignal.any([signal, this.#closing.signal]));
  }

  async head(): Promise<Position | undefined> {
    this.#assertOpen();
    const row = this.#reading(this.#headRow);
    return row === 0 ? undefined : positionOf(row);
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#flush();
    this.#closing.abort();
    this.#db.close();
    this.#release();
  }

  #reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw storeError(error, this.#file);
    }
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new StoreClosed(`${this.#file} was closed`);
  }
}
