/**
 * Figures of all accounts' journeys, worked out beside the gate without holding it up, and kept while the log stands
 * still: asking again costs nothing.
 */
import { LRUCache } from 'lru-cache';
import type { Journey } from '../../projections/journeys.js';
import { Analysis, type Figures } from '../analytics/analysis.js';
import type { Range } from '../analytics/range.js';
import { pausesAfter } from '../app/stretches.js';
import type { Position } from '../eventStore/eventStore.js';
import type { ReadModels } from '../readModels/readModels.js';
import { HttpProblem, problem } from './problem.js';

export type FiguresAt = { readonly figures: Figures; readonly position: Position | undefined };

/** Answers kept, each for a time asked for; one takes some 50 KiB for every two years of weeks. */
const mostKept = 32;

/** Questions that wait for their turn; more are sent away. */
const mostWaiting = 32;

/** So long it works at a stretch, in milliseconds, before everything else gets its turn. */
const stretch = 2;

export class FigureDesk {
  readonly #kept = new LRUCache<string, FiguresAt>({ max: mostKept });
  /** Work that has not begun: it will reflect what is there when it begins, so whoever asks the same meanwhile shares it. */
  readonly #waiting = new Map<string, Promise<FiguresAt>>();
  #last: Promise<unknown> = Promise.resolve();

  /** @param stopping ends what is under way when the service stops */
  constructor(
    readonly readModels: ReadModels,
    readonly stopping: AbortSignal,
  ) {}

  /**
   * The figures of a time, as of the position that the journeys have reached when it is asked, or a later one.
   * @throws {HttpProblem} 503 when too many questions wait already, or the service stops
   */
  async of(range: Range): Promise<FiguresAt> {
    const key = `${range.from ?? ''}/${range.to ?? ''}`;
    const known = this.#current(key);
    if (known !== undefined) return known;
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) return waiting;
    if (this.#waiting.size >= mostWaiting) throw busy('Many figures are being worked out. Ask again shortly.');
    // One after the other: side by side they would only be later, all of them.
    const work = this.#last.then(async () => {
      this.#waiting.delete(key);
      return this.#current(key) ?? this.#workOut(key, range);
    });
    this.#waiting.set(key, work);
    this.#last = work.catch(() => undefined);
    return work;
  }

  #current(key: string): FiguresAt | undefined {
    const known = this.#kept.get(key);
    return known?.position === this.readModels.journeys.position ? known : undefined;
  }

  async #workOut(key: string, range: Range): Promise<FiguresAt> {
    const { store, projection } = this.readModels.journeys;
    const pause = this.#pauses();
    const snapshot = store.snapshot(projection as never);
    try {
      const analysis = new Analysis(range);
      for (const row of snapshot.rows) {
        analysis.add(JSON.parse(row) as Journey);
        await pause();
      }
      const steps = analysis.figures();
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) await pause();
      const found = { figures: step.value, position: snapshot.position };
      this.#kept.set(key, found);
      return found;
    } finally {
      snapshot.close();
    }
  }

  /** Lets others go first, once a stretch of work is over. */
  #pauses(): () => Promise<void> | undefined {
    const pause = pausesAfter(stretch);
    return () =>
      pause()?.then(() => {
        if (this.stopping.aborted) throw busy('The service is stopping.');
      });
  }
}

function busy(detail: string): HttpProblem {
  return new HttpProblem(problem(503, 'busy', detail), { 'Retry-After': '2' });
}
