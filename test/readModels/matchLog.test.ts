/** Read models belong to one log. */
import { readConfig } from '../../src/config.js';
import { openLog, openReadModels } from '../../src/parts.js';
import { command, verified } from '../support/examples.js';
import { caughtUp } from '../support/compareReadModels.js';
import { type Folder, newFolder } from '../support/folders.js';
import { newGatehouse } from '../support/gatehouse.js';
import { copyFileSync, rmSync } from 'node:fs';

let folder: Folder;
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

/** A log as a file, made elsewhere. */
async function logWith(accounts: readonly string[], commands = verified): Promise<string> {
  const gatehouse = await newGatehouse();
  for (const account of accounts) await gatehouse.walk(commands, account);
  const file = folder.file(`${accounts.join('-')}-${commands.length}.db`);
  await gatehouse.store.close();
  copyFileSync(gatehouse.folder.file('events.db'), file);
  gatehouse.folder.remove();
  return file;
}

/** The service's read models on a log, caught up: whom they know. */
async function accountsOn(log: string): Promise<string[]> {
  const config = readConfig({ GATEHOUSE_DATA: folder.path });
  for (const suffix of ['', '-wal', '-shm']) rmSync(folder.file(`events.db${suffix}`), { force: true });
  copyFileSync(log, folder.file('events.db'));
  const store = openLog(config);
  const models = await openReadModels(config, store);
  models.start();
  await caughtUp(store, models);
  const names = [...models.store.all(models.accounts.generation)].map(([key]) => key);
  await models.stop();
  await store.close();
  return names.toSorted();
}

test('on the same log they go on', async () => {
  const log = await logWith(['acme', 'birch']);
  expect(await accountsOn(log)).toEqual(['acme', 'birch']);
  expect(await accountsOn(log)).toEqual(['acme', 'birch']);
});

test('on another log they start anew: nothing of the first is left', async () => {
  expect(await accountsOn(await logWith(['acme', 'birch']))).toEqual(['acme', 'birch']);
  expect(await accountsOn(await logWith(['cedar'], [command('SignUp')]))).toEqual(['cedar']);
});

test('on an older copy of their log, restored from a backup, they start anew', async () => {
  const gatehouse = await newGatehouse();
  await gatehouse.walk(verified, 'acme');
  const backup = folder.file('backup.db');
  const later = folder.file('later.db');
  const { Sqlite } = await import('../../src/sqlite.js');
  const copyTo = (file: string): void => {
    const db = new Sqlite(gatehouse.folder.file('events.db'), { readonly: true });
    db.exec(`VACUUM INTO '${file}'`);
    db.close();
  };
  copyTo(backup);
  await gatehouse.walk(verified, 'birch');
  copyTo(later);
  await gatehouse.close();
  expect(await accountsOn(later)).toEqual(['acme', 'birch']);
  expect(await accountsOn(backup)).toEqual(['acme']);
});
