/** What the automatic checks lead to. Unknown is not bad: it goes to a person. */
import type { Proposal } from '../../events/fact.js';
import { plusDays } from '../../events/time.js';
import type { Item } from '../../policy/facts.js';
import { ruledOutByPolicy } from '../../policy/recommend.js';
import { standingOf, verificationState } from '../../policy/status.js';
import { approval } from '../../../machines/account.js';
import { firstUnmet } from '../../../machines/conditions.js';
import { stateOf } from '../../../machines/fold.js';
import type { Decider, DeciderInput } from '../decider.js';

type Screening = DeciderInput<'CompleteScreening'>;

const automaticApproval: Proposal = { type: 'VerificationApproved', data: { automatic: true } };

/**
 * Automatic approval: every check passed and there was at least one, the chart's own conditions of an approval hold (of
 * the actor, too: who sent the request does not approve it by its checks), the account is not suspended, and no person
 * has begun to look at the request. A second person is for people's approvals, unless the policy rules automatic ones
 * out with it.
 */
function approves({ data, facts, actor, now, policy, snapshot }: Screening): boolean {
  return (
    ruledOutByPolicy(policy) === undefined &&
    data.recommendation === 'approve' &&
    data.findings.length > 0 &&
    data.findings.every((finding) => finding.outcome === 'pass') &&
    firstUnmet(approval, facts, { ...automaticApproval, actor, occurredAt: now }) === undefined &&
    standingOf(stateOf(snapshot)) !== 'suspended' &&
    facts.request?.reviewerActed === false
  );
}

/** The policy's question for each failed check that has one, without asking for the same thing twice in one way. */
function questions({ data, policy }: Screening): Item[] {
  const asked = new Map<string, Item>();
  for (const { outcome, reasonCode } of data.findings) {
    const question = reasonCode === undefined ? undefined : policy.questions[reasonCode];
    if (outcome !== 'fail' || reasonCode === undefined || question === undefined) continue;
    asked.set(reasonCode, { ...question, reasonCode });
  }
  return [...asked.values()];
}

function consequence(input: Screening): Proposal | undefined {
  const state = verificationState(stateOf(input.snapshot));
  const inReview = state === 'screening' || state === 'pendingReview';
  if (inReview && approves(input)) return automaticApproval;
  const items = questions(input);
  if (state !== 'screening' || input.data.recommendation !== 'request_information' || items.length === 0) {
    return undefined;
  }
  const respondBy = plusDays(input.now, input.policy.information.respondWithinDays);
  return { type: 'InformationRequested', data: { items, respondBy } };
}

export const CompleteScreening: Decider<'CompleteScreening'> = {
  propose: (input) => {
    const completed: Proposal = { type: 'ScreeningCompleted', data: input.data };
    const next = consequence(input);
    return next === undefined ? [completed] : [completed, next];
  },
};

export const SkipScreening: Decider<'SkipScreening'> = {
  propose: ({ data }) => [{ type: 'ScreeningSkipped', data }],
};
