/** What the automatic checks lead to. Unknown is not bad: it goes to a person. */
import type { Proposal } from '../../events/fact.js';
import { plusDays } from '../../events/time.js';
import type { Item } from '../../policy/facts.js';
import { ruledOutByPolicy } from '../../policy/recommend.js';
import { standingOf, verificationState } from '../../policy/status.js';
import { approval } from '../../../machines/account.js';
import { type ChartRefusal, conditions, firstUnmet } from '../../../machines/conditions.js';
import { stateOf } from '../../../machines/fold.js';
import type { Decider, DeciderInput } from '../decider.js';

type Screening = DeciderInput<'CompleteScreening'>;

const automaticApproval: Proposal = { type: 'VerificationApproved', data: { automatic: true } };

/**
 * Why a recommended approval does not follow, in the order in which it is asked: the policy rules it out · nothing was
 * checked, or not everything passed · a condition of the chart's does not hold · `suspended` the account is · and
 * `reviewer_acted` a person has begun to look at the request
 */
export type WhyNotApproved =
  | NonNullable<ReturnType<typeof ruledOutByPolicy>>
  | 'not_recommended'
  | 'not_all_passed'
  | ChartRefusal
  | 'suspended'
  | 'reviewer_acted';

/**
 * What keeps a screening from approving by itself; undefined when nothing does, and it approves. Every check passed and
 * there was at least one, the chart's own conditions of an approval hold (of the actor, too: who sent the request does
 * not approve it by its checks), the account is not suspended, and no person has begun to look at the request. A second
 * person is for people's approvals, unless the policy rules automatic ones out with it.
 */
export function whyNotApproved(input: Screening): WhyNotApproved | undefined {
  const { data, facts, actor, now, policy, snapshot } = input;
  const ruledOut = ruledOutByPolicy(policy);
  if (ruledOut !== undefined) return ruledOut;
  if (data.recommendation !== 'approve') return 'not_recommended';
  const { findings } = data;
  if (findings.length === 0 || findings.some(({ outcome }) => outcome !== 'pass')) return 'not_all_passed';
  const unmet = firstUnmet(approval, facts, { ...automaticApproval, actor, occurredAt: now });
  if (unmet !== undefined) return conditions[unmet].refusal ?? 'not_in_this_state';
  if (standingOf(stateOf(snapshot)) === 'suspended') return 'suspended';
  return facts.request?.reviewerActed === false ? undefined : 'reviewer_acted';
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
  if (inReview && whyNotApproved(input) === undefined) return automaticApproval;
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
