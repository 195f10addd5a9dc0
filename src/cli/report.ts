/** `gatehouse report`: the journeys' projection, folded over the log itself, beside a running service or without one. */
import { type Journey, journeys } from '../../projections/journeys.js';
import { Analysis, type Figures } from '../analytics/analysis.js';
import { streamUpTo } from '../app/wholeStreams.js';
import type { Config } from '../config.js';
import type { EventStore, Position } from '../eventStore/eventStore.js';
import { type Instant, toMilliseconds } from '../events/time.js';
import { describeLog, openLogForReading } from '../parts.js';
import { UsageError } from './output.js';
import { logProgress, nextTurn } from './logProgress.js';

export type ReportOptions = {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly signal: AbortSignal;
};

export type Report = Figures & {
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** The end of the log as it was looked at; null for an empty one. */
  readonly position: Position | null;
};

/** After so many accounts others get their turn. */
const turnEvery = 100;

/**
 * The figures, as the service would give them at this position.
 * @returns undefined when it was stopped
 * @throws {UsageError} when there is no log
 */
export async function report(config: Config, { from, to, signal }: ReportOptions): Promise<Report | undefined> {
  const store = openLogForReading(config);
  if (store === undefined) throw new UsageError(`There is no store at ${describeLog(config)} yet.`);
  try {
    const head = await store.head();
    const analysis = new Analysis({
      from: from === undefined ? undefined : toMilliseconds(from),
      to: to === undefined ? undefined : toMilliseconds(to),
    });
    if (head !== undefined) await addAll(store, head, analysis, signal);
    if (signal.aborted) return undefined;
    const steps = analysis.figures();
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return { from: from ?? null, to: to ?? null, position: head ?? null, ...step.value };
  } finally {
    await store.close();
  }
}

/** Every account once, by its first event; of all that the log holds, one stream is in memory at a time. */
async function addAll(store: EventStore, head: Position, analysis: Analysis, signal: AbortSignal): Promise<void> {
  const progress = logProgress('report', head, 'accounts');
  const types: ReadonlySet<string> = new Set(journeys.types);
  let accounts = 0;
  try {
    for await (const first of store.readAll({ types: ['AccountSignedUp'], signal })) {
      if (first.position > head) break;
      let row: Journey | undefined;
      for await (const event of streamUpTo(store, first.stream, head)) {
        if (types.has(event.fact.type)) row = journeys.evolve(row, event);
      }
      if (row !== undefined) analysis.add(row);
      accounts += 1;
      if (accounts % turnEvery === 0) await nextTurn();
      progress.update(first.position, accounts);
    }
  } finally {
    progress.finish();
  }
}
