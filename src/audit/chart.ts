/** Whether the chart accepts the log: every account's stream a legal run, `from` and `to` what the chart says. */
import type { EventStore } from '../eventStore/eventStore.js';
import type { Divergence, Replayed } from '../replay/divergence.js';
import { replayLog } from '../replay/replayLog.js';
import type { Finding } from './findings.js';

/** What a replay of the log is given. */
export type ChartInput = {
  readonly store: EventStore;
  readonly signal: AbortSignal;
  /** Told now and then how many events were gone through. */
  readonly onProgress: (events: number) => void;
};

/** Runs the chart over the log: in this thread, or wherever else. */
export type ChartCheck = (input: ChartInput) => Promise<Pick<Replayed, 'divergences'>>;

/** In this thread. */
export const replayHere: ChartCheck = async ({ store, ...options }) => replayLog(store, options);

/** Events that cannot be read, and gaps, were found by whoever read the whole log: with what else is wrong there. */
const foundBefore: ReadonlySet<Divergence['kind']> = new Set(['unreadable', 'revision']);

/** What the chart found that reading each event by itself did not. */
export function chartFindings(divergences: readonly Divergence[]): Finding[] {
  return divergences
    .filter(({ kind }) => !foundBefore.has(kind))
    .map(({ position, stream, revision, detail }) => ({ kind: 'chart', position, stream, revision, detail }));
}
