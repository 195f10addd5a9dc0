/** A backtest that somebody asked the service for: what was asked, how far it came, what it found. */
import type { Backtest } from '../app/backtestLog.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import type { PolicyDocument } from '../policy/policy.js';

/**
 * `waiting` for its turn · `running` · `finished` came to the end of the log · `cancelled` somebody ended it ·
 * `interrupted` the service stopped meanwhile · `failed` the log could not be gone through
 */
export const runStates = ['waiting', 'running', 'finished', 'cancelled', 'interrupted', 'failed'] as const;
export type RunState = (typeof runStates)[number];

export type BacktestRun = {
  readonly id: string;
  readonly state: RunState;
  readonly candidate: PolicyDocument;
  readonly since: Instant | null;
  readonly until: Instant | null;
  readonly startedBy: Actor;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** How much of the log it has gone through, in events; requests where positions do not count events. */
  readonly done: number;
  /** How much there is to go through, in events; null while that is not known. */
  readonly total: number | null;
  /** Requests that were decided again so far. */
  readonly requests: number;
  /** Those of them that differ: all of them, also beyond those that are kept. */
  readonly differing: number;
  /** Requests that differ and are kept to be looked at: the first ones in the order of the log. */
  readonly kept: number;
  /** What it found; of one that did not come to its end, what it had found until then. Null before it is over. */
  readonly result: Backtest | null;
  /** Why it failed, for people; null otherwise. */
  readonly error: string | null;
};

export function isOver({ state }: Pick<BacktestRun, 'state'>): boolean {
  return state !== 'waiting' && state !== 'running';
}
