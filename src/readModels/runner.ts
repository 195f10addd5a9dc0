/** Keeps one read model up to date: catches up, goes live, is rebuilt while the old rows serve. */
import type { Projection } from '../../projections/projection.js';
import type { EventStore, Position, StoredEvent } from '../eventStore/eventStore.js';
import type { Generation, ReadModelStore } from './store.js';
import { GenerationWriter } from './writer.js';

/** Most events of one transaction while catching up. */
const batchSize = 5_000;

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

type Waiter = { readonly position: Position; readonly done: () => void };

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
        this.#state = 'failed';
        this.#error = error instanceof Error ? error.message : String(error);
        this.onError(this.projection.name, error);
        await pause(backoff, signal);
        backoff = Math.min(backoff * 2, lastBackoff);
      }
    }
  }

  async #follow(signal: AbortSignal, onProgress: () => void): Promise<void> {
    let batch: StoredEvent[] = [];
    const after = this.#writer.checkpoint;
    const items = this.eventStore.subscribe({
      ...(after === undefined ? {} : { after }),
      types: this.projection.types,
      signal,
    });
    for await (const item of items) {
      if (item.kind === 'event') batch.push(item.event);
      const full = batch.length >= batchSize;
      if (item.kind === 'event' && !full) continue;
      this.#apply(batch, item.kind === 'caughtUp' ? item.position : item.event.position);
      batch = [];
      onProgress();
      if (item.kind === 'caughtUp') {
        this.#state = 'live';
        this.#error = null;
      }
    }
  }

  #apply(batch: readonly StoredEvent[], position: Position | undefined): void {
    const before = this.#writer.checkpoint;
    // After a rebuild the new generation may be ahead of what this subscription delivers.
    const checkpoint = before !== undefined && (position === undefined || position < before) ? before : position;
    this.#writer.apply(batch, checkpoint);
    this.#wake();
  }

  #wake(): void {
    const { checkpoint } = this.#writer;
    if (checkpoint === undefined || this.#waiters.length === 0) return;
    const ready = this.#waiters.filter(({ position }) => position <= checkpoint);
    this.#waiters = this.#waiters.filter(({ position }) => position > checkpoint);
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
    if ((this.#writer.checkpoint ?? '') >= position) return true;
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        done: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        resolve(false);
      }, milliseconds);
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
      const events = await this.#fill(fresh, signal, onProgress);
      this.store.promote(this.projection as never, fresh.generation);
      this.#writer = fresh;
      this.#rebuiltFrom = events;
      this.#wake();
      return events;
    } catch (error) {
      this.store.drop(fresh.generation);
      throw error;
    } finally {
      this.#rebuilding = null;
    }
  }

  /** Fills a new generation until it is as far as the rows that serve. Nothing is awaited after that is found. */
  async #fill(
    fresh: GenerationWriter<Row>,
    signal: AbortSignal,
    onProgress: (progress: RebuildProgress) => void,
  ): Promise<number> {
    let events = 0;
    do {
      // What the serving rows have reached by now is in the log; up to there nothing may be missing.
      const goal = this.#writer.checkpoint;
      const after = fresh.checkpoint;
      let batch: StoredEvent[] = [];
      const all = this.eventStore.readAll({
        ...(after === undefined ? {} : { after }),
        types: this.projection.types,
        signal,
      });
      for await (const event of all) {
        batch.push(event);
        if (batch.length < batchSize) continue;
        fresh.apply(batch, event.position);
        events += batch.length;
        batch = [];
        this.#rebuilding = { events, position: event.position };
        onProgress(this.#rebuilding);
      }
      signal.throwIfAborted();
      const last = batch.at(-1)?.position ?? fresh.checkpoint;
      fresh.apply(batch, goal !== undefined && (last === undefined || last < goal) ? goal : last);
      events += batch.length;
    } while ((fresh.checkpoint ?? '') < (this.#writer.checkpoint ?? ''));
    onProgress({ events, position: fresh.checkpoint });
    return events;
  }
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
  });
}
