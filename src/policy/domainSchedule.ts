/**
 * When a domain is looked at next. It follows from the log and the policy alone, so that every node, and every restart,
 * names the same instants.
 */
import { type Instant, millisecondsBetween, plusMilliseconds } from '../events/time.js';
import type { DomainState } from './facts.js';
import type { PolicyDocument } from './policy.js';

/** What the schedule of a domain follows from. */
export type ScheduledDomain = {
  readonly state: DomainState;
  /** Since when it has been in this state, or has had its key. */
  readonly since: Instant;
  /** Since when a domain that may still send has failed its checks. */
  readonly failingSince?: Instant | undefined;
};

const minute = 60_000;
const hour = 60 * minute;

/** A domain that is not verified is looked at for so long, then only when somebody asks. */
const mostPatience = 30 * 24 * hour;

/** The first multiple of a step after an age. */
function nextMultiple(age: number, step: number): number {
  return (Math.floor(age / step) + 1) * step;
}

/**
 * The first look after an age, in milliseconds: each after a quarter of the time passed, but not more often
 * than `shortest` and not less than `longest`; so whoever waits for an hour waits some minutes more, not a day.
 */
function nextOfGrowing(age: number, shortest: number, longest: number): number {
  let look = 0;
  // In whole milliseconds, as instants are: a fraction would be lost, and the same look be named again.
  while (look <= age) look += Math.ceil(Math.min(Math.max(look / 4, shortest), Math.max(longest, shortest)));
  return look;
}

/**
 * When to look at a domain next.
 * @param after when it was looked at last; before `since` where it was not yet, as it is
 * @param now a look that was due before now, and was missed, is still due
 * @returns the instant that names the look; undefined when nobody waits for one any more
 */
export function nextLook(
  { state, since, failingSince }: ScheduledDomain,
  after: Instant,
  now: Instant,
  policy: PolicyDocument['domains'],
): Instant | undefined {
  const recheck = policy.recheckEveryHours * hour;
  const shortest = policy.checkEveryMinutes * minute;
  const from = (start: Instant, next: (age: number) => number): Instant =>
    plusMilliseconds(start, next(after < start ? 0 : millisecondsBetween(start, after)));
  const patienceEnds = plusMilliseconds(since, mostPatience);
  if (after < since && now < patienceEnds) return since;
  if (state === 'verified') return from(since, (age) => nextMultiple(age, recheck));
  if (state === 'temporaryFailure') {
    if (failingSince === undefined) return from(since, (age) => nextOfGrowing(age, shortest, recheck));
    // Four times as often as the policy's count and time ask for: so both can be reached, and a mend is seen soon.
    const step = Math.ceil((policy.lapseAfterHours * hour) / policy.lapseAfterFailures / 4);
    return from(failingSince, (age) => nextMultiple(age, Math.max(Math.min(step, recheck), minute)));
  }
  const look = from(since, (age) => nextOfGrowing(age, shortest, 24 * hour));
  return look > patienceEnds || now > patienceEnds ? undefined : look;
}
