/**
 * A log of screened requests, decided again by candidates that differ in one setting each. What each must lead to is
 * worked out from the accounts' stories, by rules that are written down here once more and share nothing with the product's.
 */
import type { ReplayedRequest } from '../../src/backtest/requests.js';
import type { Backtest } from '../../src/app/backtestLog.js';
import { backtest } from '../../src/cli/backtest.js';
import { readConfig } from '../../src/config.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { replayAll } from '../support/replayAll.js';
import { type FindingKind, stories, type Story, writeStories } from '../support/screenedLog.js';

/** What of a policy bears on the stories. */
type Traits = {
  readonly automatic: boolean;
  readonly secondPerson: boolean;
  readonly secondForAutomatic: boolean;
  readonly asksAudience: boolean;
  /** What becomes of a failed check with these codes. */
  readonly optInUnclear: 'asked' | 'toReview' | 'noQuestion';
  readonly privacyPolicyMissing: 'asked' | 'toReview' | 'noQuestion';
};

const builtIn: Traits = {
  automatic: true,
  secondPerson: false,
  secondForAutomatic: false,
  asksAudience: false,
  optInUnclear: 'asked',
  privacyPolicyMissing: 'noQuestion',
};

type Verdict = readonly [outcome: string, rule: string];

const byFate = {
  asked: ['asked', 'questions'],
  toReview: ['review', 'fail_to_review'],
  noQuestion: ['review', 'fail_without_question'],
} as const;

/** @param again whether it is the second request, after a person rejected the first */
function screened(kind: FindingKind, story: Story, traits: Traits, again: boolean): Verdict {
  if (kind === 'none') return ['review', 'no_findings'];
  if (kind === 'to_review') return byFate.toReview;
  if (kind === 'unknown') return ['review', 'check_unknown'];
  if (kind === 'question') return byFate[traits.optInUnclear];
  if (kind === 'no_question') return byFate[traits.privacyPolicyMissing];
  if (!traits.automatic) return ['review', 'automatic_approval_off'];
  if (traits.secondPerson && traits.secondForAutomatic) return ['review', 'second_person'];
  if (traits.asksAudience && !story.audience) return ['review', 'requirements_missing'];
  if (story.suspendedBefore) return ['review', 'suspended'];
  return again ? ['review', 'reviewer_acted'] : ['approved', 'all_passed'];
}

type Expected = {
  readonly accountId: string;
  readonly screening: { readonly before: Verdict; readonly after: Verdict } | 'skipped';
  readonly approval: Verdict | null;
};

/** What each request of a story leads to: under the policy of the log, and under a candidate. */
function expected(story: Story, base: Traits, candidate: Traits): Expected[] {
  const { accountId, person } = story;
  const one = (again: boolean) => ({
    before: screened(story.findings, story, base, again),
    after: screened(story.findings, story, candidate, again),
  });
  const first = one(false);
  if (!story.screened) {
    const approval = approvedBy(person) ? personally(story, candidate) : null;
    const rest = person === 'rejects' && story.asksAgain ? [skippedRequest(accountId)] : [];
    return [{ accountId, screening: 'skipped', approval }, ...rest];
  }
  const asked = first.before[0] === 'asked';
  const answered = asked && story.customer === 'answers';
  const approvedThen = (answered ? screened('all_passed', story, base, false) : first.before)[0] === 'approved';
  const toPerson = !approvedThen && (!asked || answered);
  const forestalled: Verdict = ['forestalled', ''];
  const approval =
    toPerson && approvedBy(person)
      ? first.after[0] === 'approved'
        ? forestalled
        : personally(story, candidate)
      : null;
  const rest =
    toPerson && person === 'rejects' && story.asksAgain ? [{ accountId, screening: one(true), approval: null }] : [];
  return [{ accountId, screening: first, approval }, ...rest];
}

const skippedRequest = (accountId: string): Expected => ({ accountId, screening: 'skipped', approval: null });
const approvedBy = (person: Story['person']): boolean =>
  person === 'approves' || person === 'proposes, another approves';

