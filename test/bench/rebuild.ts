/** Each read model rebuilt from the log, against a raw scan of the same log that only parses its JSON. */
import { Sqlite } from '../../src/sqlite.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { newFolder } from '../support/folders.js';
import { compare, rate, type Result, rounds } from './result.js';
import { envelopes, openDeps, runAll } from './workload.js';

const count = 40_000;

export async function benchRebuild(): Promise<Record<string, Result>> {
  const folder = newFolder();
  const deps = await openDeps(folder);
  await runAll(deps, envelopes(count), 64);
  const models = new ReadModels(deps.store, new ReadModelStore(folder.file('read-models.db')));
  const results: Record<string, Result> = {};
  const scans: number[] = [];
  for (const name of models.names()) {
    const ours: number[] = [];
    for (let round = 0; round < rounds; round++) {
      scans.push(await rate(count, () => scanAndParse(folder.file('events.db'))));
      ours.push(await rate(count, async () => void (await models.rebuild(name))));
    }
    results[`rebuild ${name}`] = compare(ours, scans.slice(-rounds), 'events/s');
  }
  await models.stop();
  await deps.store.close();
  folder.remove();
  // The slowest of them stands for all.
  const slowest = Object.values(results).toSorted((a, b) => a.ratio - b.ratio)[0];
  return slowest === undefined ? results : { rebuild: slowest, ...results };
}

function scanAndParse(file: string): void {
  const db = new Sqlite(file, { readonly: true });
  let parsed = 0;
  const rows = db
    .prepare('SELECT position, stream, revision, id, type, data, metadata FROM events ORDER BY position')
    .raw();
  for (const row of rows.iterate() as Iterable<[number, string, number, string, string, string, string]>) {
    if (JSON.parse(row[5]) !== null && JSON.parse(row[6]) !== null) parsed += 1;
  }
  db.close();
  if (parsed < count) throw new Error(`scanned ${parsed} of ${count}`);
}
