/** A replay of a whole log on several cores: each thread takes the streams of its part. */
import { availableParallelism } from 'node:os';
import type { EventStoreChoice } from '../config.js';
import { inLogOrder, type Replayed } from '../replay/divergence.js';
import type { Selection } from '../replay/selection.js';
import { inThread } from '../threads/thread.js';
import type { ReplayTask } from './replayWorker.js';

export type ReplayThreads = {
  readonly log: EventStoreChoice;
  readonly selection?: Selection;
  readonly signal: AbortSignal;
  /** Told now and then how many events were gone through, by all of them. */
  readonly onProgress?: (events: number) => void;
  /** How many; as many as there are cores, unless given. */
  readonly threads?: number;
};

/** More would only read the same log more often. */
const mostThreads = 8;

/** Young objects of a thread, in MiB: most of what is parsed is garbage at once, and a small nursery is full at once. */
const youngGeneration = 96;

/**
 * Replays a log.
 * @throws {StoreUnavailable} when a thread cannot read it
 */
export async function replayInThreads(options: ReplayThreads): Promise<Replayed> {
  const { log, selection = {}, signal, onProgress, threads } = options;
  const of = threads ?? Math.min(availableParallelism(), mostThreads);
  const done: number[] = Array.from({ length: of }, () => 0);
  const failed = new AbortController();
  const ending = AbortSignal.any([signal, failed.signal]);
  const parts = done.map(async (_none, index) =>
    replayPart({ log, part: { index, of }, selection }, ending, (events) => {
      done[index] = events;
      onProgress?.(done.reduce((sum, one) => sum + one, 0));
    }),
  );
  const replayed = await Promise.all(parts).catch(async (error: unknown) => {
    // What the others would still find, nobody waits for.
    failed.abort();
    await Promise.allSettled(parts);
    throw error;
  });
  return {
    streams: replayed.reduce((sum, { streams }) => sum + streams, 0),
    events: replayed.reduce((sum, { events }) => sum + events, 0),
    divergences: inLogOrder(replayed.flatMap(({ divergences }) => divergences)),
    complete: replayed.every(({ complete }) => complete),
  };
}

async function replayPart(
  task: ReplayTask,
  signal: AbortSignal,
  onProgress: (events: number) => void,
): Promise<Replayed> {
  const resourceLimits = { maxYoungGenerationSizeMb: youngGeneration };
  return inThread(new URL('./replayWorker.js', import.meta.url), { task, signal, onProgress, resourceLimits });
}
