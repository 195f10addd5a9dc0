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

/** A row number as a position. */
export function positionOf(rowNumber: number): Position {
  const digits = String(rowNumber);
  return zeros.slice(digits.length) + digits;
}

/** A position of this store as a row number; one that is not of this store's form is before everything. */
export function rowNumberOf(position: Position | undefined): number {
  return position !== undefined && /^\d{16}$/.test(position) ? Number(position) : 0;
}

/** An event as the table has it. */
export type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

const columns = 'position, stream, revision, id, type, data, metadata';

/** The event of a row. @throws {StoreCorrupted} when its data or metadata is no JSON object */
export function storedEvent(row: Row): StoredEvent {
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
  const place = { position: positionOf(position), stream, revision };
  const why = `its ${column} is not a readable JSON object`;
  const message = `position ${place.position} (${stream} revision ${revision}): ${why}`;
  throw new StoreCorrupted(message, undefined, { ...place, why });
}

/** Why a row is not one that this store wrote, to the letter; undefined when it is. */
function wrongWith(row: Row, event: StoredEvent): string | undefined {
  const [, stream, revision, id, type, data, metadata] = row;
  if (![stream, id, type, data, metadata].every((value) => typeof value === 'string'))
    return 'a column holds what is no text';
  if (!Number.isSafeInteger(revision)) return 'its revision is no whole number';
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
  onUnreadable({ position: positionOf(position), stream, revision, why });
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
    this.#whole = this.#pagesOf({});
  }

  /** The last row number; 0 while the log is empty. */
  head(): number {
    return (this.#head.get() as number | null) ?? 0;
  }

  /** What is wrong with the table's rules, and what the database finds wrong with its own file: some hundred sentences. */
  selfCheck(): string[] {
    const found = this.#db.pragma('integrity_check(100)') as { integrity_check: string }[];
    const faults = found.map(({ integrity_check: text }) => text).filter((text) => text !== 'ok');
    return [...schemaFaults(this.#db), ...faults];
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
