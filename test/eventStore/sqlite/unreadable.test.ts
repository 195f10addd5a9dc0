/** What somebody did to the file is told, row by row; the rest is read. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { EventStore, Unreadable } from '../../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../../src/eventStore/sqlite.js';
import { Sqlite } from '../../../src/sqlite.js';
import { type Folder, newFolder } from '../../support/folders.js';

let folder: Folder;
beforeEach(async () => {
  folder = newFolder();
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  for (const [index, expected] of (['noStream', 0, 1] as const).entries()) {
    const event = {
      id: randomUUID(),
      type: 'Tested',
      data: { text: `line\n${index}`, index },
      metadata: { at: index },
    };
    await store.append('account-acme', expected, [event]);
  }
  await store.close();
});
afterEach(() => folder.remove());

function alter(sql: string): void {
  const db = new Sqlite(folder.file('events.db'));
  db.exec(sql);
  db.close();
}

async function look(): Promise<{ revisions: number[]; unreadable: Unreadable[] }> {
  const store: EventStore = openSqliteEventStore({ file: folder.file('events.db'), readOnly: true });
  const unreadable: Unreadable[] = [];
  const revisions: number[] = [];
  for await (const event of store.readAll({ onUnreadable: (one) => unreadable.push(one) }))
    revisions.push(event.revision);
  await store.close();
  return { revisions, unreadable };
}

test.each([
  ['is no JSON', `data = '{"text": "lin'`, 'not a readable JSON object'],
  ['is no object', `data = '[1]'`, 'not a readable JSON object'],
  ['reads the same, with a space more', `data = replace(data, ',', ', ')`, 'not written as it was'],
  ['reads the same, escaped otherwise', String.raw`data = replace(data, '\n', '\u000a')`, 'not written as it was'],
  ['names a key twice', `data = replace(data, '}', ',"index":1}')`, 'not written as it was'],
  ['is bytes', `data = cast(data AS BLOB)`, 'no text'],
])('given data that %s, then it is told with its place, and the others are read', async (_what, change, why) => {
  alter(`UPDATE events SET ${change} WHERE revision = 1`);
  const { revisions, unreadable } = await look();
  expect(revisions).toEqual([0, 2]);
  expect(unreadable).toEqual([
    { position: '0000000000000002', stream: 'account-acme', revision: 1, why: expect.stringContaining(why) },
  ]);
});

test.each([
  ['metadata', `metadata = replace(metadata, ':', ': ')`, 'its metadata is not written as it was'],
  ['a revision', `revision = 1.5`, 'its revision is no whole number'],
  ['a type', `type = x'00'`, 'no text'],
])('given %s that no writer of ours writes, then it is told', async (_what, change, why) => {
  alter(`UPDATE events SET ${change} WHERE revision = 1`);
  expect((await look()).unreadable).toEqual([expect.objectContaining({ why: expect.stringContaining(why) })]);
});

test('given a damaged page, then the store finds it', async () => {
  const file = folder.file('events.db');
  const at = readFileSync(file).indexOf('account-acme', 4_096);
  const descriptor = openSync(file, 'r+');
  // In the index, or in the table: the two do not agree any more.
  writeSync(descriptor, 'account-acne', at);
  closeSync(descriptor);
  const store = openSqliteEventStore({ file, readOnly: true });
  expect((await store.selfCheck()).join('\n')).toMatch(/index|missing|order/i);
  await store.close();
});
