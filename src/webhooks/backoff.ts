/** When a delivery that failed is tried again, and when no more. Pure. */
import { type Instant, millisecondsBetween, plusMilliseconds } from '../events/time.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses after the first failures; from then on the last one again and again. */
const pauses = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour] as const;

/** How long a delivery is tried, and how often at the least: one that waited behind others has its tries, too. */
const triedFor = 72 * hour;
const leastAttempts = 5;

/** The longest pause that a receiver may ask for with `Retry-After`. */
const longestAsked = hour;

export type Failure = {
  /** How often it was tried, this failure included. */
  readonly attempts: number;
  /** Since when it is to be delivered. */
  readonly since: Instant;
  readonly now: Instant;
  /** A number in [0, 1): makes pauses differ by up to a fifth, so that retries do not come together. */
  readonly chance: number;
  /** What the receiver asked for, in milliseconds. */
  readonly askedPause?: number | undefined;
};

/** No delivery is put off for longer than this: what is due later than that was set by a clock that was ahead. */
export const longestPause = 5 * hour;

/** When it is due again; undefined when it is given up. */
export function nextAttempt({ attempts, since, now, chance, askedPause = 0 }: Failure): Instant | undefined {
  if (attempts >= leastAttempts && millisecondsBetween(since, now) >= triedFor) return undefined;
  const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0];
  return plusMilliseconds(now, Math.max(pause * (0.9 + chance / 5), Math.min(askedPause, longestAsked)));
}
