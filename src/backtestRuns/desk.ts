/**
 * Backtests beside the gate: one at a time, in short stretches, so that nobody waits for them; a few more wait for their
 * turn. They end when they are cancelled or the service stops.
 */
import { randomUUID } from 'node:crypto';
import { backtestLog, type BacktestQuestion } from '../app/backtestLog.js';
import type { ReplayedRequest } from '../backtest/requests.js';
import { eventsUpTo, type EventStore } from '../eventStore/eventStore.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import { type BacktestRun, isOver } from './run.js';
import { type DifferenceQuery, type NumberedDifference, type RunStore } from './runStore.js';

/** Runs that may wait or run at the same time; more are sent away. */
const mostUnfinished = 4;

/** So many requests that differ are kept of a run, unless it is said otherwise. */
const keptDifferences = 20_000;

/** Requests that differ are written so many at a time. */
const differencesAtATime = 100;

export type DeskDeps = {
  readonly store: EventStore;
  readonly runs: RunStore;
  readonly now: () => Instant;
  /** Told of what went wrong with a run. */
  readonly onFailure: (id: string, error: unknown) => void;
  /** So many requests that differ are kept of a run, about 1 KB each; all of them are counted. */
  readonly mostDifferences?: number;
};

/** One that is under way: as it is now, what ends it, and when it has ended. */
type UnderWay = { run: BacktestRun; readonly ends: AbortController; over: Promise<void> };

export class BacktestDesk {
  readonly #underWay = new Map<string, UnderWay>();
  #last: Promise<void> = Promise.resolve();
  #stopped = false;

  /** Runs that a service which is gone left unfinished will never end: they are told as interrupted. */
  constructor(readonly deps: DeskDeps) {
    const { runs, now } = deps;
    for (const run of runs.list().filter((one) => !isOver(one))) {
      runs.put({ ...run, state: 'interrupted', finishedAt: now() });
    }
  }

  /** Takes a backtest on; undefined when too many are under way. */
  start({ candidate, since, until }: BacktestQuestion, startedBy: Actor): BacktestRun | undefined {
    if (this.#stopped || this.#underWay.size >= mostUnfinished) return undefined;
    const run: BacktestRun = {
      id: randomUUID(),
      state: 'waiting',
      candidate,
      since: since ?? null,
      until: until ?? null,
      startedBy,
      createdAt: this.deps.now(),
      startedAt: null,
      finishedAt: null,
      done: 0,
      total: null,
      requests: 0,
      differing: 0,
      kept: 0,
      result: null,
      error: null,
    };
    this.deps.runs.put(run);
    const underWay: UnderWay = { run, ends: new AbortController(), over: Promise.resolve() };
    this.#underWay.set(run.id, underWay);
    // One after the other: side by side they would only be later, all of them.
    underWay.over = this.#last
      .then(async () => this.#work(underWay))
      .catch((error: unknown) => this.deps.onFailure(run.id, error));
    this.#last = underWay.over;
    return run;
  }

  get(id: string): BacktestRun | undefined {
    return this.#underWay.get(id)?.run ?? this.deps.runs.get(id);
  }

  /** All that are known, the newest first. */
  list(): BacktestRun[] {
    return this.deps.runs.list().map((run) => this.#underWay.get(run.id)?.run ?? run);
  }

  differences(id: string, query: DifferenceQuery): NumberedDifference[] {
    return this.deps.runs.differences(id, query);
  }

  /**
   * Ends one that is under way, and keeps what it has found; forgets one that is over.
   * @param keep one that is over is kept, too: who wants to end it may not know yet that it has ended
   * @returns it as it was or is now; undefined when there is none
   */
  async end(id: string, keep = false): Promise<BacktestRun | undefined> {
    const underWay = this.#underWay.get(id);
    if (underWay === undefined) {
      const run = this.deps.runs.get(id);
      if (run !== undefined && !keep) this.deps.runs.remove(id);
      return run;
    }
    underWay.ends.abort();
    if (underWay.run.state === 'waiting') this.#finish(underWay, { state: 'cancelled' });
    else await underWay.over;
    return underWay.run;
  }

  /** Ends all of them, and takes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { ends } of this.#underWay.values()) ends.abort();
    await this.#last;
    this.deps.runs.close();
  }

  async #work(underWay: UnderWay): Promise<void> {
    const { run, ends } = underWay;
    if (isOver(run)) return;
    if (ends.signal.aborted) return this.#finish(underWay, { state: 'interrupted' });
    const { store, now, onFailure } = this.deps;
    const { candidate } = run;
    const [since, until] = [run.since ?? undefined, run.until ?? undefined];
    const differences = new Differences(this.deps, run.id);
    const change = (changed: Partial<BacktestRun>): void => void (underWay.run = { ...underWay.run, ...changed });
    change({ state: 'running', startedAt: now() });
    try {
      const result = await backtestLog(store, {
        candidate,
        since,
        until,
        signal: ends.signal,
        onBegin: (head) => change({ total: eventsUpTo(head) || null }),
        onProgress: ({ position, requests }) => change({ done: eventsUpTo(position) || requests, requests }),
        onDifference: (request) => change({ differing: underWay.run.differing + 1, kept: differences.add(request) }),
      });
      const kept = differences.flush();
      const stopped = this.#stopped ? 'interrupted' : 'cancelled';
      const done = result.complete ? (underWay.run.total ?? underWay.run.done) : underWay.run.done;
      this.#finish(underWay, { state: result.complete ? 'finished' : stopped, result, kept, done });
    } catch (error) {
      onFailure(run.id, error);
      this.#finish(underWay, { state: 'failed', error: error instanceof Error ? error.message : String(error) });
    }
  }

  #finish(underWay: UnderWay, ended: Partial<BacktestRun>): void {
    underWay.run = { ...underWay.run, ...ended, finishedAt: this.deps.now() };
    this.#underWay.delete(underWay.run.id);
    this.deps.runs.put(underWay.run);
  }
}

/** The requests that differ, written some at a time, up to as many as are kept. */
class Differences {
  #waiting: ReplayedRequest[] = [];
  #kept = 0;

  constructor(
    readonly deps: DeskDeps,
    readonly id: string,
  ) {}

  /** @returns how many are kept by now */
  add(request: ReplayedRequest): number {
    if (this.#kept + this.#waiting.length < (this.deps.mostDifferences ?? keptDifferences)) this.#waiting.push(request);
    return this.#waiting.length < differencesAtATime ? this.#kept : this.flush();
  }

  /** @returns how many are kept by now */
  flush(): number {
    this.deps.runs.addDifferences(this.id, this.#kept + 1, this.#waiting);
    this.#kept += this.#waiting.length;
    this.#waiting = [];
    return this.#kept;
  }
}
