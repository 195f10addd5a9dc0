/** Verifying a log: every event by itself, the chart, the store's own file, and all of it against the checkpoints. */
import type { KeyObject } from 'node:crypto';
import {
  eventsUpTo,
  type EventStore,
  EventStoreError,
  type Position,
  type Unreadable,
} from '../eventStore/eventStore.js';
import { type ChartCheck, chartFindings, replayHere } from './chart.js';
import { checkChain, checkContent } from './checkEvent.js';
import { Comparison } from './compare.js';
import { type Finding, Findings, mostFindings, type Report } from './findings.js';
import { CheckpointFolder } from './folder.js';
import { pemOf, publicKeyOf, UnusableKey } from './key.js';
import { type Head, recordedHash } from './leaves.js';

/** What is being done: reading each event, the store looking at its own file, running the chart. */
export const verifyPhases = ['events', 'store', 'chart'] as const;
export type VerifyPhase = (typeof verifyPhases)[number];

/** Told how many events of how many were gone through; of a total of 0 nobody knows. */
export type OnVerified = (phase: VerifyPhase, done: number, total: number) => void;

export type VerifyOptions = {
  /** The folder of checkpoints. */
  readonly folder: string;
  /** The key that every checkpoint must be signed with; the one beside the checkpoints unless given. */
  readonly publicKey?: KeyObject;
  /** The number of a checkpoint that is known to have been taken: without it, the newest ones were removed. */
  readonly atLeast?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: OnVerified;
  /** Runs the chart over the log. */
  readonly chart?: ChartCheck;
};

export type Verification = {
  /** Events that were read, also those that could not be understood. */
  readonly events: number;
  readonly streams: number;
  readonly checkpoints: number;
  /** The position of the newest checkpoint up to which the log and all checkpoints agree; null where there is none. */
  readonly verifiedTo: Position | null;
  /** Events after it: only their own chains and the chart speak for them. */
  readonly uncovered: number;
  /** False when it was stopped. */
  readonly complete: boolean;
  /** How many findings there are; the first thousand are listed. */
  readonly found: number;
  readonly findings: readonly Finding[];
};

/**
 * Verifies a log and its checkpoints. It only reads, so it works beside a running service: events that come meanwhile are
 * left for the next time.
 * @throws {EventStoreError} when the store cannot be reached; a damaged one is a finding
 */
export async function verifyLog(store: EventStore, options: VerifyOptions): Promise<Verification> {
  const { signal, onProgress = () => undefined, chart = replayHere } = options;
  const findings = new Findings();
  const { report } = findings;
  const folder = new CheckpointFolder(options.folder);
  // The checkpoints first: those that are taken meanwhile may cover more than what is read of the log.
  const numbers = await folder.numbers();
  const comparison = await Comparison.open(folder, await keyOf(folder, numbers.length, options, report), findings);
  checkNewest(numbers.at(-1) ?? 0, options, report);
  const pass = new LogPass(comparison, report);
  const total = eventsUpTo(await store.head().catch((): undefined => undefined));
  const isRead = await guarded(report, async () =>
    pass.read(store, signal, (events) => onProgress('events', events, total)),
  );
  if (!signal.aborted) {
    onProgress('store', 0, 0);
    await comparison.end();
    await guarded(report, async () => {
      for (const text of await store.selfCheck()) report({ kind: 'store', detail: text });
    });
  }
  // What cannot be read to its end cannot be replayed, either.
  if (isRead && !signal.aborted) {
    const { divergences } = await chart({
      store,
      signal,
      onProgress: (events) => onProgress('chart', events, pass.events),
    });
    for (const finding of chartFindings(divergences)) report(finding);
  }
  const { verified } = comparison;
  return {
    events: pass.events,
    streams: comparison.heads.size,
    checkpoints: numbers.length,
    verifiedTo: verified?.statement.position ?? null,
    uncovered: pass.events - (verified?.statement.events ?? 0),
    complete: !signal.aborted,
    found: findings.count,
    findings: findings.kept,
  };
}

