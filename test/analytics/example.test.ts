/** Three accounts by hand: every figure worked out on paper. */
import { journeys, type Journey } from '../../projections/journeys.js';
import { accountMachine } from '../../machines/account.js';
import { Analysis, type Figures } from '../../src/analytics/analysis.js';
import type { Range } from '../../src/analytics/range.js';
import { standings, verificationStates } from '../../src/analytics/timeInState.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import type { Command } from '../../src/commands/decide.js';
import { decode } from '../../src/events/upcast.js';
import { command, day, item, minute, reasons, reviewer, secondReviewer, setUp } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let gatehouse: TestGatehouse;
beforeAll(async () => {
  gatehouse = await newGatehouse();
  await setUpTheThree();
});
afterAll(async () => gatehouse.close());

type At = readonly [at: string, command: Command];

async function happened(accountId: string, ...commands: readonly At[]): Promise<void> {
  for (const [index, [at, one]] of commands.entries()) {
    const deps = { ...gatehouse.deps, now: () => at };
    const result = await handleCommand(deps, { accountId, commandId: `${accountId}-${index}`, command: one });
    if (result.kind === 'refused') throw new Error(`${accountId} ${one.name}: ${result.code}`);
  }
}

const pass = { check: 'website', outcome: 'pass' as const };
const approve = command('CompleteScreening', {
  policyVersion: 'built-in-1',
  findings: [pass],
  recommendation: 'approve',
});
/** Signed up at the start, a step a minute; set up after six minutes. */
const steps: readonly At[] = setUp.map((one, index) => [minute(index), one]);

async function setUpTheThree(): Promise<void> {
  // Approved at once, ten minutes in; warned on day 2, suspended on day 3, back on day 5.
  await happened(
    'good',
    ...steps,
    [minute(8), command('RequestVerification')],
    [minute(10), approve],
    [day(2), command('WarnAccount', { reasons }, reviewer)],
    [day(3), command('SuspendAccount', { reasons }, secondReviewer)],
    [day(5), command('ReinstateAccount')],
  );
  // Asked twice, answered once; withdrawn; asks again, is rejected, and appeals.
  await happened(
    'asked',
    ...steps,
    [minute(20), command('RequestVerification')],
    [minute(30), command('SkipScreening', { reason: 'The checks do not run' }, reviewer)],
    [minute(60), command('RequestInformation', { items: [item] })],
    [minute(90), command('SubmitInformation')],
    [
      minute(100),
      command('RequestInformation', {
        items: [item, { ...item, requirement: 'identity', reasonCode: 'identity_unconfirmed' }],
      }),
    ],
    [day(1), command('WithdrawVerification')],
    [day(8), command('RequestVerification')],
    [day(9), command('SkipScreening', { reason: 'The checks do not run' }, reviewer)],
    [day(10), command('RejectVerification', { reasons, retryable: true }, reviewer)],
    [day(11), command('SubmitAppeal')],
  );
  // Never asks, and is closed.
  await happened('quiet', ...steps, [day(4), command('CloseAccount')]);
}

