/** Until when reviewers are to decide: written into the event that makes it their move. */
import { builtInPolicy, type PolicyDocument } from '../../../src/policy/policy.js';
import { stateOf } from '../../../machines/fold.js';
import { verificationState } from '../../../src/policy/status.js';
import { after, given } from '../../support/decideSpecification.js';
import {
  command,
  day,
  informationRequested,
  inReview,
  inScreening,
  minute,
  owner,
  rejected,
  verified,
} from '../../support/examples.js';

// The examples begin on a Monday at 09:00 UTC; the policy allows 16 working hours of 9 to 17.
const hour = 60;
const suspended = [...verified, command('SuspendAccount')];
const reReviewed = [...verified, command('OpenReReview'), command('RequestInformation')];

describe('the whole time', () => {
  test.each([
    ['screening skipped', inScreening, command('SkipScreening')],
    ['screening completed', inScreening, command('CompleteScreening')],
    ['an answer', informationRequested, command('SubmitInformation')],
    ['a reply that a reviewer recorded', informationRequested, command('RecordCustomerReply')],
    ['an appeal against a rejection', rejected, command('SubmitAppeal')],
    [
      'an appeal against a suspension',
      suspended,
      command('SubmitAppeal', { against: 'suspension', statement: 'No.' }, owner),
    ],
  ])('%s', (_name, before, then) => {
    const { decision } = given(before).when(then, minute(2 * hour));
    expect(decision).toMatchObject({
      kind: 'accepted',
      steps: [{ fact: { data: { decideBy: '2026-01-07T11:00:00.000Z' } } }],
    });
  });
});

test('as the policy in force says, in its time zone, and no later policy changes it', () => {
  const quick: PolicyDocument = {
    ...builtInPolicy,
    review: {
      ...builtInPolicy.review,
      decideWithinWorkingHours: 3,
      workingHours: { ...builtInPolicy.review.workingHours, timeZone: 'Europe/Berlin' },
    },
  };
  const snapshot = after(inReview, quick);
  expect(snapshot.context.facts.decideBy).toBe('2026-01-05T12:08:00.000Z');
});

describe('no time of the reviewers', () => {
  test.each([
    [
      'screening that asks the customer',
      inScreening,
      command('CompleteScreening', {
        policyVersion: 'p',
        findings: [{ check: 'website', outcome: 'fail', reasonCode: 'website_inaccessible' }],
        recommendation: 'request_information',
      }),
    ],
    ['screening once more, in review', inReview, command('CompleteScreening')],
    ['an answer in a re-review, which has a time of its own', reReviewed, command('SubmitInformation')],
    ['a question that is taken back in a re-review', reReviewed, command('CancelInformationRequest')],
  ])('%s', (_name, before, then) => {
    const { decision } = given(before).when(then, minute(2 * hour));
    expect(decision).toMatchObject({ kind: 'accepted' });
    expect(JSON.stringify(decision.kind === 'accepted' && decision.steps)).not.toContain('decideBy');
  });
});

test('a question that is taken back gives what was left when it was asked', () => {
  const asked = [
    ...inReview, // to be decided by Wednesday 09:08, that is 16 working hours after 09:08
    { at: day(1), command: command('RequestInformation') }, // Tuesday 09:00: 8 hours and 8 minutes are left
  ];
  const [fact] = given(asked)
    .when(command('CancelInformationRequest'), day(10)) // Thursday 09:00
    .thenEvents('InformationRequestCancelled');
  expect(fact?.data).toMatchObject({ decideBy: '2026-01-16T09:08:00.000Z' });
});

test('a new request begins a new time; a decision ends it', () => {
  const again = after([...rejected, command('RequestVerification')]);
  expect(verificationState(stateOf(again))).toBe('screening');
  expect(again.context.facts.decideBy).toBeUndefined();
  expect(after(inReview).context.facts.decideBy).toBe('2026-01-07T09:08:00.000Z');
  for (const ended of [rejected, verified, [...inReview, command('WithdrawVerification')]]) {
    expect(after(ended).context.facts.decideBy).toBeUndefined();
  }
});

test('a customer cannot say what an appeal must meet, or by when', () => {
  for (const more of [{ decideBy: day(1) }, { approvalRequirements: [] }]) {
    expect(() => command('SubmitAppeal', { against: 'verification', statement: 'No.', ...more } as never)).toThrow(
      'Unrecognized key',
    );
  }
});
