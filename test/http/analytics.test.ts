/** What analytics answers, held against the same figures worked out from the events as stored. */
import type { StoredEvent } from '../../src/eventStore/eventStore.js';
import { type Report, report } from '../../src/cli/report.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { readConfig } from '../../src/config.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { command, day, informationRequested, inReview, reviewer, setUp } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';
import { rawFigures } from '../support/rawFigures.js';
import { stories, writeStories } from '../support/screenedLog.js';
import { newService, type TestService } from '../support/service.js';

let written: TestGatehouse;
let service: TestService;
let events: readonly StoredEvent[];
let head: string;

/** A log of stories and of random walks, and the service on it. */
beforeAll(async () => {
  written = await newGatehouse();
  await writeStories(written, stories(3, 50), { ...builtInPolicy, version: 'stories' });
  await walkRandomly(written, 5, 120, 60);
  await written.walk([...inReview, command('AssignReview')], 'assigned');
  // Questions that run out, and an account taken over as verified: random walks have few of them, or none.
  await written.walk(informationRequested, 'late');
  const deps = { ...written.deps, now: () => day(60) };
  await handleCommand(deps, { accountId: 'late', commandId: 'late', command: command('ExpireInformationRequest') });
  await written.walk([...setUp, command('GrandfatherAccount'), command('RevokeVerification')], 'trusted');
  await written.store.close();
  service = await newService('acme', { GATEHOUSE_DATA: written.folder.path });
  const { text } = await service.ask('auditor', 'GET', '/v1/events');
  events = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StoredEvent);
  head = events.at(-1)?.position ?? '';
}, 60_000);
afterAll(async () => {
  await service.stop();
  written.folder.remove();
});

async function figures(part: string, query = ''): Promise<Record<string, unknown>> {
  const { status, body } = await service.ask('analyst', 'GET', `/v1/analytics/${part}?after=${head}${query}`);
  expect([part, status]).toEqual([part, 200]);
  return body;
}

const from = '2026-01-20T00:00:00.000Z';
const to = '2026-03-10T12:00:00.000Z';

describe.each([
  ['all time', '', [undefined, undefined]],
  ['some weeks', `&from=${from}&to=${to}`, [from, to]],
] as const)('given a log of every kind of event, when asked about %s', (_name, query, [since, until]) => {
  const raw = () =>
    rawFigures(
      events,
      since === undefined ? undefined : Date.parse(since),
      until === undefined ? undefined : Date.parse(until),
    );

  test('the funnel and its totals are those of the events', async () => {
    const { steps, totals, position, ...asked } = await figures('funnel', query);
    expect(totals).toEqual(raw().totals);
    expect(steps).toEqual(raw().steps);
    expect(position).toBe(head);
    expect(asked).toEqual({ from: since ?? null, to: until ?? null });
    // The log has something of everything, or the comparison says little.
    if (since === undefined)
      for (const [name, count] of Object.entries(totals as object)) expect([name, count > 0]).toEqual([name, true]);
  });

  test.each(['verification', 'standing'] as const)('time in each state of %s is that of the events', async (region) => {
    const states = (await figures('time-in-state', query))[region] as { state: string }[];
    expect(states.length).toBeGreaterThan(3);
    for (const { state, ...rest } of states) expect([state, rest]).toEqual([state, raw()[region](state)]);
  });

  test('questions end as the events say, and answers took as long', async () => {
    const { ended, timeToAnswer, asked } = await figures('questions', query);
    for (const [how, count] of Object.entries(ended as object)) expect([how, count]).toEqual([how, raw().ended(how)]);
    expect(timeToAnswer).toEqual(raw().timeToAnswer);
    expect(asked).toBe(raw().totals['informationRequests']);
  });

  test('decisions by kind, reviewer and reason are those of the events', async () => {
    const { kinds, reviewers, reasons } = (await figures('decisions', query)) as unknown as Report['decisions'];
    for (const { kind, byPerson, automatic } of kinds) {
      expect([kind, { byPerson, automatic }]).toEqual([kind, raw().kinds(kind)]);
    }
    expect(Object.fromEntries(reviewers.map(({ reviewer: id, decisions }) => [id, decisions]))).toEqual(
      raw().reviewers,
    );
    const late = reviewers.reduce((sum, one) => sum + one.late, 0);
    expect(late).toBe(raw().late);
    // Questions and walks last for days, so some come too late, or the comparison says nothing.
    if (since === undefined) expect(late).toBeGreaterThan(0);
    expect(Object.fromEntries(reasons.map((one) => [`${one.kind} ${one.reasonCode}`, one.decisions]))).toEqual(
      raw().reasons,
    );
  });

  test('weeks are those of the events, and nothing lies outside them', async () => {
    const { weeks } = (await figures('weeks', query)) as unknown as Report['weeks'];
    for (const { from: monday, week: _week, byPerson: _people, automatic: _system, ...counts } of weeks) {
      expect([monday, counts]).toEqual([monday, raw().week(monday)]);
    }
    const sum = (name: 'requests' | 'byPerson' | 'automatic'): number =>
      weeks.reduce((all, week) => all + week[name], 0);
    expect(sum('requests')).toBe(raw().totals['requests']);
    const { kinds } = (await figures('decisions', query)) as unknown as Report['decisions'];
    expect(sum('byPerson')).toBe(kinds.reduce((all, { byPerson }) => all + byPerson, 0));
    expect(sum('automatic')).toBe(kinds.reduce((all, { automatic }) => all + automatic, 0));
  });

  test('`gatehouse report`, which folds the log itself beside the service, has the same figures', async () => {
    const config = readConfig({ GATEHOUSE_DATA: written.folder.path });
    const found = await report(config, { from: since, to: until, signal: new AbortController().signal });
    const { funnel, timeInState, questions, decisions, weeks, ...about } = found ?? ({} as Report);
    for (const [part, own] of Object.entries({ funnel, 'time-in-state': timeInState, questions, decisions, weeks })) {
      expect([part, await figures(part, query)]).toEqual([part, { ...own, ...about }]);
    }
  });
});