async function figures(range: Range = {}): Promise<Figures> {
  const rows = new Map<string, Journey>();
  for await (const stored of gatehouse.store.readAll({ types: journeys.types })) {
    const event = decode(stored);
    const key = journeys.key(event) ?? '';
    rows.set(key, journeys.evolve(rows.get(key), event));
  }
  const analysis = new Analysis(range);
  for (const row of rows.values()) analysis.add(row);
  const work = analysis.figures();
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

const aMinute = 60_000;
const aDay = 86_400_000;
const one = (time: number) => ({ count: 1, median: time, p90: time, p99: time, max: time });

test('the funnel', async () => {
  const { funnel } = await figures();
  expect(funnel.steps.map(({ step, accounts }) => [step, accounts])).toEqual([
    ['signed_up', 3],
    ['people_added', 3],
    ['events_received', 3],
    ['channel_configured', 3],
    ['message_created', 3],
    ['requested', 2],
    ['screened', 2],
    ['decided', 2],
    ['verified', 1],
  ]);
  // 8 and 20 minutes after signing up, 2 and 14 after the message that was made in minute 6.
  const requested = funnel.steps.find(({ step }) => step === 'requested');
  expect(requested?.fromSignUp).toMatchObject({ count: 2, median: 14 * aMinute, max: 20 * aMinute });
  expect(requested?.fromPrevious).toMatchObject({
    count: 2,
    median: 8 * aMinute,
    p90: 12.8 * aMinute,
    max: 14 * aMinute,
  });
  expect(funnel.steps.find(({ step }) => step === 'verified')?.fromPrevious).toEqual(one(0));
  expect(funnel.totals).toEqual({
    signups: 3,
    requests: 3,
    informationRequests: 2,
    withdrawals: 1,
    approvals: 1,
    rejections: 1,
    revocations: 0,
    expiries: 0,
    grandfatherings: 0,
    warnings: 1,
    suspensions: 1,
    reinstatements: 1,
    appeals: 1,
    closures: 1,
  });
});

test('time in each state: leaving and coming back are two stays, and passing through is none', async () => {
  const { timeInState } = await figures();
  const stays = Object.fromEntries(timeInState.verification.map(({ state, ...rest }) => [state, rest]));
  // 8 and 20 minutes, 4 days; and from day 1 to day 8 after the withdrawal.
  expect(stays['notRequested']).toMatchObject({
    stays: { count: 4, median: (20 * aMinute + 4 * aDay) / 2, max: 7 * aDay },
    now: 0,
  });
  expect(stays['screening']).toMatchObject({ stays: { count: 3, median: 10 * aMinute, max: aDay } });
  // 30 to 60, 90 to 100, day 9 to 10; the appeal is still there. `good` was never in it: approved in the same append.
  expect(stays['pendingReview']).toMatchObject({ stays: { count: 3, median: 30 * aMinute, max: aDay }, now: 1 });
  expect(stays['infoRequested']).toMatchObject({
    stays: { count: 2, median: (30 * aMinute + aDay - 100 * aMinute) / 2 },
  });
  expect(stays['verified']).toMatchObject({ stays: { count: 0, median: null }, now: 1 });
  expect(stays['rejected']).toMatchObject({ stays: one(aDay), now: 0 });
  expect(stays['ended']).toMatchObject({ stays: { count: 0 }, now: 1 });
  const standing = Object.fromEntries(timeInState.standing.map(({ state, ...rest }) => [state, rest]));
  expect(standing).toMatchObject({
    good: { stays: { count: 2, median: 3 * aDay, max: 4 * aDay }, now: 2 },
    warned: { stays: one(aDay), now: 0 },
    suspended: { stays: one(2 * aDay), now: 0 },
    closed: { now: 1 },
  });
});

test('questions', async () => {
  const { questions } = await figures();
  expect(questions).toMatchObject({
    roundsOfRequests: [
      { rounds: 0, requests: 2 },
      { rounds: 2, requests: 1 },
    ],
    asked: 2,
    byScreening: 0,
    byPerson: 2,
    outsideRequests: 0,
    ended: { answered: 1, withdrawn: 1, open: 0 },
    timeToAnswer: one(30 * aMinute),
  });
  expect(questions.askedFor).toEqual([
    {
      requirement: 'use_case',
      reasonCode: 'incomplete_information',
      asked: 2,
      ended: { answered: 1, withdrawn: 1 },
      timeToAnswer: one(30 * aMinute),
    },
    expect.objectContaining({ requirement: 'identity', asked: 1, ended: { withdrawn: 1 } }),
  ]);
});

test('decisions', async () => {
  const { decisions } = await figures();
  expect(decisions.kinds.filter(({ decisions: count }) => count > 0)).toMatchObject([
    { kind: 'approved', automatic: 1, byPerson: 0, fromRequest: one(2 * aMinute) },
    { kind: 'rejected', automatic: 0, byPerson: 1, fromRequest: one(2 * aDay), withDeadline: 1, late: 0 },
    { kind: 'warned', byPerson: 1, fromRequest: { count: 0 } },
    { kind: 'suspended', byPerson: 1 },
    { kind: 'reinstated', byPerson: 1 },
  ]);
  expect(decisions.reasons).toEqual(
    ['rejected', 'suspended', 'warned'].map((kind) => ({ kind, reasonCode: 'opt_in_unclear', decisions: 1 })),
  );
  expect(decisions.reviewers).toMatchObject([
    { reviewer: 'reviewer-1', decisions: 3, kinds: { rejected: 1, warned: 1, reinstated: 1 } },
    { reviewer: 'reviewer-2', decisions: 1, kinds: { suspended: 1 } },
  ]);
  expect(decisions.automatic).toMatchObject({ decisions: 1, kinds: { approved: 1 } });
  expect(decisions.policies).toMatchObject([{ policyVersion: 'built-in-1', decisions: 5 }]);
});

test('weeks: the second has the second request and the rejection, and one without anything would be listed', async () => {
  const { weeks } = (await figures()).weeks;
  expect(weeks).toEqual([
    {
      week: '2026-W02',
      from: '2026-01-05T00:00:00.000Z',
      signups: 3,
      requests: 2,
      approvals: 1,
      rejections: 0,
      questions: 2,
      byPerson: 3,
      automatic: 1,
      late: 0,
    },
    {
      week: '2026-W03',
      from: '2026-01-12T00:00:00.000Z',
      signups: 0,
      requests: 1,
      approvals: 0,
      rejections: 1,
      questions: 0,
      byPerson: 1,
      automatic: 0,
      late: 0,
    },
  ]);
});

test('a time asked for: events and questions of that time, stays that ended in it, accounts that signed up in it', async () => {
  const range = { from: Date.parse(day(3)), to: Date.parse(day(10)) };
  const { funnel, timeInState, questions, decisions, weeks } = await figures(range);
  expect(funnel.steps.every(({ accounts }) => accounts === 0)).toBe(true);
  // The rejection on day 10 is no longer in it.
  expect(funnel.totals).toMatchObject({
    signups: 0,
    requests: 1,
    rejections: 0,
    suspensions: 1,
    warnings: 0,
    closures: 1,
  });
  const ended = timeInState.verification.filter(({ stays }) => stays.count > 0);
  expect(ended.map(({ state, stays }) => [state, stays.count])).toEqual([
    ['notRequested', 2],
    ['screening', 1],
  ]);
  expect(questions).toMatchObject({ asked: 0, roundsOfRequests: [{ rounds: 0, requests: 1 }] });
  expect(decisions.kinds.filter(({ decisions: count }) => count > 0).map(({ kind }) => kind)).toEqual([
    'suspended',
    'reinstated',
  ]);
  expect(weeks.weeks.map(({ week, byPerson }) => [week, byPerson])).toEqual([
    ['2026-W02', 2],
    ['2026-W03', 0],
  ]);
});

test.each([
  ['from before the first of its events', { from: day(6.5), to: day(9) }, ['2026-W02 0', '2026-W03 1']],
  ['to after the last of its events', { from: day(0), to: day(8) }, ['2026-W02 2', '2026-W03 0']],
  ['longer than the log', { from: day(-365), to: day(365) }, ['2026-W02 2', '2026-W03 1']],
  ['in which nothing happened', { from: day(8.5), to: day(9) }, []],
])('weeks of a time %s: all of it, as far as the log reaches', async (_name, { from, to }, expected) => {
  const { weeks } = await figures({ from: Date.parse(from), to: Date.parse(to) });
  expect(weeks.weeks.map(({ week, requests }) => `${week} ${requests}`)).toEqual(expected);
});

test('every outermost state of the chart has its line', () => {
  const { verification, standing } = accountMachine.root.states;
  expect([...verificationStates].sort()).toEqual(
    Object.keys(verification?.states ?? {})
      .filter((name) => name !== 'none')
      .sort(),
  );
  expect([...standings].sort()).toEqual(
    Object.keys(standing?.states ?? {})
      .filter((name) => name !== 'none')
      .sort(),
  );
});
