/** Backtests over HTTP, held against what `gatehouse backtest` says of the same log. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplayedRequest } from '../../src/backtest/requests.js';
import { backtest } from '../../src/cli/backtest.js';
import { readConfig } from '../../src/config.js';
import { routes } from '../../src/http/app.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { stories, writeStories } from '../support/screenedLog.js';
import { newService, type TestService } from '../support/service.js';

let written: TestGatehouse;
let service: TestService;

beforeAll(async () => {
  written = await newGatehouse();
  await writeStories(written, stories(20_260_105, 120), { ...builtInPolicy, version: 'then' });
  await written.store.close();
  service = await newService('acme', { GATEHOUSE_DATA: written.folder.path });
}, 60_000);
afterAll(async () => {
  await service.stop();
  written.folder.remove();
});

const { screening, review } = builtInPolicy;
/** Approves nothing without a person, and nothing without two: every kind of difference comes of it. */
const candidate: PolicyDocument = {
  ...builtInPolicy,
  version: 'stricter',
  screening: { ...screening, automaticApproval: false, toReview: [...screening.toReview, 'opt_in_unclear'] },
  review: { ...review, secondPerson: true },
};

type Run = {
  id: string;
  state: string;
  requests: number;
  differing: number;
  kept: number;
  done: number;
  total: number;
};

/** Starts one and waits until it is over. */
async function ran(body: object): Promise<Run & Record<string, unknown>> {
  const started = await service.ask('analyst', 'POST', '/v1/backtests', body);
  expect(started).toMatchObject({ status: 202, body: { result: null } });
  expect(started.headers.get('location')).toBe(`/v1/backtests/${started.body['id'] as string}`);
  for (;;) {
    const { status, body: run } = await service.ask('reviewer', 'GET', `/v1/backtests/${started.body['id'] as string}`);
    expect(status).toBe(200);
    if (run['state'] !== 'waiting' && run['state'] !== 'running') return run as Run & Record<string, unknown>;
    await sleep(20);
  }
}

async function differencesOf(id: string, query = ''): Promise<(ReplayedRequest & { number: number })[]> {
  const found: (ReplayedRequest & { number: number })[] = [];
  for (let cursor = ''; ;) {
    const { body } = await service.ask('analyst', 'GET', `/v1/backtests/${id}/differences?limit=7${query}${cursor}`);
    found.push(...(body['items'] as (ReplayedRequest & { number: number })[]));
    if (body['next'] === null) return found;
    cursor = `&cursor=${body['next'] as string}`;
  }
}

test.each([
  ['all time', {}],
  ['some time', { since: '2026-01-05T12:00:00.000Z', until: '2026-01-05T18:00:00.000Z' }],
])(
  'given a log of stories, when it is decided again for %s, then the numbers are those of the command line',
  async (...one) => {
    const [, { since, until }] = one as [string, { since?: string; until?: string }];
    const differences: ReplayedRequest[] = [];
    const expected = await backtest(readConfig({ GATEHOUSE_DATA: written.folder.path }), {
      candidate,
      since,
      until,
      signal: new AbortController().signal,
      onDifference: (request) => void differences.push(request),
    });
    const run = await ran({ policy: candidate, since, until });
    expect(run).toMatchObject({ state: 'finished', result: expected, differing: expected.differing, error: null });
    expect(run).toMatchObject({ requests: expected.requests.total, kept: expected.differing, done: run.total });
    expect(differences.length).toBeGreaterThan(20);
    const numbered = differences.map((request, index) => ({ number: index + 1, ...request }));
    expect(await differencesOf(run.id)).toEqual(numbered);
  },
);

test('given differences, when only some kinds are asked for, then those come, and together they are all', async () => {
  const { id, differing } = await ran({ policy: candidate });
  const moved = await differencesOf(id, '&was=approved&becomes=review');
  expect(moved.length).toBeGreaterThan(0);
  for (const { screening: one } of moved) {
    expect(one).toMatchObject({ before: { outcome: 'approved' }, after: { outcome: 'review' } });
  }
  const refused = await differencesOf(id, '&approval=refused');
  expect(refused.length).toBeGreaterThan(0);
  for (const { approval } of refused) expect(approval?.outcome).toBe('refused');
  const asked = await differencesOf(id, '&was=asked&becomes=review');
  const numbers = new Set([...moved, ...refused, ...asked].map(({ number }) => number));
  expect(numbers.size).toBe(differing);
});

