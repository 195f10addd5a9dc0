/** Reading the embedded log, a page at a time: no read transaction stays open between pages. */
import type Database from 'better-sqlite3';
import {
  type JsonObject,
  partWeights,
  type Position,
  type ReadAllOptions,
  StoreCorrupted,
  type StoredEvent,
  type Unreadable,
} from './eventStore.js';
import { schemaFaults } from './sqliteSchema.js';

const zeros = '0'.repeat(16);

/** A filtered page looks at so many rows for each that it may give, so that a rare type does not hold up everything. */
const rowsLookedAtForEach = 20;

/** So many faults of one sort are told of. */
const mostFaults = 100;

/** A row number as a position. */
export function positionOf(rowNumber: number): Position {
  const digits = String(rowNumber);
  return zeros.slice(digits.length) + digits;
}

/** A position of this store as a row number; one that is not of this store's form is before everything. */
export function rowNumberOf(position: Position | undefined): number {
  return position !== undefined && /^\d{16}$/.test(position) ? Number(position) : 0;
}

/** A row as it lies there: the columns' types are what SQLite prefers, not what it insists on. */
export type Row = [
  position: number,
  stream: unknown,
  revision: unknown,
  id: unknown,
  type: unknown,
  data: unknown,
  metadata: unknown,
];

/** The place of a row, for people. */
function placeOf([position, stream, revision]: Row): string {
  const inLog = isGiven(position) ? `position ${positionOf(position)}` : `position ${position}`;
  return `${inLog} (${String(stream)} revision ${String(revision)})`;
}

/** A row that cannot be read, with its place and why. */
function corrupted(row: Row, why: string): StoreCorrupted {
  const [position, stream, revision] = row;
  const place = { position: positionOf(position), stream: String(stream), revision: Number(revision) };
  return new StoreCorrupted(`${placeOf(row)}: ${why}`, undefined, { ...place, why });
}

const columns = 'position, stream, revision, id, type, data, metadata';

/**
 * Whether this store can have given the row number: it counts from 1, in numbers that are exact. The log is read from there
 * to there, so what stands elsewhere would be in its stream alone, where no reading of the whole log sees it.
 */
function isGiven(rowNumber: number): boolean {
  return Number.isSafeInteger(rowNumber) && rowNumber >= 1;
}

/** The event of a row. @throws {StoreCorrupted} when it is not one that this store can have written */
export function storedEvent(row: Row): StoredEvent {
  const [position, stream, revision, id, type, data, metadata] = row;
  if (!isGiven(position)) {
    throw corrupted(row, 'it stands in a place that was never given');
  }
  const areTexts = typeof stream === 'string' && typeof id === 'string' && typeof type === 'string';
  if (!areTexts || typeof data !== 'string' || typeof metadata !== 'string') {
    throw corrupted(row, 'a column holds what is no text');
  }
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision)) {
    throw corrupted(row, 'its revision is no whole number');
  }
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

function parse(text: string, row: Row, column: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below, with the place.
  }
  throw corrupted(row, `its ${column} is not a readable JSON object`);
}

/** Why a row is not one that this store wrote, to the letter; undefined when it is. */
function wrongWith(row: Row, event: StoredEvent): string | undefined {
  const [, , , , , data, metadata] = row;
  // What reads the same can be written otherwise: an escaped letter, a space.
  if (JSON.stringify(event.data) !== data) return 'its data is not written as it was';
  return JSON.stringify(event.metadata) === metadata ? undefined : 'its metadata is not written as it was';
}

type Told = (event: Unreadable) => void;

/** The event of a row; undefined when it is not as it was written, after telling of it. */
function readableEvent(row: Row, onUnreadable: Told, asWritten: boolean): StoredEvent | undefined {
  const [position, stream, revision] = row;
  let why: string | undefined;
  try {
    const event = storedEvent(row);
    why = asWritten ? wrongWith(row, event) : undefined;
    if (why === undefined) return event;
  } catch (error) {
    // JSON can be read that is nested too deeply to be written.
    if (error instanceof StoreCorrupted) why = error.event?.why ?? error.message;
    else if (error instanceof RangeError) why = error.message;
    else throw error;
  }
  onUnreadable({ position: positionOf(position), stream: String(stream), revision: Number(revision), why });
  return undefined;
}

