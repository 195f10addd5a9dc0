/** What the review desk shows: deadlines, who may do what and why not, templates. */
import { builtInPolicy } from '../../../src/policy/policy.js';
import {
  auditor,
  command,
  day,
  informationRequested,
  inReview,
  rejected,
  reasons,
  reviewer,
  secondReviewer,
  verified,
} from '../../support/examples.js';
import { newReviewDesk, type ReviewDesk } from '../../support/reviewDesk.js';

let desk: ReviewDesk;
beforeEach(async () => (desk = await newReviewDesk()));
afterEach(async () => desk.close());

const refusedOn = (body: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    (body['refusedCommands'] as { command: string; code: string }[]).map(({ command: name, code }) => [name, code]),
  );

test('a review names its deadline, the policy of its request, and what this reviewer may do', async () => {
  await desk.gatehouse.walk(inReview);
  desk.at(day(1));
  const { body, etag } = await desk.page(reviewer, 'acme');
  expect(etag).toBe('"8"');
  expect(body).toMatchObject({
    review: 'pending_review',
    decideBy: '2026-01-07T09:00:09.000Z',
    overdue: false,
    requestPolicy: 'built-in-1',
    policyVersion: 'built-in-1',
    secondPerson: { compulsory: false, proposedBy: null, proposedAt: null },
    escalations: [],
    standing: { state: 'good', since: null, reasons: [], appeal: 'none' },
    signals: [],
  });
  expect(body['allowedCommands']).toEqual(
    expect.arrayContaining(['AssignReview', 'ProposeApproval', 'ApproveVerification', 'RejectVerification']),
  );
  expect(refusedOn(body)).toMatchObject({
    ReleaseReview: 'not_in_this_state',
    WithdrawProposal: 'not_in_this_state',
    ConfirmVerification: 'not_in_this_state',
    ReinstateAccount: 'not_in_this_state',
  });
  const others = await desk.page(auditor, 'acme');
  expect(others.body).toMatchObject({ allowedCommands: [], refusedCommands: [] });
});

test('the proposer reads that somebody else must approve; that somebody may', async () => {
  await desk.gatehouse.walk([...inReview, command('ProposeApproval')]);
  const mine = await desk.page(reviewer, 'acme');
  expect(mine.body['secondPerson']).toMatchObject({ proposedBy: reviewer.id });
  expect(refusedOn(mine.body)).toMatchObject({ ApproveVerification: 'self_approval' });
  expect(mine.body['allowedCommands']).toContain('WithdrawProposal');
  const theirs = await desk.page(secondReviewer, 'acme');
  expect(theirs.body['allowedCommands']).toContain('ApproveVerification');
  expect(refusedOn(theirs.body)).toMatchObject({
    WithdrawProposal: 'not_your_proposal',
    ProposeApproval: 'already_proposed',
  });
});

test('who rejected reads that another reviewer decides the appeal', async () => {
  await desk.gatehouse.walk([...rejected, command('SubmitAppeal')]);
  expect(refusedOn((await desk.page(reviewer, 'acme')).body)).toMatchObject({
    ApproveVerification: 'same_reviewer_on_appeal',
    RejectVerification: 'same_reviewer_on_appeal',
  });
  expect((await desk.page(secondReviewer, 'acme')).body['allowedCommands']).toEqual(
    expect.arrayContaining(['ApproveVerification', 'RejectVerification']),
  );
});

test('a policy that makes the second person compulsory is said on the page before anybody tries', async () => {
  await desk.gatehouse.walk(inReview);
  const document = { ...builtInPolicy, version: 'v2', review: { ...builtInPolicy.review, secondPerson: true } };
  expect(await desk.publish(document)).toMatchObject({ status: 201 });
  const { body } = await desk.page(reviewer, 'acme');
  expect(body).toMatchObject({
    secondPerson: { compulsory: true },
    policyVersion: 'v2',
    requestPolicy: 'built-in-1',
  });
  expect(refusedOn(body)).toMatchObject({ ApproveVerification: 'second_person_required' });
});

test('overdue reviews are marked and listed, the longest waiting first; with the customer no clock runs', async () => {
  await desk.gatehouse.walk(inReview, 'first');
  await desk.gatehouse.walk(inReview, 'second');
  await desk.gatehouse.walk(informationRequested, 'asked');
  await desk.gatehouse.walk([...verified, command('OpenReReview', { reasons, reviewBy: day(20) })], 'looked-at');
  const suspended = [command('SuspendAccount'), command('SubmitAppeal', { against: 'suspension', statement: 'No.' })];
  await desk.gatehouse.walk([...verified, ...suspended], 'appealed');
  const head = await desk.gatehouse.store.head();
  const overdue = async (): Promise<string[]> => {
    const { body } = await desk.get(reviewer, `/v1/reviews?overdue=true&after=${head ?? ''}`);
    expect((body['items'] as { overdue: boolean }[]).every((item) => item.overdue)).toBe(true);
    return (body['items'] as { accountId: string }[]).map(({ accountId }) => accountId);
  };
  desk.at(day(1));
  expect(await overdue()).toEqual([]);
  desk.at(day(3));
  expect(await overdue()).toEqual(['first', 'second', 'appealed']);
  desk.at(day(20));
  expect(await overdue()).toEqual(['first', 'second', 'looked-at', 'appealed']);
  expect((await desk.page(reviewer, 'asked')).body).toMatchObject({ decideBy: null, overdue: false });
  expect((await desk.page(reviewer, 'looked-at')).body).toMatchObject({ decideBy: day(20), reviewBy: day(20) });
  expect(await desk.get(reviewer, '/v1/reviews?overdue=maybe')).toMatchObject({ status: 422 });
});

test('escalations: to whom, when, by whom, why', async () => {
  await desk.gatehouse.walk([...inReview, command('EscalateReview')]);
  expect((await desk.page(reviewer, 'acme')).body['escalations']).toEqual([
    { at: expect.any(String) as unknown, by: reviewer.id, to: 'lead', reason: 'Unusual volume' },
  ]);
});

test('templates: the questions of the policy in force, by reason code', async () => {
  const { status, body } = await desk.get(reviewer, '/v1/review-templates');
  expect(status).toBe(200);
  expect(body['policyVersion']).toBe('built-in-1');
  expect(body['items']).toContainEqual({
    reasonCode: 'sample_missing',
    requirement: 'sample_message',
    message: 'Please show us one message as you will send it.',
  });
  expect(await desk.get({ type: 'product', id: 'backend' }, '/v1/review-templates')).toMatchObject({ status: 403 });
});