test('what is under review now is that of the queue: by state, by reviewer, and what is overdue', async () => {
  type Line = { review: string; assignee: string | null; overdue: boolean; waitingSince: string };
  const queue: Line[] = [];
  for (let cursor = ''; ;) {
    const { body } = await service.ask('analyst', 'GET', `/v1/reviews?limit=100&after=${head}${cursor}`);
    queue.push(...(body['items'] as Line[]));
    if (body['next'] === null) break;
    cursor = `&cursor=${body['next'] as string}`;
  }
  const of = (lines: readonly Line[]) => ({
    waiting: lines.length,
    overdue: lines.filter(({ overdue }) => overdue).length,
    longestSince: lines.map(({ waitingSince }) => waitingSince).sort()[0] ?? null,
  });
  const found = await figures('workload');
  expect(found).toMatchObject({ ...of(queue), position: head });
  for (const { state, ...rest } of found['states'] as { state: string }[]) {
    expect([state, rest]).toEqual([state, of(queue.filter(({ review }) => review === state))]);
  }
  const reviewers = found['reviewers'] as { reviewer: string | null; waiting: number }[];
  expect(new Set(reviewers.map((one) => one.reviewer))).toEqual(new Set(queue.map(({ assignee }) => assignee)));
  for (const { reviewer: who, ...rest } of reviewers) {
    expect([who, rest]).toEqual([who, of(queue.filter(({ assignee }) => assignee === who))]);
  }
  expect(reviewers.map(({ waiting }) => waiting)).toEqual(
    reviewers.map(({ waiting }) => waiting).sort((a, b) => b - a),
  );
  expect(queue.filter(({ overdue }) => overdue).length).toBeGreaterThan(0);
  expect(queue.filter(({ assignee }) => assignee !== null).length).toBeGreaterThan(0);
});

test('a time that ends before it begins, one that is none, and an unknown parameter are refused', async () => {
  for (const [query, pointer] of [
    [`from=${to}&to=${from}`, '/from'],
    [`from=${from}&to=${from}`, '/from'],
    ['from=yesterday', '/from'],
    ['since=2026-01-01T00:00:00Z', '/since'],
  ] as const) {
    const answer = await service.ask('analyst', 'GET', `/v1/analytics/funnel?${query}`);
    expect([query, answer.status]).toEqual([query, 422]);
    expect((answer.body['errors'] as object[])[0]).toMatchObject({ in: 'query', pointer });
  }
});

test('what has just happened is counted by whoever asks with its position', async () => {
  const requests = async (after: string): Promise<unknown> =>
    (await service.ask('analyst', 'GET', `/v1/analytics/funnel?after=${after}`)).body['totals'];
  const before = (await requests(head)) as Record<string, number>;
  const { body } = await service.walk('fresh', [
    ...setUp,
    command('RequestVerification'),
    command('WarnAccount', undefined, reviewer),
  ]);
  expect(await requests(String(body['position']))).toEqual({
    ...before,
    signups: (before['signups'] ?? 0) + 1,
    requests: (before['requests'] ?? 0) + 1,
    warnings: (before['warnings'] ?? 0) + 1,
  });
});
