/** What an abuse signal leads to: the policy's thresholds, held against what the account has had already. Pure. */
import type { EventData } from '../events/catalogue.js';
import { type Instant, millisecondsBetween } from '../events/time.js';
import type { ReasonCode } from '../events/vocabulary.js';
import type { PolicyDocument } from './policy.js';

export type AbuseSignal = EventData<'AbuseSignalRecorded'>;
export type Threshold = PolicyDocument['abuse']['thresholds'][number];

/** What bears on the consequence beside the signal itself. */
export type AbuseState = {
  readonly standing: 'none' | 'good' | 'warned' | 'suspended' | 'closed';
  /** Whether there is a verification that can be looked at again, and is not being looked at. */
  readonly canBeReReviewed: boolean;
  /** The warnings so far. */
  readonly warnings: readonly { readonly at: Instant; readonly codes: readonly ReasonCode[] }[];
};

/** Within so many hours an account is not warned again for the same reason: the warning it has says it all. */
export const warnAgainAfterHours = 24;

const weight = { warn: 1, re_review: 2, suspend: 3 } as const;

/** Whether a signal reaches a threshold. One without a rate reaches only those that need none. */
function isMet({ kind, rateAtLeast }: Threshold, signal: AbuseSignal): boolean {
  return kind === signal.kind && (rateAtLeast === undefined || (signal.rate ?? -1) >= rateAtLeast);
}

function isWarnedOf(code: ReasonCode, { warnings }: AbuseState, now: Instant): boolean {
  return warnings.some(
    ({ at, codes }) => codes.includes(code) && millisecondsBetween(at, now) < warnAgainAfterHours * 3_600_000,
  );
}

/** Whether a consequence has a place: what stands already is neither weakened nor said twice. */
function isPossible({ consequence, reasonCode }: Threshold, state: AbuseState, now: Instant): boolean {
  const live = state.standing === 'good' || state.standing === 'warned';
  if (consequence === 're_review') return state.canBeReReviewed && state.standing !== 'closed';
  return live && (consequence === 'suspend' || !isWarnedOf(reasonCode, state, now));
}

/**
 * The strongest consequence of those whose threshold the signal meets and that have a place; undefined when the signal
 * is only recorded. A re-review has no place on an account that is not verified: its reviewer sees the signal anyway.
 */
export function consequenceOf(
  signal: AbuseSignal,
  state: AbuseState,
  { abuse }: PolicyDocument,
  now: Instant,
): Threshold | undefined {
  const possible = abuse.thresholds.filter(
    (threshold) => isMet(threshold, signal) && isPossible(threshold, state, now),
  );
  return possible.toSorted((a, b) => weight[b.consequence] - weight[a.consequence])[0];
}

/** The signal and the rule, for reviewers. */
export function whyOf({ kind, rate, window, source }: AbuseSignal, threshold: Threshold, version: string): string {
  const measured = rate === undefined ? '' : ` at a rate of ${rate}`;
  const within = window === undefined ? '' : ` within ${window}`;
  const from = threshold.rateAtLeast === undefined ? 'every signal' : `a rate of ${threshold.rateAtLeast}`;
  return `Signal: ${kind}${measured}${within}, from ${source}. Rule of policy ${version}: ${kind}, from ${from} on, ${threshold.consequence}.`;
}
