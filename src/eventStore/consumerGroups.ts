/**
 * The port of processes: events delivered to one of several consumers, at least once, and set aside (parked) when their
 * effect fails again and again.
 */
import type { StoredEvent } from './eventStore.js';

export type ConsumerGroup = {
  /** Unique in the log: 1 to 64 characters of `a-z 0-9 -`. */
  readonly name: string;
  readonly types: readonly string[];
  /** One consumer at a time, events in log order; otherwise consumers side by side. */
  readonly ordered: boolean;
  /** Where a group that is new begins: at the first event, or after those there are. */
  readonly from: 'start' | 'now';
};

/** An event whose effect failed too often. */
export type ParkedEvent = {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** What the last attempt said. */
  readonly reason: string;
  readonly parkedAt: string;
};

export type Consumer = {
  /**
   * The effect. When it has happened, the event is acknowledged; when it rejects, the event comes again after a pause,
   * and is parked after `mostRetries` retries. After a crash an event whose effect happened may come again.
   * @param attempt 0 the first time
   */
  readonly handle: (event: StoredEvent, attempt: number) => Promise<void>;
  /** Told of failed attempts, and of dropped connections. */
  readonly onProblem: (error: Error) => void;
  /** Told now and then while the connection holds: a drop that `onProblem` was told of is over. */
  readonly onConnected?: () => void;
  readonly signal: AbortSignal;
};

/** How often a failed effect is tried again before its event is parked. */
export const mostRetries = 5;

/** The pause before the next attempt, in milliseconds. */
export function retryPause(attempt: number): number {
  return Math.min(100 * 2 ** attempt, 5_000);
}

export interface ConsumerGroups {
  /** Makes a group if there is none of its name. */
  create(group: ConsumerGroup): Promise<void>;

  /** Delivers until the signal aborts; what is under way finishes first. @throws {EventStoreError} */
  consume(group: ConsumerGroup, consumer: Consumer): Promise<void>;

  /** What a group has parked, oldest first. @param most so many at most; all of it unless given */
  parked(name: string, most?: number): Promise<ParkedEvent[]>;

  /** Delivers what is parked once more. @returns how many events */
  replayParked(name: string): Promise<number>;

  close(): void;
}