test('a published policy is tried by its version, and changes nothing on its own log', async () => {
  const run = await ran({ policyVersion: 'then' });
  expect(run).toMatchObject({ state: 'finished', policyVersion: 'then', differing: 0, policy: { version: 'then' } });
  expect(await differencesOf(run.id)).toEqual([]);
});

test('what is wrong is said with a pointer to it, and nothing runs', async () => {
  const before = (await service.ask('analyst', 'GET', '/v1/backtests')).body['items'] as object[];
  const hours = { ...review.workingHours, to: '08:00' };
  for (const [body, pointer] of [
    [{}, '/policy'],
    [{ policyVersion: 'never' }, '/policyVersion'],
    [{ policy: candidate, policyVersion: 'then' }, '/policyVersion'],
    [{ policy: { ...candidate, review: { ...review, secondPerson: 'yes' } } }, '/policy/review/secondPerson'],
    [{ policy: { ...candidate, review: { ...review, workingHours: hours } } }, '/policy/review/workingHours/to'],
    [{ policy: candidate, since: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }, '/since'],
  ] as const) {
    const answer = await service.ask('analyst', 'POST', '/v1/backtests', body);
    expect([pointer, answer.status]).toEqual([pointer, 422]);
    expect((answer.body['errors'] as object[])[0]).toMatchObject({ in: 'body', pointer });
  }
  expect((await service.ask('analyst', 'GET', '/v1/backtests')).body['items']).toHaveLength(before.length);
});

test('parts that have no effect are said, and do not keep it from running', async () => {
  const policy = { ...builtInPolicy, review: { ...review, secondPersonForAutomatic: true } };
  const { body } = await service.ask('admin', 'POST', '/v1/backtests', { policy });
  expect(body['warnings']).toMatchObject([{ severity: 'warning', pointer: '/review/secondPersonForAutomatic' }]);
});

test('one that is over is listed with its summary, until it is forgotten', async () => {
  const { id } = await ran({ policy: candidate });
  const listed = (await service.ask('reviewer', 'GET', '/v1/backtests')).body['items'] as Run[];
  expect(listed[0]).toMatchObject({ id, state: 'finished', startedBy: { type: 'analyst', id: 'analyst-1' } });
  expect(listed[0]).not.toHaveProperty('policy');
  expect((await service.ask('reviewer', 'DELETE', `/v1/backtests/${id}`)).status).toBe(403);
  expect((await service.ask('analyst', 'DELETE', `/v1/backtests/${id}`)).body).toMatchObject({ state: 'finished' });
  for (const path of [id, `${id}/differences`]) {
    const gone = await service.ask('analyst', 'GET', `/v1/backtests/${path}`);
    expect(gone).toMatchObject({ status: 404, body: { code: 'unknown_backtest' } });
  }
  expect((await service.ask('analyst', 'DELETE', `/v1/backtests/${id}`)).status).toBe(404);
});

test('ended by somebody who does not know that it is over, it stays as it is', async () => {
  const { id } = await ran({ policy: candidate });
  const ended = await service.ask('analyst', 'DELETE', `/v1/backtests/${id}?keep=true`);
  expect(ended).toMatchObject({ status: 200, body: { state: 'finished' } });
  expect((await service.ask('analyst', 'GET', `/v1/backtests/${id}`)).body).toEqual(ended.body);
  expect((await service.ask('analyst', 'GET', `/v1/backtests/${id}/differences`)).status).toBe(200);
});

test('pages with differences are as the document says', async () => {
  const { id } = await ran({ policy: candidate });
  const { body } = await service.ask('analyst', 'GET', `/v1/backtests/${id}/differences`);
  const schema = routes.find(({ operationId }) => operationId === 'listBacktestDifferences')?.responses[200]?.schema;
  expect(schema?.safeParse(body).error?.message).toBeUndefined();
  expect((body['items'] as object[]).length).toBeGreaterThan(0);
  const malformed = await service.ask('analyst', 'GET', `/v1/backtests/${id}/differences?cursor=x`);
  expect(malformed).toMatchObject({ status: 400, body: { code: 'malformed_cursor' } });
});

test('a started service has the backtests of the one before it', async () => {
  const { id, result } = await ran({ policy: candidate });
  const found = await differencesOf(id);
  await service.stop();
  service = await newService('acme', { GATEHOUSE_DATA: written.folder.path });
  const again = await service.ask('auditor', 'GET', `/v1/backtests/${id}`);
  expect(again.body).toMatchObject({ state: 'finished', result });
  expect(await differencesOf(id)).toEqual(found);
});
