/** Consumer groups beside the embedded log: a checkpoint and a list of parked events each, in a file of their own. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { Sqlite } from '../sqlite.js';
import {
  type Consumer,
  type ConsumerGroup,
  type ConsumerGroups,
  mostRetries,
  type ParkedEvent,
  retryPause,
} from './consumerGroups.js';
import type { EventStore, Position, StoredEvent } from './eventStore.js';
import { storeError } from './sqliteSchema.js';
import { Permits, Progress } from './sqliteSideBySide.js';

/** How many events of an unordered group are worked on at once: their effects wait for others most of the time. */
const sideBySide = 8;

/** How often a group looks for parked events that somebody wants replayed, in milliseconds. */
const lookForReplays = 500;

type ParkedRow = {
  readonly number: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly reason: string;
  readonly parked_at: string;
};

/**
 * @param file `<data>/processes.db`; several processes may have it open
 * @param now the present instant
 */
export function openSqliteConsumers(store: EventStore, file: string, now: () => string): ConsumerGroups {
  try {
    return new SqliteConsumers(store, new Sqlite(file, { timeout: 5_000 }), now);
  } catch (error) {
    throw storeError(error, file);
  }
}

class SqliteConsumers implements ConsumerGroups {
  readonly #store: EventStore;
  readonly #db: Database.Database;
  readonly #now: () => string;

  constructor(store: EventStore, db: Database.Database, now: () => string) {
    this.#store = store;
    this.#db = db;
    this.#now = now;
    db.pragma('journal_mode = WAL');
    db.exec(`
      CREATE TABLE IF NOT EXISTS groups (name TEXT PRIMARY KEY, checkpoint TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS parked (
        number INTEGER PRIMARY KEY, grp TEXT NOT NULL, id TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL,
        type TEXT NOT NULL, reason TEXT NOT NULL, parked_at TEXT NOT NULL, replay INTEGER NOT NULL DEFAULT 0,
        UNIQUE (grp, id)
      );
    `);
  }

