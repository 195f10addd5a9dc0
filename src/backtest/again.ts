/**
 * A recorded decision put to `decide` once more, under another policy: on the account as it was just before, at the
 * instant at which it happened, on the findings that were recorded. No check runs again.
 */
import { type AccountSnapshot, stateOf, withFacts } from '../../machines/fold.js';
import { type Command, decide } from '../commands/decide.js';
import { approvalRequirements } from '../commands/deciders/request.js';
import { whyNotApproved, type WhyNotApproved } from '../commands/deciders/screening.js';
import type { RefusalCode } from '../commands/refusal.js';
import type { FactOf } from '../events/fact.js';
import type { Requirement } from '../events/vocabulary.js';
import type { PolicyDocument } from '../policy/policy.js';
import { type Recommendation, type RecommendationRule, recommend } from '../policy/recommend.js';
import { missingSetup, missingToApprove } from '../policy/requirements.js';
import { verificationState } from '../policy/status.js';

/** What a screening led to: approval without a person, questions to the customer, or a person. */
export const screeningOutcomes = ['approved', 'asked', 'review'] as const;
export type ScreeningOutcome = (typeof screeningOutcomes)[number];

/**
 * The rule that decided a screening: the policy's (`recommend`), or what kept its recommendation from being followed.
 * `recommended_otherwise` whoever sent the screening recommended what this policy's rules do not · `already_in_review`
 * questions are asked by the first screening only, later ones are advice · `nothing_to_ask` the policy had no question ·
 * `not_explained` the log has an outcome that today's rules do not lead to
 */
export type ScreeningRule =
  | RecommendationRule
  | WhyNotApproved
  | 'recommended_otherwise'
  | 'already_in_review'
  | 'nothing_to_ask'
  | 'not_explained';

export type ScreeningVerdict = {
  readonly outcome: ScreeningOutcome;
  readonly rule: ScreeningRule;
  /** What was missing, where that is why it was not approved. */
  readonly missing: readonly Requirement[];
};

/** A person's approval under another policy: it would have stood, or been refused, and why. */
export type ApprovalVerdict = {
  readonly outcome: 'approved' | 'refused';
  readonly rule: RefusalCode | null;
  readonly missing: readonly Requirement[];
};

type Screening = FactOf<'ScreeningCompleted'>;
type Approval = FactOf<'VerificationApproved'>;

/**
 * The account as if its request, or an appeal that had to say it itself, had been made under this policy: it must meet
 * what the policy asks. What the customer would then have filled in, nobody knows; what they had not said is missing.
 */
export function askedBy(snapshot: AccountSnapshot, policy: PolicyDocument): AccountSnapshot {
  const { facts } = snapshot.context;
  const { request, decision } = facts;
  const required = approvalRequirements(policy);
  return withFacts(snapshot, {
    ...facts,
    ...(request === undefined ? {} : { request: { ...request, approvalRequirements: required } }),
    ...(decision?.approvalRequirements === undefined
      ? {}
      : { decision: { ...decision, approvalRequirements: required } }),
  });
}

/** What these findings would have led to under this policy. @param before the account just before the screening */
export function screenAgain(before: AccountSnapshot, fact: Screening, policy: PolicyDocument): ScreeningVerdict {
  const snapshot = askedBy(before, policy);
  const recommended = recommend(fact.data.findings, policy);
  const { decideBy: _deadline, ...data } = fact.data;
  const again = { ...data, policyVersion: policy.version, recommendation: recommended.recommendation };
  const decision = decide(
    { name: 'CompleteScreening', data: again, actor: fact.actor },
    snapshot,
    policy,
    fact.occurredAt,
  );
  const types = decision.kind === 'accepted' ? decision.steps.map((step) => step.fact.type) : [];
  const outcome = outcomeOf(types);
  return verdict(outcome, recommended, { ...fact, data: again }, snapshot, policy);
}

/** The outcome of a screening by the types of the events that its command appended. */
export function outcomeOf(types: readonly string[]): ScreeningOutcome {
  if (types.includes('VerificationApproved')) return 'approved';
  return types.includes('InformationRequested') ? 'asked' : 'review';
}

/** The policies that had a part in a recorded screening; undefined for one that the log does not have. */
export type PoliciesThen = {
  /** The one that its recommendation was made on. */
  readonly recommended: PolicyDocument | undefined;
  /** The one that was in force when it was decided: it may have been published meanwhile. */
  readonly decided: PolicyDocument | undefined;
};

/** What a screening led to in the log, with the rule as the policies of then name it. */
export function screenedThen(
  before: AccountSnapshot,
  fact: Screening,
  outcome: ScreeningOutcome,
  { recommended, decided }: PoliciesThen,
): ScreeningVerdict {
  const [recommending, deciding] = [recommended ?? decided, decided ?? recommended];
  if (recommending === undefined || deciding === undefined) return { outcome, rule: 'not_explained', missing: [] };
  const { recommendation } = fact.data;
  const byRule = recommend(fact.data.findings, recommending);
  const rule = byRule.recommendation === recommendation ? byRule.rule : 'recommended_otherwise';
  return verdict(outcome, { recommendation, rule }, fact, before, deciding);
}

type Recommended = Pick<Recommendation, 'recommendation'> & { readonly rule: ScreeningRule };

const outcomeFor = { approve: 'approved', request_information: 'asked', review: 'review' } as const;

function verdict(
  outcome: ScreeningOutcome,
  { recommendation, rule }: Recommended,
  { data, actor, occurredAt }: Screening,
  snapshot: AccountSnapshot,
  policy: PolicyDocument,
): ScreeningVerdict {
  if (outcomeFor[recommendation] === outcome) return { outcome, rule, missing: [] };
  const { facts, messages } = snapshot.context;
  if (recommendation === 'approve') {
    const input = { data, actor, now: occurredAt, policy, snapshot, facts, messages };
    const why = whyNotApproved(input) ?? 'not_explained';
    return { outcome, rule: why, missing: missingFor(why, snapshot) };
  }
  if (recommendation !== 'request_information') return { outcome, rule: 'not_explained', missing: [] };
  const first = verificationState(stateOf(snapshot)) === 'screening';
  return { outcome, rule: first ? 'nothing_to_ask' : 'already_in_review', missing: [] };
}

function missingFor(why: ScreeningRule | RefusalCode, { context: { facts } }: AccountSnapshot): readonly Requirement[] {
  if (why === 'setup_incomplete') return missingSetup(facts);
  return why === 'requirements_missing' ? missingToApprove(facts).map(({ requirement }) => requirement) : [];
}

/** Whether a person's approval would have stood under this policy. @param before the account just before it */
export function approveAgain(before: AccountSnapshot, fact: Approval, policy: PolicyDocument): ApprovalVerdict {
  const snapshot = askedBy(before, policy);
  const { automatic: _byAPerson, ...data } = fact.data;
  const command: Command = { name: 'ApproveVerification', data, actor: fact.actor };
  const decision = decide(command, snapshot, policy, fact.occurredAt);
  if (decision.kind !== 'refused') return { outcome: 'approved', rule: null, missing: [] };
  return { outcome: 'refused', rule: decision.code, missing: decision.missing.map(({ requirement }) => requirement) };
}
