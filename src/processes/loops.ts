/** Runs loops: work that no event starts, because it falls due. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Loop } from './process.js';

export type LoopRunnerDeps = {
  readonly onSuccess: (loop: string, part?: string) => void;
  readonly onProblem: (loop: string, error: Error, part?: string) => void;
};

/** The longest pause after failures in a row, in milliseconds. */
const longestPause = 60_000;

export class LoopRunner {
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    readonly deps: LoopRunnerDeps,
    readonly loops: readonly Loop[],
  ) {
    // Every request under way listens: more than ten at once are work, not a leak.
    setMaxListeners(0, this.#stopping.signal);
  }

  start(): void {
    this.#running = Promise.all(this.loops.map((loop) => this.#repeat(loop)));
  }

  /** What is under way is told to end, and awaited. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #repeat(loop: Loop): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        await loop.run(signal);
        failures = 0;
        this.deps.onSuccess(loop.name, loop.part);
      } catch (error) {
        if (signal.aborted) break;
        failures += 1;
        this.deps.onProblem(loop.name, error instanceof Error ? error : new Error(String(error)), loop.part);
      }
      const pause = Math.min(loop.everyMilliseconds * 2 ** failures, Math.max(longestPause, loop.everyMilliseconds));
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
