import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StoreClosed, StoreLocked } from '../../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../../src/eventStore/sqlite.js';
import { sqlitePackage } from '../../../src/sqlite.js';
import { type Folder, newFolder } from '../../support/folders.js';

let folder: Folder;
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

const open = (readOnly = false) =>
  openSqliteEventStore({ file: folder.file('events.db'), lockFile: folder.file('lock.db'), readOnly });
const event = { id: '0b6f4a5e-0000-4000-8000-000000000001', type: 'Tested', data: {}, metadata: {} };

test('given a writer, when a second one opens the store, then it is refused with what to do', async () => {
  const first = open();
  expect(() => open()).toThrow(StoreLocked);
  expect(() => open()).toThrow(/Another Gatehouse process .* Stop it first/);
  await first.close();
  const second = open();
  await second.close();
});

test('given a writer in another process, when it is killed, then the lock is free at once', async () => {
  const script = `
    const Database = require('${sqlitePackage}');
    const db = new Database(process.argv[1], { timeout: 0 });
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
    console.log('locked');
    setInterval(() => undefined, 1000);
  `;
  const holder = spawn(process.execPath, ['-e', script, folder.file('lock.db')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  expect(() => open()).toThrow(StoreLocked);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await open().close();
});

test('given a writer, when another reads beside it, then it sees what is committed, live, and cannot write', async () => {
  const writer = open();
  await writer.append('s', 'noStream', [event]);
  const reader = open(true);
  await expect(reader.append('s', 0, [event])).rejects.toThrow(StoreClosed);
  const stop = new AbortController();
  const revisions: number[] = [];
  let appended = false;
  for await (const item of reader.subscribe({ signal: stop.signal })) {
    if (item.kind === 'event') revisions.push(item.event.revision);
    if (revisions.length === 2) stop.abort();
    if (item.kind !== 'caughtUp' || appended) continue;
    appended = true;
    await writer.append('s', 0, [{ ...event, id: '0b6f4a5e-0000-4000-8000-000000000002' }]);
  }
  expect(revisions).toEqual([0, 1]);
  await reader.close();
  await writer.close();
});

test('given a closed store, when it is used, then StoreClosed; closing again does nothing', async () => {
  const store = open();
  const waiting = store.append('s', 'noStream', [event]);
  await store.close();
  await store.close();
  // What was under way when it closed is written.
  expect(await waiting).toMatchObject({ kind: 'appended' });
  await expect(store.append('s', 0, [event])).rejects.toThrow(StoreClosed);
  await expect(store.head()).rejects.toThrow(StoreClosed);
});
