/** Every stored stream is a legal run of the chart, or the replay says where it is not. */
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { replayLog, type ReplayOptions } from '../../src/replay/replayLog.js';
import { Sqlite } from '../../src/sqlite.js';
import { command, day, setUp, verified } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';

let gatehouse: TestGatehouse;
beforeEach(async () => (gatehouse = await newGatehouse()));
afterEach(async () => gatehouse.close());

/** Somebody changes the file while nothing runs. */
function alter(sql: string): void {
  const db = new Sqlite(gatehouse.folder.file('events.db'));
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
  db.close();
}

async function replay(options: ReplayOptions = {}): ReturnType<typeof replayLog> {
  const store = openSqliteEventStore({ file: gatehouse.folder.file('events.db'), readOnly: true });
  try {
    return await replayLog(store, options);
  } finally {
    await store.close();
  }
}

async function accountEvents(store: EventStore): Promise<number> {
  let count = 0;
  for await (const { stream } of store.readAll()) count += stream.startsWith('account-') ? 1 : 0;
  return count;
}

describe('given a log of many lives', () => {
  beforeEach(async () => void (await walkRandomly(gatehouse, 7, 60, 40)));

  test('then every stream is legal', async () => {
    const events = await accountEvents(gatehouse.store);
    expect(await replay()).toEqual({ streams: 60, events, divergences: [], complete: true });
  });

  test('then parts of it are together the whole', async () => {
    const parts = [];
    for (let index = 0; index < 3; index++) parts.push(await replay({ part: { index, of: 3 } }));
    const whole = await replay();
    expect(parts.reduce((sum, { events }) => sum + events, 0)).toBe(whole.events);
    expect(parts.reduce((sum, { streams }) => sum + streams, 0)).toBe(whole.streams);
    expect(parts.every(({ events }) => events > 0)).toBe(true);
  });

  test('and memory for two accounts only, then it finds the same', async () => {
    alter("UPDATE events SET type = 'AccountReinstated' WHERE stream = 'account-walk-7-14' AND revision = 3");
    expect(await replay({ mostAccounts: 2 })).toEqual(await replay());
  });

  test('and it is stopped, then it says that it is not complete', async () => {
    expect(await replay({ signal: AbortSignal.abort() })).toMatchObject({ complete: false, events: 0 });
  });
});

