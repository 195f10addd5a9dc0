/**
 * One writer process at a time. The lock is an open write transaction, of which SQLite admits one, on a database of its
 * own: the kernel releases it when the process dies, however it dies.
 */
import type Database from 'better-sqlite3';
import { Sqlite } from '../sqlite.js';
import { StoreLocked } from './eventStore.js';
import { sqliteCode, storeError } from './sqliteSchema.js';

/** The lock that belongs to a log whoever opens it: `lock.db` beside `events.db`, `<name>.lock` beside another name. */
function lockOf(log: string): string {
  return /(^|[\\/])events\.db$/.test(log) ? log.replace(/events\.db$/, 'lock.db') : `${log}.lock`;
}

/**
 * Takes the writer lock of a log: its own, and the one of the data folder when that is another.
 * @returns a function that releases it
 * @throws {StoreLocked} when somebody holds it
 */
export function takeWriterLocks(log: string, lockFile: string | undefined): () => void {
  const held: Lock[] = [];
  const release = (): void => {
    for (const { db } of held.splice(0)) db.close();
  };
  try {
    for (const file of new Set([lockFile ?? lockOf(log), lockOf(log)])) {
      const lock = openLock(file);
      // Two names of one file: the second would wait for the first.
      if (held.some(({ path }) => path === lock.path)) lock.db.close();
      else held.push(lock);
    }
    for (const lock of held) take(lock);
    return release;
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Takes the lock of a data folder whose log is elsewhere: its read models have one writer, too.
 * @returns a function that releases it
 * @throws {StoreLocked} when another process holds it
 */
export function takeFolderLock(lockFile: string): () => void {
  const lock = openLock(lockFile);
  try {
    take(lock);
  } catch (error) {
    lock.db.close();
    throw error;
  }
  return () => lock.db.close();
}

type Lock = {
  readonly db: Database.Database;
  readonly file: string;
  /** The file without symbolic links. */
  readonly path: string;
};

function openLock(file: string): Lock {
  try {
    const db = new Sqlite(file, { timeout: 0 });
    const [main] = db.pragma('database_list') as { file: string }[];
    return { db, file, path: main?.file ?? file };
  } catch (error) {
    throw storeError(error, file);
  }
}

function take({ db, file }: Lock): void {
  try {
    // A rollback journal: others can read who holds the lock, and nothing but the transaction is left to clean up.
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN IMMEDIATE');
    leaveProcessId(db);
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY') === true) {
      throw new StoreLocked(
        `Another Gatehouse process${holderOf(db)} is writing to this store: it holds ${file}. ` +
          'Stop it first, send commands to it over HTTP, or name another folder with --data.',
      );
    }
    throw storeError(error, file);
  }
}

/** Writes who holds the lock, for the message of the next one. Between its two transactions another may win. */
function leaveProcessId(db: Database.Database): void {
  db.pragma(`user_version = ${process.pid}`);
  // Whoever reads the process id right now is gone in a moment.
  db.pragma('busy_timeout = 1000');
  db.exec('COMMIT');
  db.pragma('busy_timeout = 0');
  db.exec('BEGIN IMMEDIATE');
}

function holderOf(db: Database.Database): string {
  try {
    if (db.inTransaction) db.exec('ROLLBACK');
    return ` (process ${Number(db.pragma('user_version', { simple: true }))})`;
  } catch {
    return '';
  }
}