/** The key to check with: the one that was given, else the one beside the checkpoints. */
async function keyOf(
  folder: CheckpointFolder,
  checkpoints: number,
  { publicKey: given }: VerifyOptions,
  report: Report,
): Promise<KeyObject | undefined> {
  if (given !== undefined) return given;
  const pem = await folder.publicKey();
  if (pem === undefined && checkpoints === 0) return undefined;
  const place = `${folder.path}/public-key.pem`;
  if (pem === undefined) {
    report({ kind: 'key', detail: `${place} is missing: nothing says whether the checkpoints are genuine.` });
    return undefined;
  }
  try {
    const key = publicKeyOf(pem, place);
    if (pemOf(key) !== pem) report({ kind: 'key', detail: `${place} is not as it was written.` });
    return key;
  } catch (error) {
    if (!(error instanceof UnusableKey)) throw error;
    report({ kind: 'key', detail: error.message });
    return undefined;
  }
}

/** Whether the newest checkpoint is there, as far as the one who asks knows of it; somebody who gives a key knows of one. */
function checkNewest(newest: number, { atLeast, publicKey }: VerifyOptions, report: Report): void {
  const known = atLeast ?? (publicKey === undefined ? 0 : 1);
  if (newest >= known) return;
  const here = newest === 0 ? 'there is none here' : `the newest one here is ${newest}`;
  report({ kind: 'checkpoint-missing', checkpoint: known, detail: `It was taken, and ${here}.` });
}

/** What a damaged store throws is a finding; one that cannot be reached is not. Gives whether all went well. */
async function guarded(report: Report, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof EventStoreError) || error.retryable) throw error;
    report({ kind: 'log', detail: error.message });
    return false;
  }
}

/** One reading of the whole log. */
class LogPass {
  events = 0;
  #before: Position = '';
  /** Events that could not be read, and have not been counted in yet: they are told of before their page. */
  #unreadable: Unreadable[] = [];
  /** More of them than are kept. */
  #more = 0;

  constructor(
    readonly comparison: Comparison,
    readonly report: Report,
  ) {}

  async read(store: EventStore, signal: AbortSignal, onProgress: (events: number) => void): Promise<void> {
    const onUnreadable = (event: Unreadable): void => {
      if (this.#unreadable.length < mostFindings) this.#unreadable.push(event);
      else this.#more += 1;
    };
    for await (const event of store.readAll({ signal, onUnreadable })) {
      await this.#countUnreadable(event.position);
      await this.comparison.reach(event.position);
      this.#checkPosition(event.position);
      checkChain(event, this.comparison.heads.get(event.stream), this.report);
      checkContent(event, this.report);
      const head: Head = { revision: event.revision, hash: recordedHash(event) };
      this.comparison.take(event, head);
      this.events += 1;
      onProgress(this.events);
    }
    await this.#countUnreadable(undefined);
    this.events += this.#more;
  }

  /** Counts those before a position, or all that are left. */
  async #countUnreadable(upTo: Position | undefined): Promise<void> {
    if (this.#unreadable.length === 0) return;
    const isDue = ({ position }: Unreadable): boolean => upTo === undefined || position < upTo;
    const due = this.#unreadable.filter(isDue);
    this.#unreadable = this.#unreadable.filter((event) => !isDue(event));
    for (const { why: detail, ...place } of due) {
      await this.comparison.reach(place.position);
      this.report({ kind: 'unreadable', ...place, detail });
      this.comparison.skip(place.position);
      this.events += 1;
    }
  }

  #checkPosition(position: Position): void {
    if (position <= this.#before) {
      this.report({
        kind: 'position',
        position,
        detail: `It does not come after ${this.#before}, which is before it.`,
      });
    }
    this.#before = position;
  }
}
