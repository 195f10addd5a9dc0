/** Catch-up, then live: the pages of the log, then what is committed, handed over in memory. */
import type { StoredEvent, SubscriptionItem } from './eventStore.js';
import { positionOf, rowNumberOf } from './sqliteRows.js';

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
  readonly page: (after: number) => StoredEvent[];
  readonly head: () => number;
  readonly types: ReadonlySet<string> | undefined;
  /** The commits of this process; absent for a reader beside another process, which looks again and again. */
  readonly commits: CommitFeed | undefined;
  /** How long a reader beside another process waits before it looks again. */
  readonly pollMilliseconds: number;
};

/** Items after a row number, until the signal aborts. */
export async function* subscription(
  source: SubscriptionSource,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem, void, void> {
  let last = after;
  while (!signal.aborted) {
    // The head is read before the page, so that an empty page says that nothing is missing up to it.
    const head = source.head();
    const page = source.page(last);
    for (const event of page) {
      if (signal.aborted) return;
      last = rowNumberOf(event.position);
      yield { kind: 'event', event };
    }
    if (page.length > 0) {
      await nextTurn();
      continue;
    }
    last = Math.max(last, head);
    last = yield* source.commits === undefined
      ? waitAndLook(source, last, signal)
      : live(source, source.commits, last, signal);
  }
}

function caughtUp(last: number): SubscriptionItem {
  return { kind: 'caughtUp', position: last === 0 ? undefined : positionOf(last) };
}

/** A reader beside another process: says that it has caught up, then waits until the head has moved. */
async function* waitAndLook(
  source: SubscriptionSource,
  last: number,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem, number, void> {
  yield caughtUp(last);
  while (!signal.aborted && source.head() <= last) await pause(source.pollMilliseconds, signal);
  return last;
}

/**
 * Live: it listens from the very turn in which the last page was empty, so nothing falls between. Returns the last row
 * number delivered when the subscriber was too slow, to go on from the log.
 */
async function* live(
  source: SubscriptionSource,
  commits: CommitFeed,
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
        if (signal.aborted) return last;
        last = rowNumberOf(event.position);
        if (source.types === undefined || source.types.has(event.type)) yield { kind: 'event', event };
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

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
  });
}
