/** Durable commands a second, against raw appends of the same bytes with the same durability and grouping. */
import { Sqlite } from '../../src/sqlite.js';
import { newFolder } from '../support/folders.js';
import { compare, rate, type Result, rounds } from './result.js';
import { envelopes, openDeps, runAll } from './workload.js';

type Row = readonly [number, string, number, string, string, string, string];

export async function benchCommands(inFlight: number, count: number): Promise<Result> {
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const folder = newFolder();
    const deps = await openDeps(folder);
    const commands = envelopes(count);
    ours.push(await rate(count, async () => runAll(deps, commands, inFlight)));
    await deps.store.close();
    const rows = rowsOf(folder.file('events.db'));
    reference.push(await rate(rows.length, () => rawAppends(folder.file('raw.db'), rows, inFlight)));
    folder.remove();
  }
  return compare(ours, reference, 'commands/s');
}

function rowsOf(file: string): Row[] {
  const db = new Sqlite(file, { readonly: true });
  const rows = db
    .prepare('SELECT position, stream, revision, id, type, data, metadata FROM events ORDER BY position')
    .raw()
    .all();
  db.close();
  return rows as Row[];
}

/** What the library does at its best: one prepared statement, `inFlight` rows a transaction, the same table. */
function rawAppends(file: string, rows: readonly Row[], inFlight: number): void {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision))`);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
  const together = db.transaction((group: readonly Row[]) => {
    for (const row of group) insert.run(...row);
  });
  for (let from = 0; from < rows.length; from += inFlight) together(rows.slice(from, from + inFlight));
  db.close();
}
