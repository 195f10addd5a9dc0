/** Where a stored history and the chart part. */
import type { StateValue } from '../events/envelope.js';

/**
 * How they part: `refused`, the chart has no place for the event · `from` or `to`, the stored state is not the chart's ·
 * `revision`, the event does not follow the one before it in its stream · `unreadable`, it cannot be read, or is none
 * that this version knows.
 */
export type DivergenceKind = 'refused' | 'from' | 'to' | 'revision' | 'unreadable';

/** The first event of a stream at which the two part; what follows it in the stream is not judged. */
export type Divergence = {
  readonly stream: string;
  readonly accountId: string | null;
  readonly revision: number;
  readonly position: string;
  /** The event's type; null where it cannot be read. */
  readonly type: string | null;
  readonly kind: DivergenceKind;
  readonly detail: string;
  /** The chart's state before the event. */
  readonly state: StateValue | null;
  /**
   * What the event says of the state after it, and what the chart says; of the state before it where they differ in that.
   * Null where the one or the other says nothing.
   */
  readonly stored: StateValue | null;
  readonly chart: StateValue | null;
};

/** What a replay found. */
export type Replayed = {
  /** Streams of accounts of which an event was judged. */
  readonly streams: number;
  readonly events: number;
  /** In log order. */
  readonly divergences: readonly Divergence[];
  /** Whether everything was gone through; false when it was stopped. */
  readonly complete: boolean;
};

/** Divergences in log order. A store's positions are all of one length; those of lines in a file are not. */
export function inLogOrder(divergences: readonly Divergence[]): Divergence[] {
  const order = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
  return divergences.toSorted((a, b) => order(a.position, b.position));
}
