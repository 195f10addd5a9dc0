/** The same rows in every format, read back by a second parser. */
import { exportedKinds, exportFormats } from '../../src/events/operations.js';
import { eventTypes } from '../../src/events/catalogue.js';
import { accountOf } from '../../src/events/envelope.js';
import { exported, readBack, type ReadRow, requestFor } from '../support/exports.js';
import { informationRequested, rejected } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';

let gatehouse: TestGatehouse;
beforeAll(async () => {
  gatehouse = await newGatehouse();
  await walkRandomly(gatehouse, 11, 250, 60);
  for (let index = 0; index < 4; index++) {
    await gatehouse.walk(rejected, `rejected-${index}`);
    await gatehouse.walk(informationRequested, `asked-${index}`);
  }
});
afterAll(async () => gatehouse.close());

const byPosition = (rows: readonly ReadRow[]): ReadRow[] =>
  rows.toSorted((a, b) => ((a['position'] ?? '') < (b['position'] ?? '') ? -1 : 1));

describe.each(exportedKinds)('%s', (what) => {
  test.each(exportFormats)('given a log of many accounts, then %s holds the rows that NDJSON holds', async (format) => {
    const reference = await readBack('ndjson', await exported(gatehouse.store, requestFor('ndjson', { what })));
    const rows = await readBack(format, await exported(gatehouse.store, requestFor(format, { what })));
    expect(rows.length).toBeGreaterThan(200);
    expect(byPosition(rows)).toEqual(reference);
  });

  test('XES has the accounts in the order of sign-up, the others all events in the order of the log', async () => {
    const accounts: string[] = [];
    for await (const { stream } of gatehouse.store.readAll({ types: ['AccountSignedUp'] }))
      accounts.push(accountOf(stream) ?? '');
    const traces = await readBack('xes', await exported(gatehouse.store, requestFor('xes', { what })));
    expect([...new Set(traces.map(({ accountId }) => accountId))]).toEqual(accounts);
    for (const format of ['csv', 'parquet'] as const) {
      const rows = await readBack(format, await exported(gatehouse.store, requestFor(format, { what })));
      expect(rows).toEqual(byPosition(rows));
    }
  });
});

test('events are all events of accounts, with what the log holds of each', async () => {
  const rows = await readBack('ndjson', await exported(gatehouse.store, requestFor('ndjson', { personalData: true })));
  let index = 0;
  for await (const { stream, id, type, data, metadata, revision, position } of gatehouse.store.readAll()) {
    const accountId = accountOf(stream);
    if (accountId === undefined) continue;
    const row = rows[index++];
    expect(row).toMatchObject({
      accountId,
      id,
      type,
      position,
      revision: String(revision),
      data: JSON.stringify(data),
    });
    expect(row).toMatchObject({ to: JSON.stringify(metadata['to']), hash: metadata['hash'] });
  }
  expect(index).toBe(rows.length);
});

test('transitions are the events that moved the chart, each from where the one before led to', async () => {
  const events = await readBack('ndjson', await exported(gatehouse.store, requestFor('ndjson')));
  const rows = await readBack('ndjson', await exported(gatehouse.store, requestFor('ndjson', { what: 'transitions' })));
  const moved = events.filter(({ from, to }) => from !== to);
  expect(rows.map(({ id }) => id)).toEqual(moved.map(({ id }) => id));
  expect(rows.length).toBeLessThan(events.length);
  const last = new Map<string | undefined, ReadRow>();
  for (const row of rows) {
    const before = last.get(row['accountId']);
    for (const name of ['Status', 'Setup', 'Verification', 'Standing'])
      expect([row['id'], name, row[`from${name}`]]).toEqual([row['id'], name, before?.[`to${name}`]]);
    last.set(row['accountId'], row);
  }
});

test('a rejection and a question name their reason codes, in every format', async () => {
  for (const format of exportFormats) {
    const request = requestFor(format, {
      what: 'transitions',
      types: ['VerificationRejected', 'InformationRequested'],
    });
    const rows = await readBack(format, await exported(gatehouse.store, request));
    expect(rows.length).toBeGreaterThan(3);
    for (const { reasons } of rows) expect(JSON.parse(reasons ?? '')).toEqual([expect.any(String)]);
  }
});

describe('what is asked for', () => {
  test.each(exportFormats)('%s: by type', async (format) => {
    const rows = await readBack(
      format,
      await exported(gatehouse.store, requestFor(format, { types: ['PeopleAdded'] })),
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(['PeopleAdded']));
  });

  test.each(exportFormats)('%s: by time, from an instant on and before another one', async (format) => {
    const all = await readBack('ndjson', await exported(gatehouse.store, requestFor('ndjson')));
    const times = all.map(({ occurredAt }) => occurredAt ?? '').sort();
    const [from, to] = [times[Math.floor(times.length / 3)], times[Math.floor((2 * times.length) / 3)]];
    const rows = await readBack(format, await exported(gatehouse.store, requestFor(format, { from, to })));
    const expected = all.filter(({ occurredAt = '' }) => occurredAt >= (from ?? '') && occurredAt < (to ?? ''));
    expect(byPosition(rows).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(exportFormats)('%s: one account', async (format) => {
    const rows = await readBack(
      format,
      await exported(gatehouse.store, requestFor(format, { accountId: 'walk-11-7' })),
    );
    expect(rows.length).toBeGreaterThan(8);
    expect(new Set(rows.map(({ accountId }) => accountId))).toEqual(new Set(['walk-11-7']));
    expect(rows.map(({ revision }) => Number(revision))).toEqual(rows.map((_, index) => index));
  });

  test.each(exportFormats)('%s: nothing, which is a file that can be read, too', async (format) => {
    const nothing = requestFor(format, { from: '2999-01-01T00:00:00.000Z' });
    expect(await readBack(format, await exported(gatehouse.store, nothing))).toEqual([]);
  });
});

test('the walks have most events there are', async () => {
  const rows = await readBack('ndjson', await exported(gatehouse.store, requestFor('ndjson')));
  const seen = new Set(rows.map(({ type }) => type));
  expect(eventTypes.filter((type) => seen.has(type)).length).toBeGreaterThan(25);
});
