/** Appends to the embedded log, many in one durable transaction. */
import type Database from 'better-sqlite3';
import {
  type AppendConflict,
  type Appended,
  AppendTooLarge,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
} from './eventStore.js';
import { positionOf } from './sqliteRows.js';
import { sqliteCode } from './sqliteSchema.js';

/** Most bytes of one append, as EventStoreDB has it by default: what one store takes, the other takes, too. */
const largestAppend = 1_048_576;

/** An append that waits for its transaction. */
export type PendingAppend = {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly texts: readonly { readonly data: string; readonly metadata: string }[];
};

type Outcome = { readonly result: Appended | AppendConflict; readonly stored: readonly StoredEvent[] };

/**
 * An append with its JSON made, before it is queued.
 * @throws {AppendTooLarge}
 * @throws {RangeError} when nothing is appended, or the expected revision is none
 */
export function prepareAppend(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): PendingAppend {
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  if (expected !== 'noStream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new RangeError(`${expected} is not a revision; a stream that must not exist is expected as noStream`);
  }
  const texts = events.map(({ data, metadata }) => ({
    data: JSON.stringify(data),
    metadata: JSON.stringify(metadata),
  }));
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text.data) + Buffer.byteLength(text.metadata), 0);
  if (bytes > largestAppend) {
    throw new AppendTooLarge(`an append of ${bytes} bytes to ${stream}; at most ${largestAppend} fit`);
  }
  return { stream, expected, events, texts };
}

/** Writes appends inside a transaction that the caller opens and commits. */
export class SqliteAppender {
  readonly #insert: Database.Statement;
  readonly #streamHead: Database.Statement;
  readonly #logHead: Database.Statement;
  readonly #byId: Database.Statement;
  readonly #removeAfter: Database.Statement;
  /** Last revisions of streams written lately; a cache, dropped whenever a transaction fails. */
  readonly #heads = new Map<string, number>();
  /** The last row number; unknown before the first transaction and after one that failed. */
  #position: number | undefined;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(
      'INSERT INTO events (position, stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#streamHead = db.prepare('SELECT max(revision) FROM events WHERE stream = ?').pluck();
    this.#logHead = db.prepare('SELECT max(position) FROM events').pluck();
    this.#byId = db.prepare('SELECT stream, revision, position FROM events WHERE id = ?').raw();
    this.#removeAfter = db.prepare('DELETE FROM events WHERE position > ?');
  }

  /** Forgets what it believed of a transaction that was rolled back. */
  forget(): void {
    this.#heads.clear();
    this.#position = undefined;
  }

  /** Writes one append, or says why not; a conflict leaves nothing of it and does not touch the others. */
  write(append: PendingAppend): Outcome {
    const { stream, expected, events } = append;
    const head = this.#headOf(stream);
    if (head !== (expected === 'noStream' ? -1 : expected)) return this.#notAsExpected(append, head);
    const before = (this.#position ??= (this.#logHead.get() as number | null) ?? 0);
    const stored = this.#insertAll(append, head + 1, before + 1);
    if (stored === undefined) {
      // An id of these is in the log already, at another place: undo this append alone.
      this.#removeAfter.run(before);
      return { result: conflict(head), stored: [] };
    }
    this.#position = before + events.length;
    this.#remember(stream, head + events.length);
    return { result: appended(head + events.length, this.#position), stored };
  }

  #insertAll(append: PendingAppend, firstRevision: number, firstPosition: number): StoredEvent[] | undefined {
    const { stream, events, texts } = append;
    const stored: StoredEvent[] = [];
    for (const [index, { id, type, data, metadata }] of events.entries()) {
      const text = texts[index];
      if (text === undefined) throw new Error('an event without its text');
      const revision = firstRevision + index;
      try {
        this.#insert.run(firstPosition + index, stream, revision, id, type, text.data, text.metadata);
      } catch (error) {
        if (sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE') return undefined;
        throw error;
      }
      stored.push({ id, type, data, metadata, stream, revision, position: positionOf(firstPosition + index) });
    }
    return stored;
  }

  /** Either a repetition of an append that was written before, or a conflict. */
  #notAsExpected({ stream, expected, events }: PendingAppend, head: number): Outcome {
    const first = expected === 'noStream' ? 0 : expected + 1;
    let last: Outcome['result'] = conflict(head);
    for (const [index, event] of events.entries()) {
      const row = this.#byId.get(event.id) as [string, number, number] | undefined;
      if (row === undefined || row[0] !== stream || row[1] !== first + index)
        return { result: conflict(head), stored: [] };
      last = appended(row[1], row[2]);
    }
    return { result: last, stored: [] };
  }

  #headOf(stream: string): number {
    const known = this.#heads.get(stream);
    if (known !== undefined) return known;
    const head = (this.#streamHead.get(stream) as number | null) ?? -1;
    this.#remember(stream, head);
    return head;
  }

  #remember(stream: string, head: number): void {
    if (this.#heads.size > 50_000) this.#heads.clear();
    this.#heads.set(stream, head);
  }
}

function conflict(head: number): AppendConflict {
  return { kind: 'conflict', actual: head === -1 ? 'noStream' : head };
}

function appended(revision: number, position: number): Appended {
  return { kind: 'appended', revision, position: positionOf(position) };
}
