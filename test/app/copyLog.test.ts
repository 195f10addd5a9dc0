import { rmSync } from 'node:fs';
import { type CopyPhase, copyLog, LogsDiffer } from '../../src/app/copyLog.js';
import type { EventStore, StoredEvent } from '../../src/eventStore/eventStore.js';
import { openEventStoreDb } from '../../src/eventStore/eventStoreDb.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { Sqlite } from '../../src/sqlite.js';
import { command, verified } from '../support/examples.js';
import { StandIn } from '../support/eventStoreStandIn/standIn.js';
import { newFolder } from '../support/folders.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let source: TestGatehouse;
const folder = newFolder();
const standIn = new StandIn();
const opened: EventStore[] = [];

beforeAll(async () => {
  source = await newGatehouse();
  await source.walk(verified);
  await source.walk(verified, 'other');
  await source.walk([command('AddDomain', { domain: 'more.acme.example' })]);
  await standIn.start();
});
afterAll(async () => {
  for (const store of opened) await store.close();
  await source.close();
  standIn.stop();
  folder.remove();
});

function kept<S extends EventStore>(store: S): S {
  opened.push(store);
  return store;
}
const sqlite = (name: string): EventStore => kept(openSqliteEventStore({ file: folder.file(name) }));
const esdb = (server = standIn): EventStore =>
  kept(openEventStoreDb({ connectionString: server.connectionString, streams: ['account-', 'policy', 'ops-'] }));
const never = new AbortController().signal;

async function contents(store: EventStore): Promise<object[]> {
  const all: StoredEvent[] = [];
  for await (const event of store.readAll()) all.push(event);
  return all.map(({ position: _position, ...event }) => event);
}

test('from SQLite to EventStoreDB and back: every event, in order, to the letter', async () => {
  const [there, back] = [esdb(), sqlite('back.db')];
  const phases = new Set<CopyPhase>();
  const first = await copyLog(source.store, there, { signal: never, onProgress: (phase) => phases.add(phase) });
  const events = (await contents(source.store)).length;
  expect(first).toEqual({ events, streams: 3, found: 0, copied: events, complete: true });
  expect([...phases]).toContain('copying');
  await copyLog(there, back, { signal: never });
  expect(await contents(back)).toEqual(await contents(source.store));
  expect(JSON.stringify(await contents(back))).toBe(JSON.stringify(await contents(source.store)));
});

test('again: nothing is copied, all is verified', async () => {
  const target = sqlite('again.db');
  const { events } = await copyLog(source.store, target, { signal: never });
  expect(await copyLog(source.store, target, { signal: never })).toEqual({
    events,
    streams: 3,
    found: events,
    copied: 0,
    complete: true,
  });
});

test('stopped in the middle, and run again: it goes on from there', async () => {
  const target = sqlite('stopped.db');
  const stop = new AbortController();
  const watched: EventStore = {
    ...target,
    append: async (...args) => {
      const result = await target.append(...args);
      if ((await contents(target)).length >= 4) stop.abort();
      return result;
    },
    read: (...args) => target.read(...args),
    readAll: (...args) => target.readAll(...args),
    head: async () => target.head(),
  } as EventStore;
  const first = await copyLog(source.store, watched, { signal: stop.signal });
  expect(first.complete).toBe(false);
  expect(first.copied).toBeGreaterThan(0);
  const second = await copyLog(source.store, target, { signal: never });
  expect(second).toMatchObject({ found: first.copied, complete: true });
  expect(await contents(target)).toEqual(await contents(source.store));
});

test('a target that holds another log is refused, and left as it is', async () => {
  const other = await newGatehouse();
  await other.walk([command('SignUp')], 'somebody-else');
  const before = await contents(other.store);
  await expect(copyLog(source.store, other.store, { signal: never })).rejects.toThrow(LogsDiffer);
  await expect(copyLog(source.store, other.store, { signal: never })).rejects.toThrow(/somebody-else revision 0/);
  expect(await contents(other.store)).toEqual(before);
  await other.close();
});

test('a target that goes on after the source is refused', async () => {
  const target = sqlite('longer.db');
  await copyLog(source.store, target, { signal: never });
  await target.append('account-more', 'noStream', [
    { id: '5f0ea3f2-4d0c-4a47-9d0b-1b7a6a3a0d11', type: 'AccountSignedUp', data: {}, metadata: {} },
  ]);
  await expect(copyLog(source.store, target, { signal: never })).rejects.toThrow(/goes on after the source ends/);
});

test('a source that was altered is found: the chain does not fit', async () => {
  const altered = folder.file('altered.db');
  const copy = openSqliteEventStore({ file: altered });
  await copyLog(source.store, copy, { signal: never });
  await copy.close();
  const db = new Sqlite(altered);
  db.exec(`UPDATE events SET data = json_set(data, '$.name', 'Altered') WHERE type = 'MessageCreated'`);
  db.close();
  const from = sqlite('altered.db');
  await expect(copyLog(from, sqlite('from-altered.db'), { signal: never })).rejects.toThrow(/its hash does not fit/);
  rmSync(altered, { force: true });
});