describe('given an altered log', () => {
  beforeEach(async () => {
    await gatehouse.walk(setUp, 'birch');
    await gatehouse.walk([...verified, command('RecordNotification')], 'acme');
    await gatehouse.walk([command('UpdateContacts')], 'birch');
  });
  const acme = "stream = 'account-acme' AND revision";

  test.each([
    ['an event that the chart refuses', `UPDATE events SET type = 'AppealDismissed' WHERE ${acme} = 5`, 5, 'refused'],
    [
      'another state before',
      `UPDATE events SET metadata = json_set(metadata, '$.from.verification', 'expired') WHERE ${acme} = 7`,
      7,
      'from',
    ],
    [
      'another state after',
      `UPDATE events SET metadata = json_set(metadata, '$.to.verification', 'expired') WHERE ${acme} = 7`,
      7,
      'to',
    ],
    [
      'a state after without one of its regions',
      `UPDATE events SET metadata = json_remove(metadata, '$.to.standing') WHERE ${acme} = 2`,
      2,
      'to',
    ],
    [
      'a state after with one region more',
      `UPDATE events SET metadata = json_set(metadata, '$.to.more', 'x') WHERE ${acme} = 2`,
      2,
      'to',
    ],
    ['an event less', `DELETE FROM events WHERE ${acme} = 4`, 5, 'revision'],
    ['the first event less', `DELETE FROM events WHERE ${acme} = 0`, 1, 'revision'],
    [
      'two events in another order',
      `UPDATE events SET position = CASE position WHEN 12 THEN -13 ELSE -12 END WHERE position IN (12, 13)`,
      undefined,
      'revision',
    ],
    ['an event of an unknown type', `UPDATE events SET type = 'AccountAdmired' WHERE ${acme} = 3`, 3, 'unreadable'],
    ['an event that is no JSON', `UPDATE events SET data = '{' WHERE ${acme} = 3`, 3, 'unreadable'],
    [
      'an event of a newer version',
      `UPDATE events SET metadata = json_set(metadata, '$.schemaVersion', 99) WHERE ${acme} = 3`,
      3,
      'unreadable',
    ],
    ['a request without its data', `UPDATE events SET data = '{}' WHERE ${acme} = 7`, 7, 'refused'],
    ['data that nothing can be made of', `UPDATE events SET data = '{}' WHERE ${acme} = 10`, 10, 'unreadable'],
    ['no metadata', `UPDATE events SET metadata = '{}' WHERE ${acme} = 7`, 7, 'unreadable'],
  ])(
    'with %s, then the first divergence is told with its place, and the others are legal',
    async (_what, sql, revision, kind) => {
      alter(sql);
      if (sql.includes('-13')) alter('UPDATE events SET position = -position WHERE position < 0');
      const { divergences, streams } = await replay();
      expect(streams).toBe(2);
      expect(divergences).toEqual([expect.objectContaining({ stream: 'account-acme', accountId: 'acme', kind })]);
      if (revision === undefined) return;
      expect(divergences[0]).toMatchObject({ revision, position: String(divergences[0]?.position).padStart(16, '0') });
      // What follows in the stream is not judged, what was before it counts.
      const others = await replay({ selection: { where: [{ field: 'account', value: 'birch' }] } });
      expect(others).toMatchObject({ streams: 1, events: setUp.length + 1, divergences: [] });
    },
  );

  test('with its first event less and a later one that is no JSON, then the first is told, and the others are legal', async () => {
    alter(`DELETE FROM events WHERE ${acme} = 0`);
    alter(`UPDATE events SET data = '{' WHERE ${acme} = 8`);
    const { divergences, streams } = await replay();
    expect(streams).toBe(2);
    expect(divergences).toEqual([expect.objectContaining({ accountId: 'acme', revision: 1, kind: 'revision' })]);
  });

  test('with its first event put last and no JSON any more, then the one after it is told', async () => {
    alter(`UPDATE events SET position = position + 1000, data = '{' WHERE ${acme} = 0`);
    const { divergences } = await replay();
    expect(divergences).toEqual([expect.objectContaining({ accountId: 'acme', revision: 1, kind: 'revision' })]);
  });

  test('with an event that is no JSON in an account that had to make room, then it is told where it stands', async () => {
    await gatehouse.walk([command('UpdateContacts')], 'birch');
    const last = setUp.length + 1;
    alter(`UPDATE events SET data = '{' WHERE stream = 'account-birch' AND revision = ${last}`);
    const { divergences } = await replay({ mostAccounts: 1 });
    expect(divergences).toEqual([expect.objectContaining({ accountId: 'birch', revision: last, kind: 'unreadable' })]);
  });

  test('in two streams, then both are told, in log order', async () => {
    alter("UPDATE events SET type = 'AppealDismissed' WHERE type = 'PeopleAdded'");
    expect((await replay()).divergences.map(({ accountId }) => accountId)).toEqual(['birch', 'acme']);
  });
});

describe('what is judged can be chosen', () => {
  beforeEach(async () => {
    await gatehouse.walk(verified, 'acme');
    await gatehouse.walk(setUp, 'birch');
  });

  test.each([
    [{ where: [{ field: 'type', value: 'PeopleAdded' }] } as const, 2, 2],
    [{ where: [{ field: 'account', value: 'acme' }] } as const, 1, verified.length],
    [{ where: [{ field: 'role', value: 'reviewer' }] } as const, 1, 2],
    [{ where: [{ field: 'state', value: 'verified' }] } as const, 1, 1],
    [
      {
        where: [
          { field: 'type', value: 'PeopleAdded' },
          { field: 'account', value: 'birch' },
        ],
      } as const,
      1,
      1,
    ],
    [{ from: day(1) }, 0, 0],
    [{ to: day(1) }, 2, verified.length + setUp.length],
  ])('%j', async (selection, streams, events) => {
    expect(await replay({ selection })).toEqual({ streams, events, divergences: [], complete: true });
  });

  test('what is not chosen is gone through, so that what follows is judged on it', async () => {
    const { occurredAt } = (await firstOf('VerificationRequested')) ?? { occurredAt: '' };
    const late = await replay({ selection: { from: occurredAt, where: [{ field: 'account', value: 'acme' }] } });
    expect(late).toMatchObject({ events: 3, divergences: [] });
  });

  async function firstOf(type: string): Promise<{ occurredAt: string } | undefined> {
    for await (const event of gatehouse.store.readAll({ types: [type] }))
      return event.metadata as unknown as { occurredAt: string };
    return undefined;
  }
});
