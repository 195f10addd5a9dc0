/** Reading the embedded log, a page at a time: no read transaction stays open between pages. */
import type Database from 'better-sqlite3';
import { type JsonObject, type Position, StoreCorrupted, type StoredEvent } from './eventStore.js';

const positionWidth = 16;

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
    data: parse(data, row),
    metadata: parse(metadata, row),
  };
}

function parse(text: string, [position, stream, revision]: Row): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    throw new StoreCorrupted(`position ${positionOf(position)} (${stream} revision ${revision}) is not readable JSON`);
  }
}

/** Pages of one stream, from a revision on. */
export function streamPages(db: Database.Database, stream: string, pageSize: number) {
  const statement = db
    .prepare(`SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ${pageSize}`)
    .raw();
  return (from: number): StoredEvent[] => (statement.all(stream, from) as Row[]).map(storedEvent);
}

/** Pages of the log after a row number, optionally only of some types. */
export function logPages(db: Database.Database, types: readonly string[] | undefined, pageSize: number) {
  const filter = types === undefined ? '' : `AND type IN (${types.map(() => '?').join(', ')})`;
  const statement = db
    .prepare(`SELECT ${columns} FROM events WHERE position > ? ${filter} ORDER BY position LIMIT ${pageSize}`)
    .raw();
  return (after: number): StoredEvent[] => (statement.all(after, ...(types ?? [])) as Row[]).map(storedEvent);
}

/** The last row number; 0 while the log is empty. */
export function headRow(db: Database.Database): () => number {
  const statement = db.prepare('SELECT max(position) FROM events').pluck();
  return () => (statement.get() as number | null) ?? 0;
}
