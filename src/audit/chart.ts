/** Whether the chart accepts the log: every account's stream a legal run, `from` and `to` what the chart says. */
import canonicalize from 'canonicalize';
import { advance, initialSnapshot, stateOf } from '../../machines/fold.js';
import { EventStoreError, type EventStore, type StoredEvent } from '../eventStore/eventStore.js';
import { accountOf } from '../events/envelope.js';
import { decode, UnreadableEvent } from '../events/upcast.js';
import type { Finding, Report } from './findings.js';

/** What a check of the chart is given. */
export type ChartInput = {
  readonly store: EventStore;
  /** The streams of the log. */
  readonly streams: Iterable<string>;
  readonly signal: AbortSignal;
  /** Told how many streams were gone through. */
  readonly onProgress: (streams: number) => void;
};

/** Runs the chart over the log, and reports where the two part: at most once a stream. */
export type ChartCheck = (input: ChartInput, report: Report) => Promise<void>;

/** One account after the other, in this thread; one snapshot is kept. */
export const checkChart: ChartCheck = async ({ store, streams, signal, onProgress }, report) => {
  let done = 0;
  for (const stream of streams) {
    if (signal.aborted) return;
    if (accountOf(stream) !== undefined) {
      const found = await firstDivergence(store, stream);
      if (found !== undefined) report(found);
    }
    onProgress(++done);
  }
};

async function firstDivergence(store: EventStore, stream: string): Promise<Finding | undefined> {
  let snapshot = initialSnapshot;
  let expected = 0;
  try {
    for await (const event of store.read(stream)) {
      // What is missing was reported; what follows it is no run of the chart.
      if (event.revision !== expected++) return undefined;
      const { fact, metadata } = decode(event);
      if (!isSame(metadata.from, stateOf(snapshot))) {
        return divergence(event, `It says that it leads from another state than ${JSON.stringify(stateOf(snapshot))}.`);
      }
      const next = advance(snapshot, fact);
      if (next === undefined) {
        return divergence(event, `The chart refuses ${fact.type} in ${JSON.stringify(stateOf(snapshot))}.`);
      }
      if (!isSame(metadata.to, stateOf(next))) {
        return divergence(event, `It says that it leads elsewhere than to ${JSON.stringify(stateOf(next))}.`);
      }
      snapshot = next;
    }
  } catch (error) {
    // Reported already, with its place: by whoever read the whole log.
    const isReported = error instanceof UnreadableEvent || (error instanceof EventStoreError && !error.retryable);
    if (!isReported) return { kind: 'chart', stream, detail: `The chart cannot be run over it: ${String(error)}` };
  }
  return undefined;
}

function divergence({ position, stream, revision }: StoredEvent, detail: string): Finding {
  return { kind: 'chart', position, stream, revision, detail };
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalize(one) === canonicalize(other);
}
