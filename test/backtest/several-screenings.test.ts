/** Requests that were screened more than once, never, or decided on appeal: which of it counts. */
import { handleCommand } from '../../src/app/handleCommand.js';
import { policyOf } from '../../src/app/policySource.js';
import { publishPolicy } from '../../src/app/publishPolicy.js';
import type { ReplayedRequest } from '../../src/backtest/requests.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import type { Command } from '../../src/commands/decide.js';
import {
  admin,
  checks,
  command,
  inReview,
  inScreening,
  reasons,
  rejected,
  reviewer,
  secondReviewer,
  setUp,
} from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { replayAll } from '../support/replayAll.js';
import { type FindingKind, findingsOf } from '../support/screenedLog.js';

let gatehouse: TestGatehouse;
beforeEach(async () => (gatehouse = await newGatehouse()));
afterEach(async () => gatehouse.close());

const screen = (kind: FindingKind, recommendation: 'approve' | 'review' | 'request_information'): Command =>
  command('CompleteScreening', { policyVersion: 'built-in-1', findings: [...findingsOf[kind]], recommendation });

/** A policy that sends nothing to a person for `phishing`, and asks instead. */
const asksInstead: PolicyDocument = {
  ...builtInPolicy,
  version: 'candidate',
  screening: { ...builtInPolicy.screening, toReview: [] },
  questions: { ...builtInPolicy.questions, phishing: { requirement: 'other', message: 'Why the password?' } },
};
const sameAgain: PolicyDocument = { ...builtInPolicy, version: 'candidate' };
const nothingByItself: PolicyDocument = {
  ...builtInPolicy,
  version: 'candidate',
  screening: { ...builtInPolicy.screening, automaticApproval: false },
};

async function decidedAgain(commands: readonly Command[], candidate: PolicyDocument): Promise<ReplayedRequest[]> {
  await gatehouse.walk(commands);
  return replayAll(gatehouse.store, candidate);
}

const outcomes = ({ screening }: ReplayedRequest | { screening: undefined } = { screening: undefined }) =>
  typeof screening === 'object'
    ? [screening.before.outcome, screening.before.revision, screening.after.outcome, screening.after.revision]
    : screening;

test('given a doubt at first and none later, then the log decided at the second, and so does a candidate that agrees', async () => {
  const [request] = await decidedAgain(
    [...inScreening, screen('unknown', 'review'), screen('all_passed', 'approve')],
    sameAgain,
  );
  expect(outcomes(request)).toEqual(['approved', 9, 'approved', 9]);
});

test('given the same, when a candidate approves nothing by itself, then it decides at the second: review', async () => {
  const [request] = await decidedAgain(
    [...inScreening, screen('unknown', 'review'), screen('all_passed', 'approve')],
    nothingByItself,
  );
  expect(outcomes(request)).toEqual(['approved', 9, 'review', 9]);
});

test('given the same, when a candidate asks at the first, then what came later says nothing of it', async () => {
  const [request] = await decidedAgain(
    [...inScreening, screen('to_review', 'review'), screen('all_passed', 'approve')],
    asksInstead,
  );
  expect(outcomes(request)).toEqual(['approved', 9, 'asked', 8]);
});

test('given screenings that all led to a person, then the first stands for them', async () => {
  const [request] = await decidedAgain(
    [...inScreening, screen('unknown', 'review'), screen('to_review', 'review')],
    sameAgain,
  );
  expect(outcomes(request)).toEqual(['review', 8, 'review', 8]);
  expect(request?.screening).toMatchObject({ before: { rule: 'check_unknown' }, doubts: [{ outcome: 'unknown' }] });
});

test('given questions recommended in review, where they are advice, then a candidate does not ask them either', async () => {
  const [request] = await decidedAgain(
    [...inScreening, screen('unknown', 'review'), screen('question', 'request_information')],
    sameAgain,
  );
  expect(outcomes(request)).toEqual(['review', 8, 'review', 8]);
});

