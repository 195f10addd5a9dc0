import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Sqlite } from '../../../src/sqlite.js';
import { StoreCorrupted, StoreMisconfigured, StoreUnavailable } from '../../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../../src/eventStore/sqlite.js';
import { type Folder, newFolder } from '../../support/folders.js';

let folder: Folder;
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

const open = () => openSqliteEventStore({ file: folder.file('events.db') });
const event = (text = '') => ({ id: randomUUID(), type: 'Tested', data: { text }, metadata: {} });

test('given a file that is no database, then StoreMisconfigured names it', () => {
  writeFileSync(folder.file('events.db'), 'not a database, but long enough to be looked at as one'.repeat(50));
  expect(open).toThrow(StoreMisconfigured);
  expect(open).toThrow(/events\.db is not a database/);
});

test('given somebody else’s database, then StoreMisconfigured, and it is left alone', () => {
  const other = new Sqlite(folder.file('events.db'));
  other.exec('CREATE TABLE theirs (id INTEGER)');
  other.close();
  expect(open).toThrow(/not a Gatehouse log/);
});

test('given a log of a newer format, then StoreMisconfigured says what to do', async () => {
  await open().close();
  const db = new Sqlite(folder.file('events.db'));
  db.pragma('user_version = 99');
  db.close();
  expect(open).toThrow(/format 99; .* Run the newer Gatehouse/);
});

test('given a folder that does not exist, then StoreMisconfigured', () => {
  expect(() =>
    openSqliteEventStore({ file: folder.file('nowhere/events.db'), lockFile: folder.file('lock.db') }),
  ).toThrow(/does not exist/);
});

test('any SQLite tool can read the log', async () => {
  const store = open();
  await store.append('account-acme', 'noStream', [event('hello')]);
  await store.close();
  const db = new Sqlite(folder.file('events.db'), { readonly: true });
  expect(db.prepare("SELECT position, stream, revision, type, data ->> 'text' AS text FROM events").all()).toEqual([
    { position: 1, stream: 'account-acme', revision: 0, type: 'Tested', text: 'hello' },
  ]);
  db.close();
});

test('given an append of which one id stands elsewhere in the log, then it leaves nothing, and what is committed with it stays', async () => {
  const store = open();
  const known = event('known');
  await store.append('account-acme', 'noStream', [known]);
  const [before, half, after] = await Promise.all([
    store.append('account-before', 'noStream', [event()]),
    store.append('account-half', 'noStream', [event('new'), known]),
    store.append('account-after', 'noStream', [event()]),
  ]);
  expect(half).toEqual({ kind: 'conflict', actual: 'noStream' });
  expect([before, after]).toMatchObject([{ kind: 'appended' }, { kind: 'appended' }]);
  const streams: string[] = [];
  for await (const { stream } of store.readAll()) streams.push(stream);
  expect(streams).toEqual(['account-acme', 'account-before', 'account-after']);
  await store.close();
});

test('given a row that is not JSON, when it is read, then StoreCorrupted names the place, and nothing is skipped', async () => {
  const store = open();
  await store.append('account-acme', 'noStream', [event(), event()]);
  const db = new Sqlite(folder.file('events.db'));
  db.exec("UPDATE events SET data = '{broken' WHERE position = 2");
  db.close();
  const read = async () => {
    let revisions = 0;
    for await (const { revision } of store.readAll()) revisions += revision;
    return revisions;
  };
  await expect(read()).rejects.toThrow(StoreCorrupted);
  await expect(read()).rejects.toThrow(/position 0000000000000002 \(account-acme revision 1\)/);
  await store.close();
});

test('given another process that keeps the file locked, when appends share a transaction, then all fail, and it goes on', async () => {
  const store = openSqliteEventStore({ file: folder.file('events.db'), busyMilliseconds: 50 });
  await store.append('s', 'noStream', [event()]);
  const other = new Sqlite(folder.file('events.db'));
  other.exec('BEGIN IMMEDIATE');
  const results = await Promise.allSettled([store.append('s', 0, [event()]), store.append('t', 'noStream', [event()])]);
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) as unknown });
  }
  other.exec('ROLLBACK');
  other.close();
  expect(await store.append('s', 0, [event()])).toMatchObject({ kind: 'appended', revision: 1 });
  expect(await store.append('t', 'noStream', [event()])).toMatchObject({ kind: 'appended', revision: 0 });
  await store.close();
});

test('StoreUnavailable is what may pass, and is marked so', () => {
  expect(new StoreUnavailable('down').retryable).toBe(true);
  expect(new StoreMisconfigured('wrong').retryable).toBe(false);
});