function personally(story: Story, { secondPerson, asksAudience }: Traits): Verdict {
  if (secondPerson && story.person === 'approves') return ['refused', 'second_person_required'];
  return asksAudience && !story.audience ? ['refused', 'requirements_missing'] : ['approved', ''];
}

/** A request as the expectations say it. */
function told({ accountId, screening, approval }: ReplayedRequest): Expected {
  return {
    accountId,
    screening:
      typeof screening === 'object'
        ? {
            before: [screening.before.outcome, screening.before.rule],
            after: [screening.after.outcome, screening.after.rule],
          }
        : (screening as 'skipped'),
    approval: approval === null ? null : [approval.outcome, approval.rule ?? ''],
  };
}

const differs = ({ screening, approval }: Expected): boolean =>
  (screening !== 'skipped' && screening.before[0] !== screening.after[0]) || approval?.[0] === 'refused';

const { questions, screening, review } = builtInPolicy;
const { opt_in_unclear: _gone, ...fewerQuestions } = questions;
const ask = { requirement: 'other', message: 'Where is your privacy policy?' } as const;

/** Candidates: what each changes in the document, and what that means. */
const candidates: readonly (readonly [string, Partial<PolicyDocument>, Partial<Traits>])[] = [
  ['nothing', {}, {}],
  ['no automatic approval', { screening: { ...screening, automaticApproval: false } }, { automatic: false }],
  ['a second person', { review: { ...review, secondPerson: true } }, { secondPerson: true }],
  [
    'a second person for automatic approvals, too',
    { review: { ...review, secondPerson: true, secondPersonForAutomatic: true } },
    { secondPerson: true, secondForAutomatic: true },
  ],
  [
    'unclear opt-in to a person',
    { screening: { ...screening, toReview: [...screening.toReview, 'opt_in_unclear'] } },
    { optInUnclear: 'toReview' },
  ],
  ['no question for unclear opt-in', { questions: fewerQuestions }, { optInUnclear: 'noQuestion' }],
  [
    'a question for a missing privacy policy',
    { questions: { ...questions, privacy_policy_missing: ask } },
    { privacyPolicyMissing: 'asked' },
  ],
  ['the audience asked for', { request: { ...builtInPolicy.request, ask: ['audience'] } }, { asksAudience: true }],
];

const seed = 20_260_105;
const all = stories(seed, 160);

