import {
  command,
  day,
  informationRequested,
  inReview,
  item,
  minute,
  reviewer,
  verified,
} from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';

const second = {
  requirement: 'identity' as const,
  reasonCode: 'identity_unconfirmed' as const,
  message: 'Who are you?',
};
const two = [...inReview, command('RequestInformation', { items: [item, second] })];
const reReviewed = [...verified, command('OpenReReview'), command('RequestInformation')];

describe('questions to the customer', () => {
  test('RequestInformation without a date: the policy’s time to answer is written into it', () => {
    const [fact] = given(inReview).when(command('RequestInformation'), minute(60)).thenEvents('InformationRequested');
    expect(fact?.data).toMatchObject({ respondBy: '2026-02-04T10:00:00.000Z' });
  });

  test('answers to every item: back to review', () => {
    given(informationRequested)
      .when(command('SubmitInformation'))
      .thenVerification({
        pendingReview: { assignment: 'unassigned', approval: 'none' },
      });
  });

  test('the assignee outlives the question', () => {
    given([...inReview, command('AssignReview'), command('RequestInformation')])
      .when(command('SubmitInformation'))
      .thenVerification({ pendingReview: { assignment: 'assigned', approval: 'none' } });
  });

  test('an item left out: items_unanswered, naming it', () => {
    given(two).when(command('SubmitInformation')).thenRefused('items_unanswered', 'identity');
  });

  test('an item that cannot be provided is answered by saying why', () => {
    const answers = [
      { requirement: 'use_case' as const, text: 'Receipts' },
      { requirement: 'identity' as const, cannotProvide: 'We are a registered association' },
    ];
    given(two).when(command('SubmitInformation', { answers })).thenEvents('InformationSubmitted');
  });

  test('a waiver closes no question', () => {
    given([...two, command('WaiveRequirement', { requirement: 'identity', reason: 'Known' })])
      .when(command('SubmitInformation'))
      .thenRefused('items_unanswered', 'identity');
  });

  test('evidence that does not exist: unknown_evidence', () => {
    const answers = [{ requirement: 'use_case' as const, evidenceId: 'nowhere' }];
    given(informationRequested).when(command('SubmitInformation', { answers })).thenRefused('unknown_evidence');
  });

  test('expiry before respondBy: not_due; after it: expired', () => {
    given(informationRequested).when(command('ExpireInformationRequest'), day(1)).thenRefused('not_due');
    given(informationRequested).when(command('ExpireInformationRequest'), day(31)).thenVerification('expired');
  });

  test('release of a review that nobody has: not_in_this_state', () => {
    given(informationRequested).when(command('ReleaseReview')).thenRefused('not_in_this_state');
    given([...informationRequested, command('AssignReview', { reviewer: reviewer.id })])
      .when(command('ReleaseReview'))
      .thenEvents('ReviewReleased');
  });

  test('in a re-review: questions, answers and expiry lead back to it', () => {
    const open = { verified: { reReview: 'open' } };
    given(reReviewed).when(command('SubmitInformation')).thenVerification(open);
    given(reReviewed).when(command('CancelInformationRequest')).thenVerification(open);
    given(reReviewed).when(command('ExpireInformationRequest'), day(31)).thenVerification(open);
  });
});
