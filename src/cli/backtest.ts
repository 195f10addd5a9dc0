/** `gatehouse backtest`: the requests of the log decided again by another policy, in the order of the log. */
import { LRUCache } from 'lru-cache';
import { policyNamed, publishedPolicies } from '../app/policySource.js';
import { hashOf } from '../app/seal.js';
import { AccountBacktest, type PolicyByVersion, type ReplayedRequest } from '../backtest/requests.js';
import { type BacktestFigures, BacktestTally, differs } from '../backtest/tally.js';
import type { Config } from '../config.js';
import type { EventStore, Position, StoredEvent } from '../eventStore/eventStore.js';
import { decode } from '../events/upcast.js';
import type { Instant } from '../events/time.js';
import { describeLog, openLogForReading } from '../parts.js';
import type { PolicyDocument } from '../policy/policy.js';
import { UsageError } from './output.js';
import { readPolicyFile } from './policyFile.js';
import { logProgress, nextTurn, streamUpTo } from './wholeStreams.js';

export type BacktestOptions = {
  readonly candidate: PolicyDocument;
  /** Requests made at this instant or later. */
  readonly since?: Instant | undefined;
  /** Requests made before this instant. */
  readonly until?: Instant | undefined;
  /** Aborting ends it after the request under way. */
  readonly signal: AbortSignal;
  /** Called once the log is open, before any difference. */
  readonly onBegin?: () => void;
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

/** After so many requests others get their turn. */
const turnEvery = 50;

/** Decides again whatever the log has. @throws {UsageError} when there is no log */
export async function backtest(config: Config, options: BacktestOptions): Promise<Backtest> {
  const { candidate } = options;
  const store = openLogForReading(config);
  if (store === undefined) throw new UsageError(`There is no store at ${describeLog(config)} yet.`);
  try {
    const head = await store.head();
    options.onBegin?.();
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
  } finally {
    await store.close();
  }
}

/**
 * A candidate in a file (`-` is standard input), checked as `policy check` does.
 * @throws {UsageError} with every problem, when it is no policy that could be published
 */
export function candidateIn(file: string): PolicyDocument {
  const { valid, document, problems } = readPolicyFile(file);
  if (valid && document !== undefined) return document;
  const lines = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ pointer, problem, remedy }) => `  ${pointer || '/'}: ${problem}. ${remedy}`);
  throw new UsageError(`${file} is no policy that could be published:\n${lines.join('\n')}`);
}

/** @returns whether it came to the end */
async function goThrough(
  store: EventStore,
  head: Position,
  figures: BacktestTally,
  { candidate, since, until, signal, onDifference }: BacktestOptions,
): Promise<boolean> {
  const published = await publishedPolicies(store);
  const policies: PolicyByVersion = (version) =>
    version === undefined ? undefined : policyNamed(published, version)?.document;
  const requests = new RequestsAgain(store, head, candidate, policies);
  const progress = logProgress('backtest', head, 'requests');
  let looked = 0;
  try {
    for await (const event of store.readAll({ types: ['VerificationRequested'], signal })) {
      if (event.position > head) break;
      const at = occurredAt(event);
      if ((since !== undefined && at < since) || (until !== undefined && at >= until)) continue;
      const request = await requests.of(event);
      figures.add(request);
      if (differs(request)) await onDifference(request);
      looked += 1;
      if (looked % turnEvery === 0) await nextTurn();
      progress.update(event.position, looked);
    }
  } finally {
    progress.finish();
  }
  return !signal.aborted;
}

function occurredAt(event: StoredEvent): Instant {
  return decode(event).fact.occurredAt;
}

/**
 * Requests in the order of the log, though an account's stream is gone through once: its further requests wait, and are
 * worked out once more should there be too many of them.
 */
class RequestsAgain {
  readonly #waiting = new LRUCache<string, ReplayedRequest>({ max: waitingRequests });

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
    for await (const event of streamUpTo(this.store, stream, this.head)) account.add(event);
    let wanted: ReplayedRequest | undefined;
    for (const request of account.finish()) {
      if (request.revision === revision) wanted = request;
      if (request.revision > revision) this.#waiting.set(key(request.revision), request);
    }
    if (wanted === undefined) throw new Error(`${stream} has no request at revision ${revision}`);
    return wanted;
  }
}
