import type { Command } from '../../../src/commands/decide.js';
import { admin, command, goodData, inReview, reviewer, secondReviewer, setUp } from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';
import { builtInPolicy } from '../../../src/policy/policy.js';

const proposed = [...inReview, command('ProposeApproval')];

describe('ApproveVerification needs two persons', () => {
  test('given a proposal, when its author approves: self_approval', () => {
    given(proposed)
      .when(command('ApproveVerification', {}, reviewer))
      .thenRefused('self_approval');
  });

  test('given a proposal, when another reviewer approves: approved', () => {
    given(proposed)
      .when(command('ApproveVerification', {}, secondReviewer))
      .thenEvents('VerificationApproved');
  });

  test('given no proposal, when a reviewer approves: approved', () => {
    given(inReview).when(command('ApproveVerification')).thenVerification({ verified: 'current' });
  });

  test('given a policy of two persons and no proposal: second_person_required', () => {
    const policy = { ...builtInPolicy, review: { ...builtInPolicy.review, secondPerson: true } };
    given(inReview, policy).when(command('ApproveVerification')).thenRefused('second_person_required');
  });

  test('given a request that the reviewer sent under the same id: own_submission', () => {
    const sentByReviewer = command('RequestVerification', goodData.RequestVerification, {
      type: 'product',
      id: admin.id,
    });
    given([...setUp, sentByReviewer, command('SkipScreening')])
      .when(command('ApproveVerification', {}, admin))
      .thenRefused('own_submission');
  });

  test('given evidence that the reviewer attached: own_submission', () => {
    const attached = command('AttachEvidence', goodData.AttachEvidence, { type: 'product', id: reviewer.id });
    given([...inReview, attached])
      .when(command('ApproveVerification'))
      .thenRefused('own_submission');
  });

  test('given evidence that somebody else attached again under its id: own_submission', () => {
    const attachedBy = (id: string): Command =>
      command('AttachEvidence', goodData.AttachEvidence, { type: 'product', id });
    given([...inReview, attachedBy(reviewer.id), attachedBy('somebody-else')])
      .when(command('ApproveVerification'))
      .thenRefused('own_submission');
  });

  test('given an answer under the reviewer’s id where there never was a request: own_submission', () => {
    const answer = command('SubmitInformation', goodData.SubmitInformation, { type: 'product', id: secondReviewer.id });
    const grandfathered = [...setUp, command('GrandfatherAccount'), command('RevokeVerification')];
    given([...grandfathered, command('SubmitAppeal'), command('RequestInformation'), answer])
      .when(command('ApproveVerification', {}, secondReviewer))
      .thenRefused('own_submission');
  });

  test('given a reply that the reviewer only recorded: approved', () => {
    given([...inReview, command('RequestInformation'), command('RecordCustomerReply')])
      .when(command('ApproveVerification'))
      .thenEvents('VerificationApproved');
  });

  const voids: readonly (readonly [string, readonly Command[]])[] = [
    ['evidence', [command('AttachEvidence')]],
    ['a changed profile', [command('UpdateBusinessProfile', { useCase: 'Something else' })]],
    ['a waiver', [command('WaiveRequirement')]],
    ['a question and its withdrawal', [command('RequestInformation'), command('CancelInformationRequest')]],
  ];

  test.each(voids)('given a proposal voided by %s, when its author approves: approved', (_what, since) => {
    given([...proposed, ...since])
      .when(command('ApproveVerification', {}, reviewer))
      .thenEvents('VerificationApproved');
  });

  test('given a proposal, when the profile is sent again and says nothing new: it stands', () => {
    for (const again of [command('UpdateBusinessProfile', {}), command('UpdateBusinessProfile')]) {
      const since = [...inReview, command('UpdateBusinessProfile'), command('ProposeApproval'), again];
      given(since)
        .when(command('ApproveVerification', {}, reviewer))
        .thenRefused('self_approval');
      given(since)
        .when(command('ProposeApproval', {}, secondReviewer))
        .thenRefused('already_proposed');
      given(since).when(command('WithdrawProposal')).thenEvents('ProposalWithdrawn');
    }
  });

  test('given a proposal, when somebody else is assigned: it stands', () => {
    given([...proposed, command('AssignReview', { reviewer: secondReviewer.id })])
      .when(command('ApproveVerification', {}, reviewer))
      .thenRefused('self_approval');
  });

  test('given a proposal, when another person withdraws it: not_your_proposal', () => {
    given(proposed)
      .when(command('WithdrawProposal', {}, secondReviewer))
      .thenRefused('not_your_proposal');
  });

  test('given a proposal, when a second one comes: already_proposed', () => {
    given(proposed)
      .when(command('ProposeApproval', {}, secondReviewer))
      .thenRefused('already_proposed');
  });
});
