import {
  command,
  day,
  goodData,
  inReview,
  reasons,
  rejected,
  reviewer,
  secondReviewer,
  setUp,
  verified,
} from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';

const appeal = command('SubmitAppeal');
const revoked = [...verified, command('RevokeVerification')];
const underAppeal = [...rejected, appeal];

describe('an appeal against a rejection or revocation', () => {
  test('leads to review, also when the decision was final', () => {
    given([...inReview, command('RejectVerification', { reasons, retryable: false })])
      .when(appeal)
      .thenVerification({ pendingReview: { assignment: 'unassigned', approval: 'none' } });
  });

  test('is decided by another reviewer: same_reviewer_on_appeal', () => {
    given(underAppeal)
      .when(command('ApproveVerification', {}, reviewer))
      .thenRefused('same_reviewer_on_appeal');
    given(underAppeal)
      .when(command('RejectVerification', { reasons, retryable: true }, reviewer))
      .thenRefused('same_reviewer_on_appeal');
    given(underAppeal)
      .when(command('ApproveVerification', {}, secondReviewer))
      .thenVerification({ verified: 'current' });
  });

  test.each([
    ['withdrawn', command('WithdrawVerification')],
    ['rejected anew', command('RejectVerification', { reasons, retryable: false }, secondReviewer)],
  ])('%s: back to what it was against, the appeal used', (_how, end) => {
    given(underAppeal).when(end).thenVerification('rejected');
    given([...underAppeal, end])
      .when(appeal)
      .thenRefused('already_appealed');
    given([...revoked, appeal])
      .when(end)
      .thenVerification('revoked');
    // As before: what was retryable stays so.
    given([...underAppeal, end])
      .when(command('RequestVerification'))
      .thenVerification('screening');
  });

  test('with a question that runs out: back as before', () => {
    const asked = { at: day(1), command: command('RequestInformation') };
    given([...underAppeal, asked])
      .when(command('ExpireInformationRequest'), day(40))
      .thenVerification('rejected');
    given([...revoked, appeal, asked])
      .when(command('ExpireInformationRequest'), day(40))
      .thenVerification('revoked');
  });

  test('of an account that never requested: approved only when the approval’s requirements are met or waived', () => {
    const underAppealOfRevocation = [
      ...setUp,
      command('GrandfatherAccount'),
      command('RevokeVerification'),
      command('SubmitAppeal'),
    ];
    given(underAppealOfRevocation)
      .when(command('ApproveVerification', {}, secondReviewer))
      .thenRefused('requirements_missing', 'company_website', 'technical_contact', 'use_case', 'sample_message');
    const { website, technicalContact, useCase } = goodData.RequestVerification;
    const filled = command('UpdateBusinessProfile', { website, technicalContact, useCase });
    const waived = command('WaiveRequirement', { requirement: 'sample_message', reason: 'Known sender' });
    given([...underAppealOfRevocation, filled, waived])
      .when(command('ApproveVerification', {}, secondReviewer))
      .thenVerification({ verified: 'current' });
  });

  test('once for each decision', () => {
    given([...rejected, appeal, command('WithdrawVerification')])
      .when(appeal)
      .thenRefused('already_appealed');
    const again = [command('RequestVerification'), command('SkipScreening'), command('RejectVerification')];
    given([...underAppeal, command('WithdrawVerification'), ...again])
      .when(appeal)
      .thenEvents('AppealSubmitted');
  });

  test('has no place without a decision: not_in_this_state', () => {
    given(inReview).when(appeal).thenRefused('not_in_this_state');
    given(rejected)
      .when(command('SubmitAppeal', { against: 'suspension', statement: 'Why?' }))
      .thenRefused('not_in_this_state');
  });
});
