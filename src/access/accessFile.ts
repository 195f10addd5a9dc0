/** `<data>/access.db`: who may ask. Opened by every part that needs it, also by commands beside a running service. */
import type Database from 'better-sqlite3';
import { Sqlite } from '../sqlite.js';

/** Opens the file and makes what is missing in it. */
export function openAccessFile(file: string): Database.Database {
  const db = new Sqlite(file, { timeout: 5_000 });
  db.pragma('journal_mode = WAL');
  db.exec(`
    CREATE TABLE IF NOT EXISTS tokens (
      hash TEXT PRIMARY KEY, role TEXT NOT NULL, actor TEXT NOT NULL, account TEXT,
      created_at TEXT NOT NULL, expires_at TEXT);
    CREATE INDEX IF NOT EXISTS tokens_that_expire ON tokens (expires_at) WHERE expires_at IS NOT NULL;
    CREATE TABLE IF NOT EXISTS sessions (
      hash TEXT PRIMARY KEY, token TEXT NOT NULL, created_at TEXT NOT NULL, used_at TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS sessions_of_token ON sessions (token, used_at);
    CREATE INDEX IF NOT EXISTS sessions_by_use ON sessions (used_at);`);
  return db;
}
