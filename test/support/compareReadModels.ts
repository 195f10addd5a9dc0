/** Read models as they are, held against the same ones made anew from the log. */
import type { EventStore } from '../../src/eventStore/eventStore.js';
import type { ReadModels } from '../../src/readModels/readModels.js';
import { ProjectionRunner } from '../../src/readModels/runner.js';
import { ReadModelStore } from '../../src/readModels/store.js';

export type Runner = ReadModels['sendingGate'] | ReadModels['timeline'];

const runnersOf = (models: ReadModels): readonly Runner[] =>
  [
    models.sendingGate,
    models.setupGuide,
    models.reviewQueue,
    models.accounts,
    models.timeline,
    models.transitions,
    models.domainClaims,
    models.accountTraces,
    models.deadlines,
    models.journeys,
  ] as unknown as readonly Runner[];

/** Waits until every read model reflects the head of the log. */
export async function caughtUp(store: EventStore, models: ReadModels): Promise<void> {
  await haveCaughtUp(store, runnersOf(models));
}

async function haveCaughtUp(store: EventStore, runners: readonly Runner[]): Promise<void> {
  const head = await store.head();
  if (head === undefined) return;
  for (const runner of runners) {
    if (!(await runner.waitFor(head, 60_000))) throw new Error(`${runner.projection.name} does not catch up`);
  }
}

/** Where the rows of a set of read models, once caught up, differ from a rebuild; none is what must be. */
export async function differencesFromRebuild(store: EventStore, models: ReadModels): Promise<string[]> {
  return runnersDifferingFromRebuild(store, runnersOf(models));
}

/** The same of some runners. */
export async function runnersDifferingFromRebuild(store: EventStore, runners: readonly Runner[]): Promise<string[]> {
  await haveCaughtUp(store, runners);
  const differences: string[] = [];
  const fresh = new ReadModelStore(':memory:');
  try {
    for (const runner of runners) {
      const { name } = runner.projection;
      const other = new ProjectionRunner(store, fresh, runner.projection as never);
      await other.rebuild(new AbortController().signal);
      const rows = new Map(runner.store.all(runner.generation));
      const rebuilt = new Map(other.store.all(other.generation));
      if (rows.size !== rebuilt.size) differences.push(`${name}: ${rows.size} rows, rebuilt ${rebuilt.size}`);
      for (const [key, row] of rebuilt) if (rows.get(key) !== row) differences.push(`${name}: ${key}`);
    }
  } finally {
    fresh.close();
  }
  return differences;
}