  async create({ name, from }: ConsumerGroup): Promise<void> {
    const start = from === 'now' ? ((await this.#store.head()) ?? '') : '';
    this.#db.prepare('INSERT OR IGNORE INTO groups VALUES (?, ?)').run(name, start);
  }

  async consume(group: ConsumerGroup, { signal, ...consumer }: Consumer): Promise<void> {
    // When one of the two fails, the other one ends, too: whoever asked is told, and begins anew.
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const bounded = { ...consumer, signal: either };
    const permits = new Permits(group.ordered ? 1 : sideBySide);
    const parts = [this.#follow(group, bounded, permits), this.#replayLoop(group, bounded, permits)];
    const ended = await Promise.allSettled(parts.map((part) => part.finally(() => failed.abort())));
    for (const part of ended) if (part.status === 'rejected') throw part.reason;
  }

  /** Delivers what comes, as many events at once as there are permits. */
  async #follow(group: ConsumerGroup, consumer: Consumer, permits: Permits): Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([consumer.signal, stop.signal]);
    const progress = new Progress((position: Position) => this.#moveTo(group.name, position));
    const working = new Set<Promise<void>>();
    let failure: unknown;
    const work = async (event: StoredEvent, release: () => void): Promise<void> => {
      const end = progress.begin(event.position);
      try {
        // What was stopped comes again at the next start.
        if ((await this.#deliver(group.name, event, { ...consumer, signal })) !== 'stopped') end();
      } catch (error) {
        failure ??= error;
        stop.abort();
      } finally {
        release();
      }
    };
    const after = this.#checkpoint(group.name);
    const options = { ...(after === '' ? {} : { after }), types: group.types, signal };
    try {
      for await (const item of this.#store.subscribe(options)) {
        if (item.kind === 'lost') consumer.onProblem(item.error);
        else consumer.onConnected?.();
        if (item.kind === 'lost') continue;
        if (item.kind === 'caughtUp') {
          if (item.position !== undefined) progress.begin(item.position)();
        } else {
          const release = await permits.acquire();
          // With the turn comes the news that there is to be no more.
          if (signal.aborted) {
            release();
            break;
          }
          const one = work(item.event, release).finally(() => working.delete(one));
          working.add(one);
        }
      }
    } finally {
      await Promise.all(working);
    }
    if (failure !== undefined) throw failure;
  }

  /** Tries until the effect has happened, the event is parked, or the signal aborts. */
  async #deliver(group: string, event: StoredEvent, consumer: Consumer): Promise<Outcome> {
    const { handle, onProblem, signal } = consumer;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await handle(event, attempt);
        return 'done';
      } catch (error) {
        onProblem(asError(error));
        if (attempt < mostRetries) {
          await sleep(retryPause(attempt), undefined, { signal }).catch(() => undefined);
        } else {
          this.#park(group, event, asError(error).message);
          return 'parked';
        }
      }
    }
    return 'stopped';
  }

  async #replayLoop(group: ConsumerGroup, consumer: Consumer, permits: Permits): Promise<void> {
    const wanted = this.#db.prepare('SELECT * FROM parked WHERE grp = ? AND replay = 1 ORDER BY number LIMIT 1');
    const { signal } = consumer;
    while (!signal.aborted) {
      const row = wanted.get(group.name) as ParkedRow | undefined;
      if (row === undefined) {
        await sleep(lookForReplays, undefined, { signal }).catch(() => undefined);
        continue;
      }
      const release = await permits.acquire();
      try {
        if (!signal.aborted) await this.#replay(group, row, consumer);
      } finally {
        release();
      }
    }
  }

  async #replay(group: ConsumerGroup, row: ParkedRow, consumer: Consumer): Promise<void> {
    const event = await this.#eventOf(row);
    // Parked again: the row has the new reason, and is no longer marked for replay.
    const isDone = event === undefined || (await this.#deliver(group.name, event, consumer)) === 'done';
    if (isDone) this.#db.prepare('DELETE FROM parked WHERE number = ?').run(row.number);
  }

  async #eventOf({ stream, revision }: ParkedRow): Promise<StoredEvent | undefined> {
    for await (const event of this.#store.read(stream, { from: revision })) return event;
    return undefined;
  }

  #park(group: string, { id, stream, revision, type }: StoredEvent, reason: string): void {
    this.#db
      .prepare(
        `INSERT INTO parked (grp, id, stream, revision, type, reason, parked_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (grp, id) DO UPDATE SET reason = excluded.reason, parked_at = excluded.parked_at, replay = 0`,
      )
      .run(group, id, stream, revision, type, reason, this.#now());
  }

  async parked(name: string, most = -1): Promise<ParkedEvent[]> {
    const rows = this.#db
      .prepare('SELECT * FROM parked WHERE grp = ? ORDER BY number LIMIT ?')
      .all(name, most) as ParkedRow[];
    return rows.map(({ id, stream, revision, type, reason, parked_at: parkedAt }) => ({
      id,
      stream,
      revision,
      type,
      reason,
      parkedAt,
    }));
  }

  async replayParked(name: string): Promise<number> {
    return this.#db.prepare('UPDATE parked SET replay = 1 WHERE grp = ?').run(name).changes;
  }

  close(): void {
    this.#db.close();
  }

  #checkpoint(name: string): Position {
    const known = this.#db.prepare('SELECT checkpoint FROM groups WHERE name = ?').pluck().get(name);
    return typeof known === 'string' ? known : '';
  }

  #moveTo(name: string, position: Position): void {
    this.#db
      .prepare('UPDATE groups SET checkpoint = ? WHERE name = ? AND checkpoint < ?')
      .run(position, name, position);
  }
}

type Outcome = 'done' | 'parked' | 'stopped';

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
