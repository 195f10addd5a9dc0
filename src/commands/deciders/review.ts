/** Reviewers at work on a request, and the questions they ask. */
import { entryOf } from '../../events/record.js';
import { plusDays } from '../../events/time.js';
import { type AccountFacts, type Answer, answerBy } from '../../policy/facts.js';
import type { Decider } from '../decider.js';

export const AssignReview: Decider<'AssignReview'> = { propose: ({ data }) => [{ type: 'ReviewAssigned', data }] };

export const ReleaseReview: Decider<'ReleaseReview'> = { propose: ({ data }) => [{ type: 'ReviewReleased', data }] };

export const EscalateReview: Decider<'EscalateReview'> = {
  propose: ({ data }) => [{ type: 'ReviewEscalated', data }],
};

export const RequestInformation: Decider<'RequestInformation'> = {
  propose: ({ data, now, policy }) => {
    const respondBy = data.respondBy ?? plusDays(now, policy.information.respondWithinDays);
    return [{ type: 'InformationRequested', data: { ...data, respondBy } }];
  },
};

export const CancelInformationRequest: Decider<'CancelInformationRequest'> = {
  propose: ({ data }) => [{ type: 'InformationRequestCancelled', data }],
};

function unknownEvidence(facts: AccountFacts, answers: readonly Answer[]): 'unknown_evidence' | undefined {
  const unknown = answers.some(
    ({ evidenceId }) => evidenceId !== undefined && entryOf(facts.evidence, evidenceId) === undefined,
  );
  return unknown ? 'unknown_evidence' : undefined;
}

export const SubmitInformation: Decider<'SubmitInformation'> = {
  propose: ({ data }) => [{ type: 'InformationSubmitted', data }],
  refuse: ({ data, facts }) => unknownEvidence(facts, data.answers),
};

/** The same event as the customer's own answer; `via` says that a reviewer recorded it. */
export const RecordCustomerReply: Decider<'RecordCustomerReply'> = {
  propose: ({ data }) => [{ type: 'InformationSubmitted', data }],
  refuse: ({ data, facts }) => unknownEvidence(facts, data.answers),
};

export const ExpireInformationRequest: Decider<'ExpireInformationRequest'> = {
  propose: ({ facts, now }) => [
    { type: 'InformationRequestExpired', data: { respondBy: facts.information?.respondBy ?? now } },
  ],
  // Questions that reached nobody do not run out; a reviewer sees so, and finds another way.
  refuse: ({ facts: { information }, now }) =>
    information !== undefined && (information.unreachable === true || now < answerBy(information))
      ? 'not_due'
      : undefined,
};

export const WaiveRequirement: Decider<'WaiveRequirement'> = {
  propose: ({ data }) => [{ type: 'RequirementWaived', data }],
};
