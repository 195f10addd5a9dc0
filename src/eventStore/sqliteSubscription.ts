/** Catch-up, then live: the pages of the log, then what is committed, handed over in memory. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endable } from './endable.js';
import type { StoredEvent, SubscriptionItem } from './eventStore.js';
import { type PageReader, positionOf, rowNumberOf } from './sqliteRows.js';

/** Most committed events that wait for one slow subscriber; beyond that it goes back to reading the log. */
const largestBuffer = 10_000;

/** The commits of this process, as they happen. */
export class CommitFeed {
  readonly #listeners = new Set<(events: readonly StoredEvent[]) => void>();

  publish(events: readonly StoredEvent[]): void {
    for (const listener of this.#listeners) listener(events);
  }

  listen(listener: (events: readonly StoredEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export type SubscriptionSource = {
  readonly page: PageReader;
  /** The last row number of the log. */
  readonly head: () => number;
  readonly types: ReadonlySet<string> | undefined;
  /** The commits of this process; absent for a reader beside another process, which looks again and again. */
  readonly commits: CommitFeed | undefined;
  /** How long a reader beside another process waits before it looks again. */
  readonly pollMilliseconds: number;
};

/** Items after a row number, until one of the signals aborts or the iteration is left. */
export function subscription(
  source: SubscriptionSource,
  after: number,
  signals: readonly AbortSignal[],
): AsyncIterator<SubscriptionItem, void, void> {
  return endable(signals, (signal) => follow(source, after, signal));
}

async function* follow(
  source: SubscriptionSource,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem, void, void> {
  let last = after;
  while (!signal.aborted) {
    const head = source.head();
    if (last < head) {
      const { events, lookedThrough } = source.page(last, head);
      for (const event of events) {
        yield { kind: 'event', event };
        if (signal.aborted) return;
      }
      last = lookedThrough;
      await nextTurn();
    } else if (source.commits === undefined) {
      yield caughtUp(last);
      // An abort ends the wait at once; the loop then ends.
      const pause = async (): Promise<unknown> =>
        sleep(source.pollMilliseconds, undefined, { signal }).catch(() => undefined);
      while (!signal.aborted && source.head() <= last) await pause();
    } else {
      // No other turn between reading the head and listening, so nothing falls between.
      last = yield* live(source.commits, source.types, last, signal);
    }
  }
}

function caughtUp(last: number): SubscriptionItem {
  return { kind: 'caughtUp', position: last === 0 ? undefined : positionOf(last) };
}

/** Live. Returns the last row number delivered when the subscriber was too slow, to go on from the log. */
async function* live(
  commits: CommitFeed,
  types: ReadonlySet<string> | undefined,
  start: number,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem, number, void> {
  let last = start;
  let waiting: StoredEvent[] = [];
  let overflowed = false;
  let wake: () => void = () => undefined;
  const stop = commits.listen((events) => {
    overflowed ||= waiting.length + events.length > largestBuffer;
    if (overflowed) waiting = [];
    else waiting.push(...events);
    wake();
  });
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  try {
    yield caughtUp(last);
    // The listener changes it while this waits.
    // oxlint-disable-next-line no-unmodified-loop-condition
    while (!signal.aborted && !overflowed) {
      if (waiting.length === 0) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const batch = waiting;
      waiting = [];
      for (const event of batch) {
        last = rowNumberOf(event.position);
        if (types !== undefined && !types.has(event.type)) continue;
        yield { kind: 'event', event };
        if (signal.aborted) return last;
      }
      if (waiting.length === 0 && !overflowed) yield caughtUp(last);
    }
    return last;
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}

/** Lets other work of the event loop go first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
