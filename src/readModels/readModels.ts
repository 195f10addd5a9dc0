/** Every read model with its runner, started and stopped together. */
import {
  accounts,
  accountTraces,
  deadlines,
  domainClaims,
  journeys,
  reviewQueue,
  sendingGate,
  setupGuide,
  timeline,
  transitions,
} from '../../projections/index.js';
import type { EventStore } from '../eventStore/eventStore.js';
import { ProjectionRunner, type RebuildProgress, type RunnerStatus } from './runner.js';
import type { ReadModelStore } from './store.js';

export class ReadModels {
  readonly sendingGate;
  readonly setupGuide;
  readonly reviewQueue;
  readonly accounts;
  readonly timeline;
  readonly transitions;
  readonly domainClaims;
  readonly accountTraces;
  readonly deadlines;
  readonly journeys;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  /**
   * @param onError told of each failure of a runner; it tries again by itself
   * @param release called when they have stopped
   */
  constructor(
    readonly eventStore: EventStore,
    readonly store: ReadModelStore,
    onError?: (projection: string, error: unknown) => void,
    readonly release: () => void = () => undefined,
  ) {
    this.sendingGate = new ProjectionRunner(eventStore, store, sendingGate, onError);
    this.setupGuide = new ProjectionRunner(eventStore, store, setupGuide, onError);
    this.reviewQueue = new ProjectionRunner(eventStore, store, reviewQueue, onError);
    this.accounts = new ProjectionRunner(eventStore, store, accounts, onError);
    this.timeline = new ProjectionRunner(eventStore, store, timeline, onError);
    this.transitions = new ProjectionRunner(eventStore, store, transitions, onError);
    this.domainClaims = new ProjectionRunner(eventStore, store, domainClaims, onError);
    this.accountTraces = new ProjectionRunner(eventStore, store, accountTraces, onError);
    this.deadlines = new ProjectionRunner(eventStore, store, deadlines, onError);
    this.journeys = new ProjectionRunner(eventStore, store, journeys, onError);
  }

  get #all() {
    return [
      this.sendingGate,
      this.setupGuide,
      this.reviewQueue,
      this.accounts,
      this.timeline,
      this.transitions,
      this.domainClaims,
      this.accountTraces,
      this.deadlines,
      this.journeys,
    ] as const;
  }

  start(): void {
    // A signal of each runner's own: Node warns of more than ten listeners on one.
    const { signal } = this.#stopping;
    this.#running = Promise.all(this.#all.map((runner) => runner.run(AbortSignal.any([signal]))));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.store.close();
    this.release();
  }

  status(): RunnerStatus[] {
    return this.#all.map((runner) => runner.status);
  }

  /** The names that `rebuild` takes. */
  names(): string[] {
    return this.#all.map(({ projection }) => projection.name);
  }

  /**
   * Rebuilds one read model while it serves.
   * @returns how many events it read; undefined when there is no read model of this name
   */
  async rebuild(name: string, onProgress?: (progress: RebuildProgress) => void): Promise<number | undefined> {
    const runner = this.#all.find(({ projection }) => projection.name === name);
    return runner?.rebuild(this.#stopping.signal, onProgress);
  }

  /** Whether every read model has caught up and none fails. */
  get allLive(): boolean {
    return this.#all.every(({ state }) => state === 'live');
  }
}
