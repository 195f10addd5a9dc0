/** Verifying a log: every event by itself, the chart, the store's own file, and all of it against the checkpoints. */
import type { KeyObject } from 'node:crypto';
import { type EventStore, EventStoreError, type Position, type Unreadable } from '../eventStore/eventStore.js';
import { type ChartCheck, chartFindings, replayHere } from './chart.js';
import { checkChain, checkContent } from './checkEvent.js';
import { Comparison } from './compare.js';
import { type Finding, Findings, mostFindings, type Report } from './findings.js';
import { CheckpointFolder } from './folder.js';
import { pemOf, publicKeyOf, UnusableKey } from './key.js';
import { type Head, recordedHash } from './leaves.js';

export type VerifyOptions = {
  /** The folder of checkpoints. */
  readonly folder: string;
  /** The key that every checkpoint must be signed with; the one beside the checkpoints unless given. */
  readonly publicKey?: KeyObject;
  readonly signal: AbortSignal;
  readonly onProgress?: (phase: 'events' | 'chart', done: number) => void;
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
  const pass = new LogPass(comparison, report);
  const isRead = await guarded(report, async () => pass.read(store, signal, (events) => onProgress('events', events)));
  if (!signal.aborted) {
    await comparison.end();
    await guarded(report, async () => {
      for (const text of await store.selfCheck()) report({ kind: 'store', detail: text });
    });
  }
  // What cannot be read to its end cannot be replayed, either.
  if (isRead && !signal.aborted) {
    const { divergences } = await chart({ store, signal, onProgress: (events) => onProgress('chart', events) });
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
