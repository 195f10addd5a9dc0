/** Decisions on a request, on a verified account, and the ways back from them. */
import { plusDays } from '../../events/time.js';
import type { Decider } from '../decider.js';

export const ProposeApproval: Decider<'ProposeApproval'> = {
  propose: ({ data }) => [{ type: 'ApprovalProposed', data }],
};

export const WithdrawProposal: Decider<'WithdrawProposal'> = {
  propose: ({ data }) => [{ type: 'ProposalWithdrawn', data }],
};

export const ApproveVerification: Decider<'ApproveVerification'> = {
  propose: ({ data }) => [{ type: 'VerificationApproved', data: { ...data, automatic: false } }],
  refuse: ({ facts, policy }) =>
    policy.review.secondPerson && facts.proposal === undefined ? 'second_person_required' : undefined,
};

export const RejectVerification: Decider<'RejectVerification'> = {
  propose: ({ data, now, policy }) => {
    const { resubmitUntil: asked, ...decision } = data;
    const until = asked ?? plusDays(now, policy.rejection.resubmitWithinDays);
    return [{ type: 'VerificationRejected', data: data.retryable ? { ...decision, resubmitUntil: until } : decision }];
  },
};

export const RevokeVerification: Decider<'RevokeVerification'> = {
  propose: ({ data }) => [{ type: 'VerificationRevoked', data }],
};

export const CloseResubmissionWindow: Decider<'CloseResubmissionWindow'> = {
  propose: ({ facts, now }) => [
    { type: 'ResubmissionWindowClosed', data: { resubmitUntil: facts.decision?.resubmitUntil ?? now } },
  ],
};

export const OpenReReview: Decider<'OpenReReview'> = { propose: ({ data }) => [{ type: 'ReReviewOpened', data }] };

export const ConfirmVerification: Decider<'ConfirmVerification'> = {
  propose: ({ data }) => [{ type: 'VerificationConfirmed', data }],
};

export const GrandfatherAccount: Decider<'GrandfatherAccount'> = {
  propose: ({ data }) => [{ type: 'VerificationGrandfathered', data }],
};
