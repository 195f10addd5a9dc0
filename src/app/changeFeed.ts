/**
 * What happens to accounts, told to many readers as it happens: one subscription to the log for all of them. It says
 * that an account changed, not how; a reader asks for what it shows. The latest changes are kept, so that a reader who
 * comes back goes on where it was; one who was away for longer is told to begin anew.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Position, Revision, StoredEvent } from '../eventStore/eventStore.js';
import { accountOf, type EventMetadata } from '../events/envelope.js';
import type { Instant } from '../events/time.js';

/** An event of an account, as far as it is told. */
export type Change = {
  readonly position: Position;
  readonly accountId: string;
  readonly revision: Revision;
  readonly type: string;
  readonly occurredAt: Instant;
};

/** The latest changes that are kept for those who come back; one takes some 200 bytes. */
const mostKept = 5_000;
/** Most changes that wait for one reader, all those kept among them; one who is slower than that is cut off. */
const mostWaiting = 2 * mostKept + 1_000;
/** The pause before it tries again after a failure, in milliseconds: doubled each time, up to the last. */
const firstPause = 200;
const lastPause = 10_000;
/**
 * How long the log may be out of reach before readers are sent away, in milliseconds: a new leader is found in less. To
 * one who stays silence says that nothing happened.
 */
const longestBlindness = 5_000;

export type Follower = {
  /** Where this reader begins: nothing up to here is told. */
  readonly start: Position;
  /** Why a reader who came back must begin anew; undefined when it misses nothing. */
  readonly reset: 'too_old' | 'position_unknown' | undefined;
  /** The changes that came since the last call. */
  readonly take: () => readonly Change[];
  /** Resolves when there are changes to take, after so many milliseconds, or when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Whether more came than is kept for it: it must leave, and may come back. */
  readonly overrun: boolean;
  readonly leave: () => void;
};

export class ChangeFeed {
  readonly #store: Pick<EventStore, 'head' | 'subscribe'>;
  readonly #onError: (error: unknown) => void;
  readonly #stopping = new AbortController();
  readonly #everything = new Set<Reader>();
  readonly #ofAccount = new Map<string, Set<Reader>>();
  /** The latest changes, in the log's order: the oldest half goes when there are twice as many as are kept. */
  #kept: Change[] = [];
  /** Everything after this position is in `#kept`. */
  #keptAfter: Position = '';
  /** Everything up to this position was told. */
  #position: Position = '';
  /** Since when the log cannot be followed, by the monotonic clock; undefined while it can. */
  #blindSince: number | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(store: Pick<EventStore, 'head' | 'subscribe'>, onError: (error: unknown) => void = () => undefined) {
    this.#store = store;
    this.#onError = onError;
  }

  /** Follows the log from its present end. @throws {EventStoreError} */
  async start(): Promise<void> {
    this.#position = this.#keptAfter = (await this.#store.head()) ?? '';
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Whether the log has been out of reach for so long that readers must not take silence for quiet. */
  get isBlind(): boolean {
    return this.#blindSince !== undefined && performance.now() - this.#blindSince >= longestBlindness;
  }

  get readers(): number {
    let count = this.#everything.size;
    for (const readers of this.#ofAccount.values()) count += readers.size;
    return count;
  }

  /**
   * Begins to tell a reader.
   * @param accountId only this account's changes; all of them when undefined
   * @param after the last position that the reader was told; undefined for a new one, who begins here
   * @param head the last position of the log: a reader that knows one beyond it was told of another log
   */
  follow(accountId: string | undefined, after: Position | undefined, head: Position = ''): Follower {
    const reset = after === undefined ? undefined : this.#cannotResume(after, head);
    const start = after === undefined || reset !== undefined ? this.#position : after;
    const missed = this.#kept.filter(
      (change) => change.position > start && (accountId === undefined || change.accountId === accountId),
    );
    const reader = new Reader(start, reset, missed, () => this.#remove(accountId, reader));
    const readers = accountId === undefined ? this.#everything : (this.#ofAccount.get(accountId) ?? new Set());
    readers.add(reader);
    if (accountId !== undefined) this.#ofAccount.set(accountId, readers);
    return reader;
  }

  #cannotResume(after: Position, head: Position): Follower['reset'] {
    if (after > head && after > this.#position) return 'position_unknown';
    return after < this.#keptAfter ? 'too_old' : undefined;
  }

  #remove(accountId: string | undefined, reader: Reader): void {
    if (accountId === undefined) {
      this.#everything.delete(reader);
      return;
    }
    const readers = this.#ofAccount.get(accountId);
    readers?.delete(reader);
    if (readers?.size === 0) this.#ofAccount.delete(accountId);
  }

  #tell(event: StoredEvent): void {
    this.#position = event.position;
    const accountId = accountOf(event.stream);
    if (accountId === undefined) return;
    const { position, revision, type } = event;
    const { occurredAt } = event.metadata as EventMetadata;
    const change = { position, accountId, revision, type, occurredAt };
    this.#kept.push(change);
    if (this.#kept.length >= 2 * mostKept) {
      const gone = this.#kept.slice(0, -mostKept);
      this.#kept = this.#kept.slice(-mostKept);
      this.#keptAfter = gone.at(-1)?.position ?? this.#keptAfter;
    }
    for (const reader of this.#everything) reader.tell(change);
    for (const reader of this.#ofAccount.get(accountId) ?? []) reader.tell(change);
  }

  #lose(error: unknown): void {
    this.#blindSince ??= performance.now();
    this.#onError(error);
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    for (let pause = firstPause; !signal.aborted; pause = Math.min(pause * 2, lastPause)) {
      try {
        const after = this.#position === '' ? {} : { after: this.#position };
        for await (const item of this.#store.subscribe({ ...after, signal })) {
          if (item.kind === 'lost') {
            this.#lose(item.error);
            continue;
          }
          this.#blindSince = undefined;
          if (item.kind === 'event') this.#tell(item.event);
          if (item.kind === 'caughtUp') {
            this.#position = item.position ?? this.#position;
            pause = firstPause;
          }
        }
      } catch (error) {
        if (signal.aborted) break;
        this.#lose(error);
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

class Reader implements Follower {
  #waiting: Change[];
  #wake: () => void = () => undefined;
  overrun = false;

  constructor(
    readonly start: Position,
    readonly reset: Follower['reset'],
    missed: Change[],
    readonly leave: () => void,
  ) {
    this.#waiting = missed;
  }

  tell(change: Change): void {
    // A node may be behind the one that the reader was told by before.
    if (change.position <= this.start || this.overrun) return;
    if (this.#waiting.length >= mostWaiting) {
      this.overrun = true;
      this.#waiting = [];
    } else this.#waiting.push(change);
    this.#wake();
  }

  take(): readonly Change[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0 || this.overrun || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
  }
}
