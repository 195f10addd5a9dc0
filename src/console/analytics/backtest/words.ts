/** Differences between what was decided and what a candidate would decide, in words. */
import type { Answer } from '../../api/types.js';
import { capitalised } from '../../words/plain.js';
import { codeWords } from '../../words/status.js';
import { periodInWords } from '../period.js';

export type Run = Answer<'/v1/backtests/{backtestId}'>;
export type Result = NonNullable<Run['result']>;
export type Difference = Answer<'/v1/backtests/{backtestId}/differences'>['items'][number];
export type Outcome = keyof Result['screening']['before'];

/** In the order in which people look for them. */
export const outcomes: readonly Outcome[] = ['approved', 'asked', 'review'];

const outcomeNames: Readonly<Record<Outcome, string>> = {
  approved: 'Approved automatically',
  asked: 'Customer asked',
  review: 'Went to a person',
};

const shortNames: Readonly<Record<Outcome, string>> = { approved: 'Approved', asked: 'Asked', review: 'To a person' };

/** As the head of a column. */
export function shortOutcomeName(outcome: Outcome): string {
  return shortNames[outcome];
}

export function outcomeName(outcome: string): string {
  return outcome in outcomeNames ? outcomeNames[outcome as Outcome] : codeWords(outcome);
}

const rules: Readonly<Record<string, string>> = {
  no_findings: 'no check found anything',
  fail_to_review: 'a failed check that always goes to a person',
  check_unknown: 'a check could not tell',
  fail_without_question: 'a failed check that the policy has no question for',
  questions: 'failed checks that the customer can answer',
  automatic_approval_off: 'nothing is approved without a person',
  second_person: 'a second person is compulsory',
  second_person_required: 'a second person is compulsory, and there was none',
  all_passed: 'every check passed',
  not_recommended: 'approval was not recommended',
  not_all_passed: 'not every check passed',
  suspended: 'the account was suspended',
  reviewer_acted: 'somebody had begun to look at it',
  recommended_otherwise: 'whoever sent the screening recommended otherwise',
  already_in_review: 'it was in review already',
  nothing_to_ask: 'there was nothing to ask',
  not_explained: 'today’s rules do not explain it',
  requirements_missing: 'requirements were not met',
  setup_incomplete: 'the account was not set up',
  own_submission: 'who sent the request would have approved it',
};

/** Why something was decided so, to follow a colon. */
export function ruleWords(rule: string | null): string {
  return rule === null ? '' : (rules[rule] ?? codeWords(rule).toLowerCase());
}

/** One difference as a row of the list says it. */
export type DifferenceWords = {
  readonly was: string;
  readonly becomes: string;
  readonly why: string;
  readonly afterwards: string;
  /** The revision at which the candidate decides otherwise: the account is looked at as it was then. */
  readonly revision: number;
};

export function differenceWords(difference: Difference): DifferenceWords {
  const { screening, approval, revision } = difference;
  const afterwards = laterWords(difference);
  if (typeof screening === 'object' && screening.before.outcome !== screening.after.outcome) {
    const { before, after, doubts } = screening;
    const found = doubts.map(({ check, outcome, reasonCode }) =>
      reasonCode === undefined ? `${check}: ${outcome}` : `${check}: ${codeWords(reasonCode).toLowerCase()}`,
    );
    return {
      was: outcomeName(before.outcome),
      becomes: outcomeName(after.outcome),
      why: [ruleWords(after.rule), ...missingWords(after.missing), ...found].join(' · '),
      afterwards,
      revision: after.revision,
    };
  }
  return {
    was: 'Approved by a person',
    becomes: approval?.outcome === 'refused' ? 'Approval refused' : codeWords(approval?.outcome ?? ''),
    why: [ruleWords(approval?.rule ?? null), ...missingWords(approval?.missing ?? [])].join(' · '),
    afterwards,
    revision: approval?.revision ?? revision,
  };
}

function missingWords(missing: readonly string[]): string[] {
  return missing.length === 0 ? [] : [`missing: ${missing.map((one) => codeWords(one).toLowerCase()).join(', ')}`];
}

/** What became of the sender later; empty where nothing of note did. */
function laterWords({ later }: Difference): string {
  const { approvedByPersonAt, rejectedAt, warnedAt, suspendedAt, revokedAt, abuseSignals } = later;
  const words = [
    ...(approvedByPersonAt === null ? [] : ['approved by a person']),
    ...(rejectedAt === null ? [] : ['rejected']),
    ...(warnedAt === null ? [] : ['warned']),
    ...(suspendedAt === null ? [] : ['suspended']),
    ...(revokedAt === null ? [] : ['revoked']),
    ...(abuseSignals === 0 ? [] : [abuseSignals === 1 ? '1 signal of abuse' : `${abuseSignals} signals of abuse`]),
  ];
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const states: Readonly<Record<Run['state'], string>> = {
  waiting: 'Waits for its turn',
  running: 'Runs',
  finished: 'Finished',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

export function runStateWords(state: Run['state']): string {
  return states[state];
}

export function isUnderWay(state: Run['state']): boolean {
  return state === 'waiting' || state === 'running';
}

/** What the list of differences says where it has none; only a run that came to the end of the log speaks for all of it. */
export function noDifferenceWords(state: Run['state']): { readonly title: string; readonly text: string } {
  return state === 'finished'
    ? {
        title: 'No request differs',
        text: 'The candidate decides every request as the log did. Those that it decides otherwise would appear here.',
      }
    : {
        title: 'No request is known to differ',
        text: 'The run did not come to the end of the log: what is left was not decided again.',
      };
}

/** What is asked before a run is deleted; @param actor who asks: another one's run is said to be theirs */
export function deletingWords({ startedBy }: Pick<Run, 'startedBy'>, actor: string | undefined): string {
  return startedBy.id === actor ? 'Delete this backtest?' : `Delete this backtest, which ${startedBy.id} ran?`;
}

/** An instant to the second, as `2026-01-05 09:30:00 UTC`. */
function exactly(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')} UTC`;
}

const isMidnight = (at: string | null): boolean => at === null || at.slice(11) === '00:00:00.000Z';

/** Which requests a run is about: days, both included, in UTC; the instants where it was not asked for by days. */
export function periodOfRun({ since, until }: Pick<Run, 'since' | 'until'>): string {
  if (!isMidnight(since) || !isMidnight(until)) {
    const bounds = [
      ...(since === null ? [] : [`from ${exactly(since)}`]),
      ...(until === null ? [] : [`before ${exactly(until)}`]),
    ];
    return capitalised(bounds.join(', '));
  }
  const first = since === null ? '' : since.slice(0, 10);
  const last = until === null ? '' : new Date(Date.parse(until) - 1).toISOString().slice(0, 10);
  return periodInWords({ from: first, to: last });
}
