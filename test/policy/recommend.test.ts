import type { Finding } from '../../src/policy/facts.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { recommend } from '../../src/policy/recommend.js';
import type { ReasonCode } from '../../src/events/vocabulary.js';

const pass: Finding = { check: 'website', outcome: 'pass' };
const unknown: Finding = { check: 'opt-in', outcome: 'unknown' };
const fail = (reasonCode?: ReasonCode): Finding => ({
  check: 'sample',
  outcome: 'fail',
  ...(reasonCode === undefined ? {} : { reasonCode }),
});

function policyWith(parts: {
  readonly screening?: Partial<PolicyDocument['screening']>;
  readonly review?: Partial<PolicyDocument['review']>;
}): PolicyDocument {
  return {
    ...builtInPolicy,
    screening: { ...builtInPolicy.screening, ...parts.screening },
    review: { ...builtInPolicy.review, ...parts.review },
  };
}

test.each<[string, readonly Finding[], PolicyDocument, string, string]>([
  ['nothing was checked', [], builtInPolicy, 'review', 'no_findings'],
  ['all passed', [pass, pass], builtInPolicy, 'approve', 'all_passed'],
  ['one is unknown', [pass, unknown], builtInPolicy, 'review', 'check_unknown'],
  ['failed, with a question', [pass, fail('opt_in_unclear')], builtInPolicy, 'request_information', 'questions'],
  [
    'failed twice, each with a question',
    [fail('opt_in_unclear'), fail('unsubscribe_missing')],
    builtInPolicy,
    'request_information',
    'questions',
  ],
  [
    'failed twice, one without a question',
    [fail('opt_in_unclear'), fail('sample_use_case_mismatch')],
    builtInPolicy,
    'review',
    'fail_without_question',
  ],
  ['failed without a code', [pass, fail()], builtInPolicy, 'review', 'fail_without_question'],
  [
    'failed with a question, and one is unknown',
    [fail('opt_in_unclear'), unknown],
    builtInPolicy,
    'review',
    'check_unknown',
  ],
  [
    'failed with what the policy wants a person for',
    [fail('opt_in_unclear'), fail('domain_listed'), unknown],
    builtInPolicy,
    'review',
    'fail_to_review',
  ],
  [
    'failed with a question, but the policy wants a person for it',
    [fail('opt_in_unclear')],
    policyWith({ screening: { toReview: ['opt_in_unclear'] } }),
    'review',
    'fail_to_review',
  ],
  [
    'all passed, but the policy approves nothing by itself',
    [pass],
    policyWith({ screening: { automaticApproval: false } }),
    'review',
    'automatic_approval_off',
  ],
  [
    'all passed, but the policy wants two persons for that, too',
    [pass],
    policyWith({ review: { secondPerson: true, secondPersonForAutomatic: true } }),
    'review',
    'second_person',
  ],
  [
    'all passed, two persons are for people’s approvals',
    [pass],
    policyWith({ review: { secondPerson: true } }),
    'approve',
    'all_passed',
  ],
  [
    'all passed, two persons are not compulsory',
    [pass],
    policyWith({ review: { secondPersonForAutomatic: true } }),
    'approve',
    'all_passed',
  ],
  [
    'nothing is approved by itself, but there is a question',
    [pass, fail('opt_in_unclear')],
    policyWith({ screening: { automaticApproval: false } }),
    'request_information',
    'questions',
  ],
])('%s', (_given, findings, policy, recommendation, rule) => {
  expect(recommend(findings, policy)).toEqual({ recommendation, rule });
});
