/** The embedded event store: one SQLite file, durable before it answers, one writer process. */
import { setMaxListeners } from 'node:events';
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
import { takeWriterLocks } from './sqliteLock.js';
import { LogReader, positionOf, rowNumberOf, storedEvent } from './sqliteRows.js';
import { openForReading, openForWriting, storeError } from './sqliteSchema.js';
import { CommitFeed, nextTurn, subscription } from './sqliteSubscription.js';

export type SqliteOptions = {
  /** The log, `<data>/events.db` say. Its folder must exist. */
  readonly file: string;
  /**
   * A writer lock to take beside the log's own, `<data>/lock.db` say. The log's own is `lock.db` beside `events.db`,
   * `<name>.lock` beside a log of another name.
   */
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
  const { file, readOnly = false, busyMilliseconds, lockFile } = options;
  const release = readOnly ? () => undefined : takeWriterLocks(file, lockFile);
  let db: Database.Database | undefined;
  try {
    db = readOnly ? openForReading(file) : openForWriting(file, busyMilliseconds);
    return new SqliteEventStore(options, db, release);
  } catch (error) {
    db?.close();
    release();
    throw storeError(error, file);
  }
}

class SqliteEventStore implements EventStore {
  /** There is no connection that could drop. */
  readonly drops = { count: 0, last: null };
  readonly #file: string;
  readonly #pollMilliseconds: number;
  readonly #db: Database.Database;
  readonly #release: () => void;
  readonly #log: LogReader;
  /** Absent in a store that only reads. */
  readonly #writer: { appender: SqliteAppender; begin: Database.Statement; commit: Database.Statement } | undefined;
  readonly #commits = new CommitFeed();
  readonly #closing = new AbortController();
  #queue: Queued[] = [];

  constructor(options: SqliteOptions, db: Database.Database, release: () => void) {
    // Each subscription listens to it, and there may be many.
    setMaxListeners(0, this.#closing.signal);
    this.#file = options.file;
    this.#pollMilliseconds = options.pollMilliseconds ?? 200;
    this.#db = db;
    this.#release = release;
    this.#log = new LogReader(db, options.pageSize ?? 1_000);
    if (options.readOnly !== true) {
      this.#writer = {
        appender: new SqliteAppender(db),
        begin: db.prepare('BEGIN IMMEDIATE'),
        commit: db.prepare('COMMIT'),
      };
    }
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended | AppendConflict> {
    this.#assertOpen();
    if (this.#writer === undefined) throw new StoreClosed(`${this.#file} was opened for reading only`);
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
    if (this.#writer === undefined) throw new Error('appends were queued in a store that only reads');
    const { appender, begin, commit } = this.#writer;
    try {
      begin.run();
      const outcomes = batch.map((append) => appender.write(append));
      commit.run();
      return outcomes;
    } catch (error) {
      appender.forget();
      this.#rollBack();
      return storeError(error, this.#file);
    }
  }

  #rollBack(): void {
    try {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    } catch {
      // The failure that led here is reported; while the transaction stays open, the next BEGIN fails and says so.
    }
  }

  async *read(stream: string, { from = 0, signal }: ReadOptions = {}): AsyncGenerator<StoredEvent, void, void> {
    for (let next = from; ; await nextTurn()) {
      const rows = this.#reading(() => this.#log.streamPage(stream, next));
      for (const row of rows) {
        if (signal?.aborted === true) return;
        // One by one: an event that cannot be read ends the read where it stands, not where its page begins.
        yield storedEvent(row);
      }
      if (rows.length < this.#log.pageSize) return;
      next += rows.length;
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<StoredEvent, void, void> {
    const { after, signal } = options;
    const page = this.#reading(() => this.#log.pages(options));
    // Up to the head as it was when it began: under steady writes it would never end otherwise.
    const head = this.#reading(() => this.#log.head());
    // Pages are read without waiting for anything; others get their turn between them.
    for (let last = rowNumberOf(after); last < head;) {
      const from = last;
      const { events, lookedThrough } = this.#reading(() => page(from, head));
      for (const event of events) {
        if (signal?.aborted === true) return;
        yield event;
      }
      last = lookedThrough;
      if (last < head) await nextTurn();
    }
  }

  subscribe({ after, types, signal }: SubscribeOptions): AsyncIterable<SubscriptionItem> {
    const start = (): AsyncIterator<SubscriptionItem, void, void> => {
      const page = this.#reading(() => this.#log.pages(types === undefined ? {} : { types }));
      const source = {
        page: (from: number, upTo: number) => this.#reading(() => page(from, upTo)),
        head: () => this.#reading(() => this.#log.head()),
        types: types === undefined ? undefined : new Set(types),
        commits: this.#writer === undefined ? undefined : this.#commits,
        pollMilliseconds: this.#pollMilliseconds,
      };
      return subscription(source, rowNumberOf(after), [signal, this.#closing.signal]);
    };
    return { [Symbol.asyncIterator]: start };
  }

  async selfCheck(): Promise<readonly string[]> {
    return this.#reading(() => this.#log.selfCheck());
  }

  async head(): Promise<Position | undefined> {
    const row = this.#reading(() => this.#log.head());
    return row === 0 ? undefined : positionOf(row);
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#flush();
    this.#closing.abort();
    try {
      this.#db.close();
    } finally {
      this.#release();
    }
  }

  #reading<T>(read: () => T): T {
    this.#assertOpen();
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
