/**
 * The event store port: what Gatehouse needs of a log, and nothing else. Adapters implement it; the contract suite in
 * `test/contract/` is its definition, run on every adapter.
 */

/** A JSON value, as stored. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. Payloads are `type`s, not `interface`s, so that they are assignable to it. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * A place in the whole log: `0-9` and `-`, of one fixed width per store, so that byte order is the log's order. Sparse:
 * consecutive events need not have consecutive positions.
 */
export type Position = string;

/** The number of an event in its stream; the first is 0. */
export type Revision = number;

/** What a stream must look like for an append to go ahead: absent, or with its last event at this revision. */
export type ExpectedRevision = 'noStream' | Revision;

/** An event about to be appended. `id` is a UUID, unique in the log. */
export type NewEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
};

/** An event as the store holds it. */
export type StoredEvent = NewEvent & {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
};

/** The append was refused because the stream is not as expected. `actual` is its last revision, or `noStream`. */
export type AppendConflict = { readonly kind: 'conflict'; readonly actual: ExpectedRevision };

/** The append is durable. `revision` and `position` are those of its last event. */
export type Appended = { readonly kind: 'appended'; readonly revision: Revision; readonly position: Position };

/** Reads of one stream: `from` is the first revision wanted (default 0). */
export type ReadOptions = { readonly from?: Revision; readonly signal?: AbortSignal };

/** Which events of the whole log: those after (not at) a position, optionally only those of some types. */
export type LogFilter = { readonly after?: Position; readonly types?: readonly string[] };

/**
 * One part of a log that is read in several: the streams whose name falls to `index` of `of`. Together the parts are the
 * whole, and every event of a stream is in the same one.
 */
export type LogPart = { readonly index: number; readonly of: number };

/** A stored event that cannot be read back, or is not as this store writes one; and what of it can be told. */
export type Unreadable = {
  readonly position: Position;
  readonly stream: string;
  readonly revision: Revision;
  readonly why: string;
};

export type ReadAllOptions = LogFilter & {
  readonly signal?: AbortSignal;
  readonly part?: LogPart;
  /** Told of each event that cannot be read, which is then left out. Without it the read ends with `StoreCorrupted`. */
  readonly onUnreadable?: (event: Unreadable) => void;
  /**
   * Whether an event is unreadable, too, that is not written as this store writes it, though it reads the same: true
   * unless said otherwise, and of no effect without `onUnreadable`.
   */
  readonly asWritten?: boolean;
};

/** A subscription ends, without an error, when its signal aborts. */
export type SubscribeOptions = LogFilter & { readonly signal: AbortSignal };

/**
 * What a subscription yields: events in log order, and a mark each time everything stored so far was delivered. The
 * mark's `position` is the log position up to which nothing is missing, also when the filter skipped what is there; it
 * is absent while the log is empty. `lost` says that the store has not been reached for a while: until the next
 * `caughtUp` nobody knows what was written meanwhile.
 */
export type SubscriptionItem =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'caughtUp'; readonly position: Position | undefined }
  | { readonly kind: 'lost'; readonly error: EventStoreError };

export type SubscriptionDrops = { readonly count: number; readonly last: string | null };

export interface EventStore {
  /**
   * Appends events to a stream, all or none, durably.
   *
   * The same ids at the same expected revision again give the first result. Events of one call are consecutive in
   * the stream.
   *
   * @throws {StoreUnavailable} when the store cannot be reached or written; whether the events were written is then
   *   unknown, and repeating the call unchanged is safe.
   * @throws {AppendTooLarge} when the events exceed what the store takes in one append; nothing was written.
   * @throws {StoreClosed} after `close`.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended | AppendConflict>;

  /** The events of one stream, oldest first; a stream that does not exist is empty. */
  read(stream: string, options?: ReadOptions): AsyncIterable<StoredEvent>;

  /** All events stored when the iteration begins (perhaps some that came since), in log order. It ends under steady writes. */
  readAll(options?: ReadAllOptions): AsyncIterable<StoredEvent>;

  /** Events as they come, after catching up from `after`; it survives dropped connections. */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionItem>;

  /** What the store itself finds wrong with how it keeps the log, as sentences; none when it is in order. */
  selfCheck(): Promise<readonly string[]>;

  /** The position of the last event in the log, or undefined while it is empty. */
  head(): Promise<Position | undefined>;

  /** How often subscriptions were dropped and taken up again since the store was opened, and why the last time. */
  readonly drops: SubscriptionDrops;

  /** Waits for appends under way, ends subscriptions, releases the store. Calling it again does nothing. */
  close(): Promise<void>;
}

/** Base of the port's errors; adapters throw no others for the store's failures. */
export abstract class EventStoreError extends Error {
  /** Whether the same call may succeed later without anybody changing the configuration. */
  abstract readonly retryable: boolean;
}

/** The store cannot be reached, read or written just now. */
export class StoreUnavailable extends EventStoreError {
  override readonly name = 'StoreUnavailable';
  readonly retryable = true;
}

/** The store was closed by this process. */
export class StoreClosed extends EventStoreError {
  override readonly name = 'StoreClosed';
  readonly retryable = false;
}

/** Another process holds the store's writer lock. */
export class StoreLocked extends EventStoreError {
  override readonly name = 'StoreLocked';
  readonly retryable = false;
}

/** The store cannot be opened as configured: wrong address, rights, file or format. The message says the remedy. */
export class StoreMisconfigured extends EventStoreError {
  override readonly name = 'StoreMisconfigured';
  readonly retryable = false;
}

/** One append is larger than the store takes. */
export class AppendTooLarge extends EventStoreError {
  override readonly name = 'AppendTooLarge';
  readonly retryable = false;
}

/** A stored event cannot be read back: the store was damaged or altered. The message names the place. */
export class StoreCorrupted extends EventStoreError {
  override readonly name = 'StoreCorrupted';
  readonly retryable = false;

  /** @param event the one event that cannot be read; absent where more than that is damaged */
  constructor(
    message: string,
    options?: ErrorOptions,
    readonly event?: Unreadable,
  ) {
    super(message, options);
  }
}

/** What each of a name's last characters counts for, the very last first: simple enough to be asked in SQL, too. */
export const partWeights = [1, 3, 7, 13] as const;

/** Whether a stream falls to this part of the log: by the sum of its name's last characters, weighted, modulo `of`. */
export function isInPart(stream: string, { index, of }: LogPart): boolean {
  const last = Array.from(stream.slice(-2 * partWeights.length)).toReversed();
  const sum = partWeights.reduce((total, weight, at) => total + weight * (last[at]?.codePointAt(0) ?? 0), 0);
  return sum % of === index;
}

/** About how many events there are up to a place; 0 where positions do not count them (those of the embedded store do). */
export function eventsUpTo(position: Position | undefined | null): number {
  const count = Number(position ?? 0);
  return Number.isNaN(count) ? 0 : count;
}

/** Uses a store, and closes it however that ends. */
export async function closing<T>(store: EventStore, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    await store.close();
  }
}
