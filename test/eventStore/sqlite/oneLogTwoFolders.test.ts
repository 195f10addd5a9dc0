import { randomUUID } from 'node:crypto';
import { StoreLocked } from '../../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../../src/eventStore/sqlite.js';
import { type Folder, newFolder } from '../../support/folders.js';

let folder: Folder;
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

const event = (type = 'Tested') => ({ id: randomUUID(), type, data: {}, metadata: {} });

test('given a log written through one data folder, when another folder names it, then it is refused, with who holds it', async () => {
  const file = folder.file('events.db');
  const first = openSqliteEventStore({ file, lockFile: folder.file('a.lock') });
  const second = () => openSqliteEventStore({ file, lockFile: folder.file('b.lock') });
  expect(second).toThrow(StoreLocked);
  expect(second).toThrow(new RegExp(`process ${process.pid}\\) .*lock\\.db`));
  await first.close();
  await second().close();
});

test('given a rare type, when the log is read or followed a small page at a time, then nothing of it is missed', async () => {
  const store = openSqliteEventStore({ file: folder.file('events.db'), pageSize: 2 });
  const types = Array.from({ length: 130 }, (_, index) => (index === 100 || index === 129 ? 'Rare' : 'Common'));
  await store.append('s', 'noStream', types.map(event));
  const read: number[] = [];
  for await (const { revision } of store.readAll({ types: ['Rare'] })) read.push(revision);
  const followed: number[] = [];
  for await (const item of store.subscribe({ types: ['Rare'], signal: new AbortController().signal })) {
    if (item.kind === 'caughtUp') break;
    if (item.kind === 'event') followed.push(item.event.revision);
  }
  expect([read, followed]).toEqual([
    [100, 129],
    [100, 129],
  ]);
  await store.close();
});

test('given a subscription that waits, when it is left, then its wait ends', async () => {
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  const items = store.subscribe({ signal: new AbortController().signal })[Symbol.asyncIterator]();
  expect(await items.next()).toEqual({ done: false, value: { kind: 'caughtUp', position: undefined } });
  const waiting = items.next();
  await items.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await store.close();
});