/** Which rows are read, and who is told of those that cannot be. */
export type RowReading = Pick<ReadAllOptions, 'types' | 'part' | 'onUnreadable' | 'asWritten'>;

/** As `isInPart` of the port: rows of other parts are left out before anything of them is read. */
const partOfStream = partWeights
  .map((weight, at) => `${weight} * coalesce(unicode(substr(stream, ${-1 - at}, 1)), 0)`)
  .join(' + ');

/** Some of the log: the events wanted, and the row number up to which it was looked through. */
export type LogPage = { readonly events: readonly StoredEvent[]; readonly lookedThrough: number };

/** Gives the events after one row number, up to another at most. */
export type PageReader = (after: number, upTo: number) => LogPage;

function eventsOf(rows: readonly Row[], { onUnreadable, asWritten = true }: RowReading): StoredEvent[] {
  if (onUnreadable === undefined) return rows.map(storedEvent);
  return rows.map((row) => readableEvent(row, onUnreadable, asWritten)).filter((event) => event !== undefined);
}

/** The statements that read the log, prepared once. */
export class LogReader {
  readonly #db: Database.Database;
  readonly #streamPage: Database.Statement;
  readonly #head: Database.Statement;
  readonly #outside: Database.Statement;
  readonly #whole: PageReader;

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
    this.#outside = db
      .prepare(
        `SELECT stream, revision FROM events WHERE position < 1 OR position > ${Number.MAX_SAFE_INTEGER} LIMIT ${mostFaults}`,
      )
      .raw();
    this.#whole = this.#pagesOf({});
  }

  /** The last row number; 0 while the log is empty. */
  head(): number {
    return (this.#head.get() as number | null) ?? 0;
  }

  /**
   * What is wrong with the table's rules, with the places of its rows, and what the database finds wrong with its own file:
   * some hundred sentences.
   */
  selfCheck(): string[] {
    const found = this.#db.pragma(`integrity_check(${mostFaults})`) as { integrity_check: string }[];
    const faults = found.map(({ integrity_check: text }) => text).filter((text) => text !== 'ok');
    const hidden = (this.#outside.all() as [stream: string, revision: number][]).map(
      ([stream, revision]) =>
        `${stream} revision ${revision} stands at a position that was never given: no reading of the whole log sees it`,
    );
    return [...schemaFaults(this.#db), ...hidden, ...faults];
  }

  /** A page of one stream, from a revision on. */
  streamPage(stream: string, from: number): readonly Row[] {
    return this.#streamPage.all(stream, from) as Row[];
  }

  /** Pages of the log, or of what of it is wanted. */
  pages(reading: RowReading = {}): PageReader {
    const { types, part, onUnreadable } = reading;
    return types === undefined && part === undefined && onUnreadable === undefined
      ? this.#whole
      : this.#pagesOf(reading);
  }

  #pagesOf(reading: RowReading): PageReader {
    const { types, part } = reading;
    const filters = [
      ...(types === undefined ? [] : [`AND type IN (${types.map(() => '?').join(', ')})`]),
      ...(part === undefined ? [] : [`AND (${partOfStream}) % ${part.of} = ${part.index}`]),
    ];
    const mostRows = types === undefined ? Infinity : this.pageSize * rowsLookedAtForEach;
    const statement = this.#db
      .prepare(
        `SELECT ${columns} FROM events WHERE position > ? AND position <= ? ${filters.join(' ')} ORDER BY position LIMIT ${this.pageSize}`,
      )
      .raw();
    return (after, upTo) => {
      const end = Math.min(upTo, after + mostRows);
      const rows = statement.all(after, end, ...(types ?? [])) as Row[];
      const last = rows.at(-1);
      return {
        events: eventsOf(rows, reading),
        lookedThrough: last !== undefined && rows.length === this.pageSize ? last[0] : end,
      };
    };
  }
}
