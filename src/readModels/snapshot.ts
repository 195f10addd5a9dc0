/** A read model's rows as they are at one moment: what is written while they are read is not seen. */
import type Database from 'better-sqlite3';
import type { AnyProjection } from '../../projections/projection.js';
import type { Position } from '../eventStore/eventStore.js';
import { Sqlite } from '../sqlite.js';

export type RowsSnapshot = {
  /** The log position that the rows reflect; undefined while they reflect nothing. */
  readonly position: Position | undefined;
  /** The rows' JSON, in no order that means anything; to be read once. */
  readonly rows: Iterable<string>;
  /** To be called when they are read, or no longer wanted: until then the file keeps what was overwritten since. */
  readonly close: () => void;
};

/** A snapshot on a connection of its own. @param file the read models' file, which its store has open */
export function openSnapshot(file: string, projection: AnyProjection): RowsSnapshot {
  const db = new Sqlite(file, { readonly: true, timeout: 5_000 });
  try {
    // Everything read from now on is as it was committed when the first row was.
    db.exec('BEGIN');
    return { ...servingRows(db, projection), close: () => void db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The rows of the generation that serves, read as the caller goes through them. */
export function servingRows(db: Database.Database, projection: AnyProjection): Omit<RowsSnapshot, 'close'> {
  const serving = db
    .prepare('SELECT tbl, checkpoint FROM read_models WHERE projection = ? AND version = ?')
    .get(projection.name, projection.version) as { tbl: string; checkpoint: string | null } | undefined;
  if (serving === undefined) return { position: undefined, rows: [] };
  const rows = db.prepare(`SELECT row FROM "${serving.tbl}"`).pluck().iterate() as Iterable<string>;
  return { position: serving.checkpoint ?? undefined, rows };
}
