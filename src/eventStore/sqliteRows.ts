/** Reading the embedded log, a page at a time: no read transaction stays open between pages. */
import type Database from 'better-sqlite3';
import { type JsonObject, type Position, StoreCorrupted, type StoredEvent } from './eventStore.js';

const positionWidth = 16;

/** A filtered page looks at so many rows for each that it may give, so that a rare type does not hold up everything. */
const rowsLookedAtForEach = 20;

/** A row number as a position. */
export function positionOf(rowNumber: number): Position {
  return String(rowNumber).padStart(positionWidth, '0');
}

/** A position of this store as a row number; one that is not of this store's form is before everything. */
export function rowNumberOf(position: Position | undefined): number {
  return position !== undefined && /^\d{16}$/.test(position) ? Number(position) : 0;
}

type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

const columns = 'position, stream, revision, id, type, data, metadata';

function storedEvent(row: Row): StoredEvent {
  const [position, stream, revision, id, type, data, metadata] = row;
  return {
    id,
    type,
    stream,
    revision,
    position: positionOf(position),
    data: parse(data, row, 'data'),
    metadata: parse(metadata, row, 'metadata'),
  };
}

function parse(text: string, [position, stream, revision]: Row, column: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below, with the place.
  }
  throw new StoreCorrupted(
    `position ${positionOf(position)} (${stream} revision ${revision}): its ${column} is not a readable JSON object`,
  );
}

/** A part of the log: the events wanted, and the row number up to which it was looked through. */
export type LogPage = { readonly events: readonly StoredEvent[]; readonly lookedThrough: number };

/** Gives the events after one row number, up to another at most. */
export type PageReader = (after: number, upTo: number) => LogPage;

/** The statements that read the log, prepared once. */
export class LogReader {
  readonly #db: Database.Database;
  readonly #streamPage: Database.Statement;
  readonly #head: Database.Statement;
  readonly #unfiltered: PageReader;

  /** @param pageSize most events of a page */
  constructor(
    db: Database.Database,
    readonly pageSize: number,
  ) {
    this.#db = db;
    this.#streamPage = db
      .prepare(`SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ${pageSize}`)
      .raw();
    this.#head = db.prepare('SELECT max(position) FROM events').pluck();
    this.#unfiltered = this.#pagesOf('', [], Infinity);
  }

  /** The last row number; 0 while the log is empty. */
  head(): number {
    return (this.#head.get() as number | null) ?? 0;
  }

  /** A page of one stream, from a revision on. */
  streamPage(stream: string, from: number): StoredEvent[] {
    return (this.#streamPage.all(stream, from) as Row[]).map(storedEvent);
  }

  /** Pages of the log, optionally only of some types. */
  pages(types: readonly string[] | undefined): PageReader {
    if (types === undefined) return this.#unfiltered;
    const filter = `AND type IN (${types.map(() => '?').join(', ')})`;
    return this.#pagesOf(filter, types, this.pageSize * rowsLookedAtForEach);
  }

  #pagesOf(filter: string, types: readonly string[], mostRows: number): PageReader {
    const statement = this.#db
      .prepare(
        `SELECT ${columns} FROM events WHERE position > ? AND position <= ? ${filter} ORDER BY position LIMIT ${this.pageSize}`,
      )
      .raw();
    return (after, upTo) => {
      const end = Math.min(upTo, after + mostRows);
      const rows = statement.all(after, end, ...types) as Row[];
      const last = rows.at(-1);
      return {
        events: rows.map(storedEvent),
        lookedThrough: last !== undefined && rows.length === this.pageSize ? last[0] : end,
      };
    };
  }
}
