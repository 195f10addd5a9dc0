/** The requests of the log decided again by another policy, in the order of the log. */
import { LRUCache } from 'lru-cache';
import { AccountBacktest, type PolicyByVersion, type ReplayedRequest } from '../backtest/requests.js';
import { type BacktestFigures, BacktestTally, differs } from '../backtest/tally.js';
import type { EventStore, Position, StoredEvent } from '../eventStore/eventStore.js';
import type { Instant } from '../events/time.js';
import { decode } from '../events/upcast.js';
import type { PolicyDocument } from '../policy/policy.js';
import { policyNamed, publishedPolicies } from './policySource.js';
import { hashOf } from './seal.js';
import { pausesAfter } from './stretches.js';
import { streamUpTo } from './wholeStreams.js';

/** What is asked: which policy, and of which requests. */
export type BacktestQuestion = {
  readonly candidate: PolicyDocument;
  /** Requests made at this instant or later. */
  readonly since?: Instant | undefined;
  /** Requests made before this instant. */
  readonly until?: Instant | undefined;
};

export type BacktestOptions = BacktestQuestion & {
  /** Aborting ends it after the request under way. */
  readonly signal: AbortSignal;
  /** Called once, before any request, with the end of the log as it is looked at; undefined for an empty one. */
  readonly onBegin?: (head: Position | undefined) => void;
  /** Told how far it came, after each request, also of those that are not asked for. */
  readonly onProgress?: (reached: { readonly position: Position; readonly requests: number }) => void;
  /** Told of each request that differs, in the order of the log; the next one waits until it is done. */
  readonly onDifference: (request: ReplayedRequest) => void | Promise<void>;
};

export type Backtest = {
  readonly candidate: { readonly version: string; readonly hash: string };
  readonly since: Instant | null;
  readonly until: Instant | null;
  /** The end of the log as it was looked at; null for an empty one. */
  readonly position: Position | null;
  /** False when it was stopped before the end. */
  readonly complete: boolean;
} & BacktestFigures;

/** Further requests of accounts that were gone through, until the log comes to them. */
const waitingRequests = 50_000;

/** So long it works at a stretch, in milliseconds, before everything else gets its turn. */
const stretch = 2;

/**
 * Decides again whatever the log has up to its present end.
 * @throws {UnfoldableEvent} when the log and the chart have parted
 * @throws {EventStoreError}
 */
export async function backtestLog(store: EventStore, options: BacktestOptions): Promise<Backtest> {
  const { candidate } = options;
  const head = await store.head();
  options.onBegin?.(head);
  const figures = new BacktestTally();
  const complete = head === undefined || (await goThrough(store, head, figures, options));
  return {
    candidate: { version: candidate.version, hash: hashOf(candidate) },
    since: options.since ?? null,
    until: options.until ?? null,
    position: head ?? null,
    complete,
    ...figures.figures(),
  };
}

/** @returns whether it came to the end */
async function goThrough(
  store: EventStore,
  head: Position,
  figures: BacktestTally,
  { candidate, since, until, signal, onProgress, onDifference }: BacktestOptions,
): Promise<boolean> {
  const published = await publishedPolicies(store);
  const policies: PolicyByVersion = (version) =>
    version === undefined ? undefined : policyNamed(published, version)?.document;
  const requests = new RequestsAgain(store, head, candidate, policies);
  let looked = 0;
  for await (const event of store.readAll({ types: ['VerificationRequested'], signal })) {
    if (event.position > head) break;
    await requests.pause();
    const at = decode(event).fact.occurredAt;
    if ((since === undefined || at >= since) && (until === undefined || at < until)) {
      const request = await requests.of(event);
      figures.add(request);
      if (differs(request)) await onDifference(request);
      looked += 1;
    }
    onProgress?.({ position: event.position, requests: looked });
  }
  return !signal.aborted;
}

/**
 * Requests in the order of the log, though an account's stream is gone through once: its further requests wait, and are
 * worked out once more should there be too many of them.
 */
class RequestsAgain {
  readonly #waiting = new LRUCache<string, ReplayedRequest>({ max: waitingRequests });
  readonly pause = pausesAfter(stretch);

  constructor(
    readonly store: EventStore,
    readonly head: Position,
    readonly candidate: PolicyDocument,
    readonly policies: PolicyByVersion,
  ) {}

  /** @param event its VerificationRequested @throws {UnfoldableEvent} when the log and the chart have parted */
  async of({ stream, revision }: StoredEvent): Promise<ReplayedRequest> {
    const key = (of: number): string => `${stream}@${of}`;
    const known = this.#waiting.get(key(revision));
    if (known !== undefined) {
      this.#waiting.delete(key(revision));
      return known;
    }
    const account = new AccountBacktest(this.candidate, this.policies);
    for await (const event of streamUpTo(this.store, stream, this.head)) {
      account.add(event);
      await this.pause();
    }
    let wanted: ReplayedRequest | undefined;
    for (const request of account.finish()) {
      if (request.revision === revision) wanted = request;
      if (request.revision > revision) this.#waiting.set(key(request.revision), request);
    }
    if (wanted === undefined) throw new Error(`${stream} has no request at revision ${revision}`);
    return wanted;
  }
}