test('given another recommendation than the policy’s rules lead to, then the log’s rule says so', async () => {
  const [request] = await decidedAgain([...inScreening, screen('all_passed', 'review')], sameAgain);
  expect(request?.screening).toMatchObject({
    before: { outcome: 'review', rule: 'recommended_otherwise' },
    after: { outcome: 'approved', rule: 'all_passed' },
  });
});

test('given a skipped screening and one that never came, then neither is counted as screened', async () => {
  await gatehouse.walk(inReview, 'skipped');
  await gatehouse.walk([...inScreening, command('WithdrawVerification')], 'withdrawn');
  const found = await replayAll(gatehouse.store, sameAgain);
  expect(found.map(({ accountId, screening }) => [accountId, screening])).toEqual([
    ['skipped', 'skipped'],
    ['withdrawn', 'none'],
  ]);
});

test('given a screening of the appeal after a rejection, then it is advice and decides nothing', async () => {
  const appeal = command('SubmitAppeal', { against: 'verification', statement: 'People tick a box.' });
  const [request] = await decidedAgain([...rejected, appeal, screen('all_passed', 'approve')], sameAgain);
  expect(request?.screening).toBe('skipped');
  expect(request?.later.rejectedAt).not.toBeNull();
});

test('given two approvals, the second on appeal, then the one that a candidate refuses is shown, and both are counted', async () => {
  const appeal = command('SubmitAppeal', { against: 'verification', statement: 'People tick a box.' });
  const [request] = await decidedAgain(
    [
      ...inReview,
      command('ProposeApproval', {}, reviewer),
      command('ApproveVerification', {}, secondReviewer),
      command('RevokeVerification', { reasons, retryable: true }, secondReviewer),
      appeal,
      command('ApproveVerification', {}, reviewer),
    ],
    { ...sameAgain, review: { ...builtInPolicy.review, secondPerson: true } },
  );
  expect(request).toMatchObject({
    approvals: 2,
    approval: { outcome: 'refused', rule: 'second_person_required', revision: 13 },
    later: { revokedAt: expect.any(String) as string },
  });
});

test('given a missing answer that the candidate asks for, then its approval names what is missing', async () => {
  const [request] = await decidedAgain([...inReview, command('ApproveVerification')], {
    ...sameAgain,
    request: { ...builtInPolicy.request, ask: ['audience', 'message_types'] },
  });
  expect(request?.approval).toMatchObject({
    outcome: 'refused',
    rule: 'requirements_missing',
    missing: ['audience', 'message_types'],
  });
});

test('given a suspension before the decision, then it is no judgement of it; one after it is', async () => {
  await gatehouse.walk([...setUp, command('SuspendAccount', { reasons }, checks)], 'before');
  await gatehouse.walk([command('RequestVerification'), screen('all_passed', 'approve')], 'before');
  await gatehouse.walk([...inScreening, screen('all_passed', 'approve'), command('SuspendAccount')], 'after');
  const found = await replayAll(gatehouse.store, sameAgain);
  expect(found.map(({ accountId, later, screening }) => [accountId, later.suspendedAt !== null, screening])).toEqual([
    ['before', false, expect.objectContaining({ after: expect.objectContaining({ rule: 'suspended' }) as object })],
    ['after', true, expect.objectContaining({ after: expect.objectContaining({ rule: 'all_passed' }) as object })],
  ]);
});

test('given a policy that ruled automatic approval out between recommendation and decision, then the log’s rule says so', async () => {
  await gatehouse.walk(inScreening);
  const stricter = { ...nothingByItself, version: 'stricter' };
  await publishPolicy(gatehouse.store, { document: stricter, actor: admin, now: gatehouse.deps.now });
  const deps = { ...gatehouse.deps, policy: () => policyOf(stricter) };
  const late = screen('all_passed', 'approve');
  await handleCommand(deps, { accountId: 'acme', commandId: 'late', command: late });
  const [request] = await replayAll(gatehouse.store, sameAgain);
  expect(request?.screening).toMatchObject({
    before: { outcome: 'review', rule: 'automatic_approval_off', policyVersion: 'stricter' },
    after: { outcome: 'approved', rule: 'all_passed', policyVersion: 'candidate' },
  });
});
