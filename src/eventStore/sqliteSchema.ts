/** The embedded log's file: one table that any SQLite tool can read. */
import Database from 'better-sqlite3';
import { StoreMisconfigured, StoreUnavailable } from './eventStore.js';

/** "GATE": marks a file as a Gatehouse log, so that no other database is ever mistaken for one. */
const applicationId = 0x47415445;
const formatVersion = 1;

const schema = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream   TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT NOT NULL UNIQUE,
    type     TEXT NOT NULL,
    data     TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  );
`;

/**
 * Opens the log for writing, and makes it on first use.
 * @param busyMilliseconds how long a transaction waits while another tool keeps the file locked
 */
export function openForWriting(file: string, busyMilliseconds = 5_000): Database.Database {
  return guarded(file, () => {
    const db = new Database(file, { timeout: busyMilliseconds });
    const made = db.pragma('user_version', { simple: true }) === 0 && isEmpty(db);
    if (!made) checkFormat(db, file);
    db.pragma('journal_mode = WAL');
    // Said explicitly: the library is compiled so that WAL runs with synchronous = NORMAL after the first write.
    db.pragma('synchronous = FULL');
    if (made) {
      db.exec(
        `BEGIN; ${schema} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}; COMMIT`,
      );
    }
    return db;
  });
}

/** Opens the log for reading, beside whoever writes it. */
export function openForReading(file: string): Database.Database {
  return guarded(file, () => {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
    checkFormat(db, file);
    return db;
  });
}

function isEmpty(db: Database.Database): boolean {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

function checkFormat(db: Database.Database, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    db.close();
    throw new StoreMisconfigured(`${file} is a database, but not a Gatehouse log. Name another file.`);
  }
  if (version > formatVersion) {
    db.close();
    throw new StoreMisconfigured(
      `${file} has format ${version}; this program reads up to ${formatVersion}. Run the newer Gatehouse that wrote it.`,
    );
  }
}

function guarded(file: string, open: () => Database.Database): Database.Database {
  try {
    return open();
  } catch (error) {
    throw storeError(error, file);
  }
}

/** SQLite's failures as the port's. */
export function storeError(error: unknown, file: string): Error {
  if (!(error instanceof Database.SqliteError)) {
    if (error instanceof TypeError && error.message.includes('directory does not exist')) {
      return new StoreMisconfigured(`The folder of ${file} does not exist. Make it, or name another file.`);
    }
    return error instanceof Error ? error : new Error(String(error));
  }
  if (error.code === 'SQLITE_NOTADB') return new StoreMisconfigured(`${file} is not a database. Name another file.`);
  if (error.code === 'SQLITE_CANTOPEN' || error.code === 'SQLITE_READONLY') {
    return new StoreMisconfigured(`${file} cannot be opened (${error.message}). Check that it exists and its rights.`);
  }
  return new StoreUnavailable(`${file}: ${error.message} (${error.code})`, { cause: error });
}
