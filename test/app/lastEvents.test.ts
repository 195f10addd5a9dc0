/** The last events, of a log that is read forwards only. */
import { lastEvents } from '../../src/app/lastEvents.js';
import type { EventStore, StoredEvent } from '../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { type Folder, newFolder } from '../support/folders.js';

const count = 9_500;
let folder: Folder;
let store: EventStore;
let head: string;

/** A long log: `Rare` at its beginning, and events of one account now and then. */
beforeAll(async () => {
  folder = newFolder();
  store = openSqliteEventStore({ file: folder.file('events.db') });
  const revisions = new Map<string, number>();
  const appended = Array.from({ length: count }, async (_, index) => {
    const stream = index % 1_000 === 0 ? 'account-now-and-then' : `account-${index % 7}`;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const id = `00000000-0000-5000-8000-${String(index).padStart(12, '0')}`;
    const type = index < 3 ? 'Rare' : index % 1_000 === 0 ? 'Seldom' : 'Often';
    return store.append(stream, revision === 0 ? 'noStream' : revision - 1, [
      { id, type, data: { index }, metadata: {} },
    ]);
  });
  await Promise.all(appended);
  head = (await store.head()) ?? '';
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

const indexes = (events: readonly StoredEvent[]): unknown[] => events.map(({ data }) => data['index']);

test('of the whole log', async () => {
  expect(indexes(await lastEvents(store, {}, 3, head))).toEqual([9_497, 9_498, 9_499]);
  expect(await lastEvents(store, {}, 0, head)).toEqual([]);
  expect(await lastEvents(store, {}, 100_000, head)).toHaveLength(count);
});

test('of types that are rare: as far back as it takes', async () => {
  expect(indexes(await lastEvents(store, { types: ['Seldom'] }, 2, head))).toEqual([8_000, 9_000]);
  expect(indexes(await lastEvents(store, { types: ['Rare'] }, 10, head))).toEqual([0, 1, 2]);
  expect(await lastEvents(store, { types: ['Never'] }, 10, head)).toEqual([]);
});

test('of one account, also of some types', async () => {
  expect(indexes(await lastEvents(store, { account: 'now-and-then' }, 2, head))).toEqual([8_000, 9_000]);
  expect(indexes(await lastEvents(store, { account: 'now-and-then', types: ['Rare'] }, 2, head))).toEqual([0]);
});

test('none that came after the position', async () => {
  const upTo = (await lastEvents(store, {}, 5, head))[2]?.position ?? '';
  expect(indexes(await lastEvents(store, {}, 2, upTo))).toEqual([9_496, 9_497]);
});

test('given positions that are more than a number, then it reads from the beginning, and asks for no position of its own making', async () => {
  const asked: (string | undefined)[] = [];
  const pair = (position: string): string => `${position}-${position}`;
  const paired = {
    readAll: (options: { after?: string } = {}) => {
      asked.push(options.after);
      return (async function* () {
        for await (const event of store.readAll(options)) yield { ...event, position: pair(event.position) };
      })();
    },
  } as unknown as EventStore;
  expect(indexes(await lastEvents(paired, {}, 2, pair(head)))).toEqual([9_498, 9_499]);
  expect(asked).toEqual([undefined]);
});
