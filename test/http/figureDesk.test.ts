/** Figures are worked out once while nothing changes, one at a time, on rows as they were at one moment. */
import { FigureDesk } from '../../src/http/figureDesk.js';
import { HttpProblem } from '../../src/http/problem.js';
import type { ReadModels } from '../../src/readModels/readModels.js';
import { caughtUp } from '../support/compareReadModels.js';
import { command, inScreening, setUp, verified } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let gatehouse: TestGatehouse;
let models: ReadModels;
let desk: FigureDesk;
let opened: number;
beforeEach(async () => {
  gatehouse = await newGatehouse();
  models = gatehouse.readModels(gatehouse.folder.file('read-models.db'));
  models.start();
  await gatehouse.walk(verified, 'one');
  await caughtUp(gatehouse.store, models);
  desk = new FigureDesk(models, new AbortController().signal);
  opened = 0;
  const snapshot = models.store.snapshot.bind(models.store);
  models.store.snapshot = (projection) => {
    opened += 1;
    return snapshot(projection);
  };
});
afterEach(async () => gatehouse.close());

test('given figures that were worked out, when they are asked for again, then the rows are not read again', async () => {
  const first = await desk.of({});
  expect(first).toMatchObject({
    position: await gatehouse.store.head(),
    figures: { funnel: { totals: { approvals: 1 } } },
  });
  expect(await desk.of({})).toBe(first);
  expect(opened).toBe(1);
  await desk.of({ from: 1 });
  expect(opened).toBe(2);
});

test('given something new in the log, then they are worked out anew, as of its position', async () => {
  await desk.of({});
  await gatehouse.walk(inScreening, 'two');
  await caughtUp(gatehouse.store, models);
  expect(await desk.of({})).toMatchObject({
    position: await gatehouse.store.head(),
    figures: { funnel: { totals: { signups: 2, requests: 2 } } },
  });
});

test('given many who ask the same at once, then it is worked out once', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, async () => desk.of({})));
  expect(new Set(answers).size).toBe(1);
  expect(opened).toBe(1);
});

test('given more different questions at once than may wait, then the others are sent away and asked to come back', async () => {
  const asked = Array.from({ length: 40 }, async (_, index) => desk.of({ from: index }));
  const outcomes = await Promise.allSettled(asked);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  expect(refused).toHaveLength(8);
  for (const reason of refused) {
    expect(reason).toBeInstanceOf(HttpProblem);
    expect(reason).toMatchObject({ body: { status: 503, code: 'busy' }, headers: { 'Retry-After': '2' } });
  }
  expect((await desk.of({ from: 39 })).figures.funnel.totals.approvals).toBe(1);
});

test('given rows that are being read, when the log goes on and the read model is rebuilt, then they stay as they were', async () => {
  for (let index = 0; index < 20; index++) await gatehouse.walk(setUp, `account-${index}`);
  await caughtUp(gatehouse.store, models);
  const { position, rows, close } = models.store.snapshot(models.journeys.projection as never);
  const read: string[] = [];
  for (const row of rows) {
    if (read.length === 3) {
      await gatehouse.walk([command('RequestVerification')], 'account-19');
      await models.rebuild('journeys');
    }
    read.push(row);
  }
  close();
  expect(read).toHaveLength(21);
  expect(position).not.toBe(models.journeys.position);
  const last = read
    .map((row) => JSON.parse(row) as { accountId: string; requests: number[] })
    .find(({ accountId }) => accountId === 'account-19');
  expect(last?.requests).toEqual([]);
  expect(models.journeys.row('account-19')?.requests).toHaveLength(1);
});

test('given a service that stops, then what waits ends with a problem that says to come back', async () => {
  const stopping = new AbortController();
  const closing = new FigureDesk(models, stopping.signal);
  // Long enough that it must pause: every look at the clock takes a stretch.
  const now = jest.spyOn(performance, 'now').mockImplementation(
    (() => {
      let at = 0;
      return () => (at += 10);
    })(),
  );
  const asked = closing.of({});
  stopping.abort();
  await expect(asked).rejects.toMatchObject({ body: { status: 503, code: 'busy' } });
  now.mockRestore();
});

test('given read models in memory, which only their own connection can read, then figures are the same', async () => {
  const inMemory = gatehouse.readModels();
  inMemory.start();
  await caughtUp(gatehouse.store, inMemory);
  const other = new FigureDesk(inMemory, new AbortController().signal);
  expect(await other.of({})).toEqual(await desk.of({}));
});
