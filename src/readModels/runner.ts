/** Keeps one read model up to date: catches up, goes live, is rebuilt while the old rows serve. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Projection } from '../../projections/projection.js';
import type { EventStore, Position } from '../eventStore/eventStore.js';
import type { Generation, ReadModelStore } from './store.js';
import { GenerationWriter } from './writer.js';

/** Most rows that wait in memory for one transaction while catching up: an account's events then write its row once. */
const mostDirtyRows = 5_000;

/** How long it waits before it tries again after a failure, in milliseconds: doubled each time, up to the last. */
const firstBackoff = 100;
const lastBackoff = 10_000;

/** `starting` until it has caught up once; `live` since; `failed` while the store or an event cannot be read. */
export type RunnerState = 'starting' | 'live' | 'failed';

export type RebuildProgress = { readonly events: number; readonly position: Position | undefined };

export type RunnerStatus = {
  readonly projection: string;
  readonly state: RunnerState;
  readonly checkpoint: Position | null;
  readonly error: string | null;
  readonly rebuilding: RebuildProgress | null;
  /** How many events the last rebuild read; null before the first. */
  readonly rebuiltFrom: number | null;
};

type Waiter = { readonly isMet: (checkpoint: Position) => boolean; readonly done: () => void };

export class ProjectionRunner<Row extends object> {
  #writer: GenerationWriter<Row>;
  #state: RunnerState = 'starting';
  #error: string | null = null;
  #rebuilding: RebuildProgress | null = null;
  #rebuiltFrom: number | null = null;
  #waiters: Waiter[] = [];

  constructor(
    readonly eventStore: EventStore,
    readonly store: ReadModelStore,
    readonly projection: Projection<Row>,
    readonly onError: (projection: string, error: unknown) => void = () => undefined,
  ) {
    this.#writer = new GenerationWriter(store, projection, store.open(projection as never));
  }

  /** Follows the log until the signal aborts. It never throws: a failure is reported, and tried again. */
  async run(signal: AbortSignal): Promise<void> {
    let backoff = firstBackoff;
    while (!signal.aborted) {
      try {
        await this.#follow(signal, () => (backoff = firstBackoff));
      } catch (error) {
        if (signal.aborted) break;
        this.#fail(error);
        // An abort ends the wait at once; the loop then ends.
        await sleep(backoff, undefined, { signal }).catch(() => undefined);
        backoff = Math.min(backoff * 2, lastBackoff);
      }
    }
  }

  async #follow(signal: AbortSignal, onProgress: () => void): Promise<void> {
    const after = this.#writer.checkpoint;
    const options = { ...(after === undefined ? {} : { after }), types: this.projection.types, signal };
    this.#writer.discard();
    for await (const item of this.eventStore.subscribe(options)) {
      if (item.kind === 'lost') {
        // What the rows say may be old: the gate denies until they are known to be up to date again.
        this.#flush(this.#writer.checkpoint);
        this.#fail(item.error);
        continue;
      }
      if (item.kind === 'event') this.#writer.absorb(item.event);
      if (item.kind === 'event' && this.#writer.dirtyRows < mostDirtyRows) continue;
      this.#flush(item.kind === 'caughtUp' ? item.position : item.event.position);
      onProgress();
      if (item.kind === 'caughtUp') {
        this.#state = 'live';
        this.#error = null;
      }
    }
  }

