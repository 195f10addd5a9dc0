/** What a policy says that cannot be meant, and what differs between two of them. */
import { checkPolicy, isPublishable } from '../../src/policy/checkPolicy.js';
import { builtInPolicy, type PolicyDocument, policyDocument } from '../../src/policy/policy.js';
import { policyChanges, policyWords } from '../../src/policy/policyChanges.js';

const policy = (change: (draft: Draft) => void): PolicyDocument => {
  const draft = structuredClone(builtInPolicy) as Draft;
  change(draft);
  return policyDocument.parse(draft);
};
type Draft = { -readonly [K in keyof PolicyDocument]: PolicyDocument[K] };
type Threshold = PolicyDocument['abuse']['thresholds'][number];

const threshold = (more: Partial<Threshold>): Threshold => ({
  kind: 'bounces',
  consequence: 'warn',
  reasonCode: 'bounce_rate_high',
  customerMessage: 'Please clean your list.',
  ...more,
});

test('the built-in policy has nothing to be said of it but that some templates are for reviewers', () => {
  expect(checkPolicy(builtInPolicy)).toEqual([]);
});

describe('errors: the policy is not published', () => {
  test.each<[string, string, (draft: Draft) => void]>([
    [
      'a reminder that is there twice',
      '/information/remindBeforeDays/1',
      (draft) => {
        draft.information = { ...draft.information, remindBeforeDays: [7, 7] };
      },
    ],
    [
      'a reminder no later than the questions',
      '/information/remindBeforeDays/0',
      (draft) => {
        draft.information = { respondWithinDays: 7, remindBeforeDays: [7, 1] };
      },
    ],
    [
      'a time zone that is none',
      '/review/workingHours/timeZone',
      (draft) => {
        draft.review.workingHours.timeZone = 'Europe/Atlantis';
      },
    ],
    [
      'working hours that end before they begin',
      '/review/workingHours/to',
      (draft) => {
        draft.review.workingHours.to = '08:00';
      },
    ],
    [
      'a working day that is there twice',
      '/review/workingHours/days/1',
      (draft) => {
        draft.review.workingHours.days = [1, 1];
      },
    ],
    [
      'more working hours than anybody means',
      '/review/decideWithinWorkingHours',
      (draft) => {
        draft.review.decideWithinWorkingHours = 1_000_000;
      },
    ],
    [
      'a weaker consequence at a higher rate',
      '/abuse/thresholds/1',
      (draft) => {
        draft.abuse.thresholds = [
          threshold({ rateAtLeast: 0.05, consequence: 'suspend' }),
          threshold({ rateAtLeast: 0.1 }),
        ];
      },
    ],
    [
      'two consequences of one rate',
      '/abuse/thresholds/1',
      (draft) => {
        draft.abuse.thresholds = [threshold({}), threshold({ consequence: 'suspend' })];
      },
    ],
  ])('%s', (_name, pointer, change) => {
    const problems = checkPolicy(policy(change));
    expect(problems).toMatchObject([{ severity: 'error', pointer }]);
    expect(problems[0]?.remedy).not.toBe('');
    expect(isPublishable(problems)).toBe(false);
  });
});

describe('warnings: a part of it has no effect', () => {
  test.each<[string, string, (draft: Draft) => void]>([
    [
      'a second person for automatic approval alone',
      '/review/secondPersonForAutomatic',
      (draft) => {
        draft.review.secondPersonForAutomatic = true;
      },
    ],
    [
      'an automatic approval that is ruled out',
      '/screening/automaticApproval',
      (draft) => {
        draft.review.secondPerson = true;
        draft.review.secondPersonForAutomatic = true;
      },
    ],
    [
      'a question for a code that goes to a person',
      '/questions/fraud',
      (draft) => {
        draft.questions.fraud = { requirement: 'identity', message: 'Who are you?' };
      },
    ],
    [
      'a mail to nobody',
      '/mail/recipients/approved',
      (draft) => {
        draft.mail.recipients.approved = [];
      },
    ],
  ])('%s', (_name, pointer, change) => {
    const problems = checkPolicy(policy(change));
    expect(problems).toMatchObject([{ severity: 'warning', pointer }]);
    expect(isPublishable(problems)).toBe(true);
  });
});

test('working hours that end at midnight are whole evenings', () => {
  expect(checkPolicy(policy((draft) => (draft.review.workingHours.to = '00:00')))).toEqual([]);
});

test('given a document of before parts came to it, then it parses, and those parts change nothing', () => {
  const older = {
    version: 'built-in-1',
    request: { ask: [], screenWithinMinutes: 15 },
    review: { secondPerson: false },
    information: { respondWithinDays: 30 },
    rejection: { resubmitWithinDays: 90 },
    domains: { lapseAfterFailures: 3, lapseAfterHours: 72 },
    testSends: { recipients: 'own', perDay: 100 },
    questions: { domain_unverified: { requirement: 'domain_verified', message: 'Publish them.' } },
  };
  const parsed = policyDocument.parse(older);
  expect(parsed).toMatchObject({
    ...older,
    review: { secondPerson: false, decideWithinWorkingHours: 16, escalateTo: 'review-lead' },
    reReview: { on: [] },
    abuse: { thresholds: [] },
  });
  expect(checkPolicy(parsed)).toEqual([]);
});

describe('differences, in words', () => {
  test('none between a policy and itself under another version', () => {
    expect(policyChanges(builtInPolicy, { ...builtInPolicy, version: 'v2' })).toEqual([]);
  });

  test('settings, lists, thresholds and questions', () => {
    const changed = policy((draft) => {
      draft.review.secondPerson = true;
      draft.information.respondWithinDays = 14;
      draft.reReview.on = ['website', 'domain'];
      draft.abuse.thresholds = draft.abuse.thresholds.filter(({ kind }) => kind !== 'volume');
      delete draft.questions.sample_missing;
      draft.domains.provider = { spfInclude: 'spf.sender.example' };
    });
    expect(policyChanges(builtInPolicy, changed).map(({ pointer, text }) => `${pointer} ${text}`)).toEqual([
      '/review/secondPerson a person’s approval needs another person’s proposal: no → yes',
      '/information/respondWithinDays days that a customer has to answer questions: 30 → 14',
      '/domains/provider/spfInclude what senders’ SPF records must include: nothing → spf.sender.example',
      '/reReview/on changes of a verified account that open a re-review: removed message_types; removed channel_kind',
      '/abuse/thresholds what abuse signals lead to: removed volume: re_review (volume_anomaly, “You send much more than usual, and we take another look.”)',
      '/questions/sample_missing the question for sample_missing: sample_message: Please show us one message as you will send it. → nothing',
    ]);
  });

  test('every setting of the built-in policy has words of its own', () => {
    for (const line of policyWords(builtInPolicy)) expect(line).not.toMatch(/^[a-z]+\.[a-zA-Z.]+:/);
  });
});
