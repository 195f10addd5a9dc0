/** From the acknowledged command to its effect in the gate, against one raw durable commit. */
import { Sqlite } from '../../src/sqlite.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { newFolder } from '../support/folders.js';
import { compare, type Result } from './result.js';
import { envelopes, openDeps } from './workload.js';

const count = 2_000;

export async function benchVisibility(): Promise<Result> {
  const folder = newFolder();
  const deps = await openDeps(folder);
  const models = new ReadModels(deps.store, new ReadModelStore(folder.file('read-models.db')));
  models.start();
  const ours: number[] = [];
  for (const envelope of envelopes(count)) {
    const result = await handleCommand(deps, envelope);
    if (result.kind === 'refused') throw new Error(result.code);
    const started = performance.now();
    await models.sendingGate.waitFor(result.account.position ?? '', 10_000);
    ours.push(performance.now() - started);
  }
  await models.stop();
  await deps.store.close();
  const reference = rawCommits(folder.file('raw.db'));
  folder.remove();
  return compare(ours, reference, 'ms');
}

function rawCommits(file: string): number[] {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)');
  const insert = db.prepare('INSERT INTO rows (text) VALUES (?)');
  const text = 'x'.repeat(1_000);
  const times = Array.from({ length: count }, () => {
    const started = performance.now();
    insert.run(text);
    return performance.now() - started;
  });
  db.close();
  return times;
}