  #fail(error: unknown): void {
    this.#state = 'failed';
    this.#error = error instanceof Error ? error.message : String(error);
    this.onError(this.projection.name, error);
  }

  #flush(position: Position | undefined): void {
    const before = this.#writer.checkpoint;
    // After a rebuild the new generation may be ahead of what this subscription delivers.
    this.#writer.flush(before !== undefined && (position === undefined || position < before) ? before : position);
    this.#wake();
  }

  #wake(): void {
    const { checkpoint } = this.#writer;
    if (checkpoint === undefined || this.#waiters.length === 0) return;
    const ready = this.#waiters.filter(({ isMet }) => isMet(checkpoint));
    this.#waiters = this.#waiters.filter((waiter) => !ready.includes(waiter));
    for (const { done } of ready) done();
  }

  /** The log position that the rows reflect. */
  get position(): Position | undefined {
    return this.#writer.checkpoint;
  }

  get generation(): Generation {
    return this.#writer.generation;
  }

  get state(): RunnerState {
    return this.#state;
  }

  get status(): RunnerStatus {
    return {
      projection: this.projection.name,
      state: this.#state,
      checkpoint: this.#writer.checkpoint ?? null,
      error: this.#error,
      rebuilding: this.#rebuilding,
      rebuiltFrom: this.#rebuiltFrom,
    };
  }

  /** One row by its key. */
  row(key: string): Row | undefined {
    return this.#writer.row(key);
  }

  /**
   * Waits until the rows reflect a position.
   * @param milliseconds how long at most
   * @returns false when it took longer
   */
  async waitFor(position: Position, milliseconds: number): Promise<boolean> {
    return this.#wait((checkpoint) => checkpoint >= position, milliseconds);
  }

  /**
   * Waits until the rows reflect more than a position.
   * @param position undefined: more than nothing
   * @param milliseconds how long at most
   * @param signal ends the wait early
   */
  async waitBeyond(position: Position | undefined, milliseconds: number, signal: AbortSignal): Promise<boolean> {
    return this.#wait((checkpoint) => checkpoint > (position ?? ''), milliseconds, signal);
  }

  async #wait(isMet: Waiter['isMet'], milliseconds: number, signal?: AbortSignal): Promise<boolean> {
    if (isMet(this.#writer.checkpoint ?? '')) return true;
    if (signal?.aborted === true) return false;
    return new Promise((resolve) => {
      const end = (met: boolean): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        if (!met) this.#waiters = this.#waiters.filter((one) => one !== waiter);
        resolve(met);
      };
      const giveUp = (): void => end(false);
      const waiter: Waiter = { isMet, done: () => end(true) };
      const timer = setTimeout(giveUp, milliseconds);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiters.push(waiter);
    });
  }

  /**
   * Makes the rows anew from the whole log, in a table of their own; the old rows serve until the new ones have caught
   * up with them, then the two change places in one transaction.
   */
  async rebuild(
    signal: AbortSignal,
    onProgress: (progress: RebuildProgress) => void = () => undefined,
  ): Promise<number> {
    if (this.#rebuilding !== null) throw new Error(`${this.projection.name} is being rebuilt already`);
    this.#rebuilding = { events: 0, position: undefined };
    const fresh = new GenerationWriter(this.store, this.projection, this.store.create(this.projection as never));
    try {
      let events = 0;
      do {
        events += await this.#fillFurther(fresh, signal, (more) => onProgress(this.#progress(events + more, fresh)));
      } while (!(this.#takeOver(fresh) || (await nextTurn())));
      onProgress(this.#progress(events, fresh));
      this.#rebuiltFrom = events;
      return events;
    } catch (error) {
      this.store.drop(fresh.generation);
      throw error;
    } finally {
      this.#rebuilding = null;
    }
  }

  #progress(events: number, { checkpoint }: GenerationWriter<Row>): RebuildProgress {
    this.#rebuilding = { events, position: checkpoint };
    return this.#rebuilding;
  }

  /**
   * Lets a new generation serve, if it is as far as the one that serves. Asked and done without waiting for anything, so
   * that no event can fall between.
   */
  #takeOver(fresh: GenerationWriter<Row>): boolean {
    const behind = (fresh.checkpoint ?? '') < (this.#writer.checkpoint ?? '');
    // What the serving rows have taken in and not written yet would be lost with them.
    if (behind || this.#writer.dirtyRows > 0) return false;
    this.store.promote(this.projection as never, fresh.generation);
    this.#writer = fresh;
    this.#wake();
    return true;
  }

  /** Fills a new generation up to the end of the log as it is now. Gives the number of events. */
  async #fillFurther(
    fresh: GenerationWriter<Row>,
    signal: AbortSignal,
    onProgress: (events: number) => void,
  ): Promise<number> {
    // What the serving rows have reached by now is in the log; up to there nothing may be missing.
    const goal = this.#writer.checkpoint;
    let events = 0;
    let last = fresh.checkpoint;
    const options = { ...(last === undefined ? {} : { after: last }), types: this.projection.types, signal };
    for await (const event of this.eventStore.readAll(options)) {
      fresh.absorb(event);
      events += 1;
      last = event.position;
      if (fresh.dirtyRows < mostDirtyRows) continue;
      fresh.flush(last);
      onProgress(events);
    }
    signal.throwIfAborted();
    fresh.flush(goal !== undefined && (last === undefined || last < goal) ? goal : last);
    return events;
  }
}

/** Lets other work of the event loop go first. */
async function nextTurn(): Promise<false> {
  await new Promise((resolve) => setImmediate(resolve));
  return false;
}
