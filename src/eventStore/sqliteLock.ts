/**
 * One writer process at a time. The lock is an open exclusive transaction on a database of its own: the kernel releases
 * it when the process dies, however it dies.
 */
import Database from 'better-sqlite3';
import { StoreLocked } from './eventStore.js';
import { storeError } from './sqliteSchema.js';

/**
 * Takes the writer lock.
 * @returns a function that releases it
 * @throws {StoreLocked} when another process holds it
 */
export function takeWriterLock(file: string): () => void {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 0 });
    // A rollback journal: in WAL mode an exclusive transaction would not keep out a second writer's open.
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StoreLocked(
        `Another Gatehouse process is writing to this store (it holds ${file}). ` +
          'Stop it first, send commands to it over HTTP, or name another folder with --data.',
      );
    }
    throw storeError(error, file);
  }
  const held = db;
  return () => {
    if (!held.open) return;
    held.exec('ROLLBACK');
    held.close();
  };
}
