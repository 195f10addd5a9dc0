/** What the findings of a screening recommend, by the policy's rules. Recorded findings can be asked again. */
import { entryOf } from '../events/record.js';
import type { Finding } from './facts.js';
import type { PolicyDocument } from './policy.js';

/**
 * Which rule led to a recommendation, in the order in which they are tried:
 * `no_findings` nothing was checked · `fail_to_review` the policy wants a person for a failed check · `check_unknown` a
 * check could not tell · `fail_without_question` a failed check that nothing can be asked about · `questions` every
 * failed check has a question · `automatic_approval_off` and `second_person` all passed, but the policy wants a person ·
 * `all_passed`
 */
export type RecommendationRule =
  | 'no_findings'
  | 'fail_to_review'
  | 'check_unknown'
  | 'fail_without_question'
  | 'questions'
  | 'automatic_approval_off'
  | 'second_person'
  | 'all_passed';

export type Recommendation = {
  readonly recommendation: 'approve' | 'review' | 'request_information';
  readonly rule: RecommendationRule;
};

/** What keeps the policy from approving without a person, whatever the checks found; undefined when nothing does. */
export function ruledOutByPolicy({
  screening,
  review,
}: PolicyDocument): 'automatic_approval_off' | 'second_person' | undefined {
  if (!screening.automaticApproval) return 'automatic_approval_off';
  return review.secondPerson && review.secondPersonForAutomatic ? 'second_person' : undefined;
}

const review = (rule: RecommendationRule): Recommendation => ({ recommendation: 'review', rule });

/** What these findings recommend under this policy. A doubt of any kind leads to a person. */
export function recommend(findings: readonly Finding[], policy: PolicyDocument): Recommendation {
  const fails = findings.filter(({ outcome }) => outcome === 'fail');
  const codes = fails.map(({ reasonCode }) => reasonCode);
  if (findings.length === 0) return review('no_findings');
  if (codes.some((code) => code !== undefined && policy.screening.toReview.includes(code))) {
    return review('fail_to_review');
  }
  if (findings.some(({ outcome }) => outcome === 'unknown')) return review('check_unknown');
  if (codes.some((code) => code === undefined || entryOf(policy.questions, code) === undefined)) {
    return review('fail_without_question');
  }
  if (fails.length > 0) return { recommendation: 'request_information', rule: 'questions' };
  const ruledOut = ruledOutByPolicy(policy);
  return ruledOut === undefined ? { recommendation: 'approve', rule: 'all_passed' } : review(ruledOut);
}
