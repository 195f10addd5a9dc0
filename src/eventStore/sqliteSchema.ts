/** The embedded log's file: one table that any SQLite tool can read. */
import type Database from 'better-sqlite3';
import { Sqlite } from '../sqlite.js';
import { EventStoreError, StoreCorrupted, StoreMisconfigured, StoreUnavailable } from './eventStore.js';

/** "GATE": marks a file as a Gatehouse log, so that no other database is ever mistaken for one. */
const applicationId = 0x47415445;
const formatVersion = 1;

/**
 * Pages of the write-ahead log before they are copied into the file (16 MiB). Events scatter over the index of ids, so
 * the default of 1,000 copies the same pages again and again.
 */
const checkpointPages = 4_000;

const table = `CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream   TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT NOT NULL UNIQUE,
    type     TEXT NOT NULL,
    data     TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  )`;

/**
 * Opens the log for writing, and makes it on first use.
 * @param busyMilliseconds how long a transaction waits while another tool keeps the file locked
 */
export function openForWriting(file: string, busyMilliseconds = 5_000): Database.Database {
  return opened(file, { timeout: busyMilliseconds }, (db) => {
    const isNew = db.pragma('user_version', { simple: true }) === 0 && isEmpty(db);
    if (!isNew) checkFormat(db, file);
    if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
      throw new StoreMisconfigured(`${file} is on a file system without what WAL needs. Use a local disk.`);
    }
    // Said explicitly: the library is compiled so that WAL runs with synchronous = NORMAL after the first write.
    db.pragma('synchronous = FULL');
    db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    if (isNew) {
      db.exec(
        `BEGIN; ${table}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}; COMMIT`,
      );
    }
  });
}

/** Opens the log for reading, beside whoever writes it. */
export function openForReading(file: string): Database.Database {
  return opened(file, { readonly: true, fileMustExist: true, timeout: 5_000 }, (db) => checkFormat(db, file));
}

function isEmpty(db: Database.Database): boolean {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

function checkFormat(db: Database.Database, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new StoreMisconfigured(`${file} is a database, but not a Gatehouse log. Name another file.`);
  }
  if (version > formatVersion) {
    throw new StoreMisconfigured(
      `${file} has format ${version}; this program reads up to ${formatVersion}. Run the newer Gatehouse that wrote it.`,
    );
  }
}

/** What is wrong with the table's rules: with others, it could hold what this program never writes. */
export function schemaFaults(db: Database.Database): string[] {
  const declared = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'events'").pluck().get();
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[];
  return [
    ...(declared === table ? [] : ['the table events is not declared as this program declares it']),
    ...triggers.map((name) => `the trigger ${name} is not of this program`),
  ];
}

/** A database that `prepare` has found or made fit; closed again when it is not. */
function opened(file: string, options: Database.Options, prepare: (db: Database.Database) => void): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Sqlite(file, options);
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    throw storeError(error, file);
  }
}

/** Known by its code, not its class: the library's native part keeps the class of whoever loaded it first. */
export function sqliteCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : undefined;
}

/** Any failure as one of the port's errors; what is not the store's failure is given back as it is. */
export function storeError(error: unknown, file: string): Error {
  if (error instanceof EventStoreError) return error;
  const code = sqliteCode(error);
  if (code === undefined) {
    if (error instanceof TypeError && error.message.includes('directory does not exist')) {
      return new StoreMisconfigured(`The folder of ${file} does not exist. Make it, or name another file.`);
    }
    return error instanceof Error ? error : new Error(String(error));
  }
  const { message } = error as Error;
  if (code === 'SQLITE_NOTADB') return new StoreMisconfigured(`${file} is not a database. Name another file.`);
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
    return new StoreMisconfigured(`${file} cannot be opened (${message}). Check that it exists and its rights.`);
  }
  const isNoLog = code === 'SQLITE_ERROR' && /^(no such (table|column)|unsupported file format)/.test(message);
  if (code.startsWith('SQLITE_CORRUPT') || isNoLog) {
    return new StoreCorrupted(`${file} is damaged (${message}). Restore it from a backup.`, { cause: error });
  }
  return new StoreUnavailable(`${file}: ${message} (${code})`, { cause: error });
}