describe.each([
  ['the built-in policy', {}, {}],
  [
    'one that approves nothing by itself',
    { screening: { ...screening, automaticApproval: false } },
    { automatic: false },
  ],
] as const)('given 160 stories under %s', (_name, changed, traits) => {
  const policy: PolicyDocument = { ...builtInPolicy, ...changed, version: 'then' } as PolicyDocument;
  const base: Traits = { ...builtIn, ...traits };
  let gatehouse: TestGatehouse;
  beforeAll(async () => {
    gatehouse = await newGatehouse();
    await writeStories(gatehouse, all, policy);
  }, 60_000);
  afterAll(async () => gatehouse.close());

  const decideAgain = async (candidate: PolicyDocument, since?: string, until?: string) => {
    const differences: ReplayedRequest[] = [];
    const config = readConfig({ GATEHOUSE_DATA: gatehouse.folder.path });
    const signal = new AbortController().signal;
    const onDifference = (one: ReplayedRequest): void => void differences.push(one);
    const found = await backtest(config, { candidate, since, until, signal, onDifference });
    return { found, differences };
  };

  test.each(candidates)('when a candidate changes %s, then each request differs as its story says', async (...one) => {
    const [, changes, meaning] = one;
    const candidate = { ...builtInPolicy, ...changes, version: 'candidate' } as PolicyDocument;
    const candidateTraits = { ...builtIn, ...meaning };
    const replayed = await replayAll(gatehouse.store, candidate);
    const wanted = all.flatMap((story) => expected(story, base, candidateTraits));
    expect(replayed.map(told)).toEqual(wanted);

    const { found, differences } = await decideAgain(candidate);
    const differing = wanted.filter(differs);
    expect(differences.map(told)).toEqual(differing);
    expect(found.differing).toBe(differing.length);
    expect(found).toMatchObject({ complete: true, candidate: { version: 'candidate' } });
    expectCounts(found, wanted);
    // A candidate that says the same as the policy of the log changes nothing, and every other one something.
    expect(differing.length > 0).toBe(JSON.stringify(candidateTraits) !== JSON.stringify(base));
  });

  test('when only some time is asked for, then requests of that time are counted, and no others', async () => {
    const candidate = { ...builtInPolicy, review: { ...review, secondPerson: true }, version: 'candidate' };
    const everything = await replayAll(gatehouse.store, candidate);
    const [since, until] = [everything[40]?.at, everything[110]?.at];
    const { found, differences } = await decideAgain(candidate, since, until);
    expect(found.requests.total).toBe(70);
    expect(found).toMatchObject({ since, until });
    for (const { at } of differences) expect([at >= (since ?? ''), at < (until ?? '')]).toEqual([true, true]);
  });

  test('how later reality judged them is what the stories tell', async () => {
    const { found, differences } = await decideAgain({
      ...builtInPolicy,
      request: { ...builtInPolicy.request, ask: ['audience'] },
      version: 'candidate',
    });
    const byId = new Map(all.map((story) => [story.accountId, story]));
    for (const { accountId, later } of differences) {
      const story = byId.get(accountId);
      expect([accountId, later.abuseSignals]).toEqual([accountId, story?.later === 'signals' ? 2 : 0]);
      const warned = story?.later === 'warned' && !story.suspendedBefore;
      expect([accountId, later.warnedAt !== null]).toEqual([accountId, warned]);
      const suspended = story?.later === 'suspended' && !story.suspendedBefore;
      expect([accountId, later.suspendedAt !== null]).toEqual([accountId, suspended]);
    }
    const stopped = differences.filter(
      ({ screening: one, approval }) =>
        (typeof one === 'object' && one.before.outcome === 'approved') || approval?.outcome === 'refused',
    );
    expect(found.wouldStop.requests).toBe(stopped.length);
    expect(found.wouldStop.suspended).toBe(stopped.filter(({ later }) => later.suspendedAt !== null).length);
    expect(found.wouldStop.revoked).toBe(stopped.filter(({ later }) => later.revokedAt !== null).length);
    expect(found.wouldStop.suspendedOrRevoked).toBe(found.wouldStop.suspended + found.wouldStop.revoked);
    expect(found.wouldStop.suspendedOrRevoked).toBeGreaterThan(0);
  });
});

/** The counts are those of the requests, counted here. */
function expectCounts({ requests, screening: counted, approvals }: Backtest, wanted: readonly Expected[]): void {
  const pairs = wanted.flatMap(({ screening: one }) => (one === 'skipped' ? [] : [one]));
  expect(requests).toEqual({
    total: wanted.length,
    screened: pairs.length,
    skipped: wanted.length - pairs.length,
    unscreened: 0,
  });
  for (const cell of counted.cells) {
    const inCell = pairs.filter(({ before, after }) => before[0] === cell.before && after[0] === cell.after);
    expect([cell.before, cell.after, cell.requests]).toEqual([cell.before, cell.after, inCell.length]);
  }
  expect(counted.cells.reduce((sum, cell) => sum + cell.requests, 0)).toBe(pairs.length);
  for (const { rule, before, after } of counted.rules) {
    expect([rule, before]).toEqual([rule, pairs.filter((pair) => pair.before[1] === rule).length]);
    expect([rule, after]).toEqual([rule, pairs.filter((pair) => pair.after[1] === rule).length]);
  }
  const decided = wanted.flatMap(({ approval }) => (approval === null ? [] : [approval]));
  expect(approvals.requests).toBe(decided.length);
  const refused = decided.filter(([outcome]) => outcome === 'refused');
  expect(Object.values(approvals.refusedBy).reduce((sum, count) => sum + count, 0)).toBe(refused.length);
}
