/** Read models as they are, held against the same ones made anew from the log. */
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';

type Runner = ReadModels['sendingGate'] | ReadModels['timeline'];

const runnersOf = (models: ReadModels): readonly Runner[] =>
  [
    models.sendingGate,
    models.setupGuide,
    models.reviewQueue,
    models.accounts,
    models.timeline,
    models.transitions,
    models.domainClaims,
    models.deadlines,
    models.journeys,
  ] as unknown as readonly Runner[];

/** Waits until every read model reflects the head of the log. */
export async function caughtUp(store: EventStore, models: ReadModels): Promise<void> {
  const head = await store.head();
  if (head === undefined) return;
  for (const runner of runnersOf(models)) {
    if (!(await runner.waitFor(head, 60_000))) throw new Error(`${runner.projection.name} does not catch up`);
  }
}

/** Where the rows of a caught-up set of read models differ from a rebuild; none is what must be. */
export async function differencesFromRebuild(store: EventStore, models: ReadModels): Promise<string[]> {
  await caughtUp(store, models);
  const fresh = new ReadModels(store, new ReadModelStore(':memory:'));
  const differences: string[] = [];
  try {
    for (const [index, runner] of runnersOf(models).entries()) {
      const other = runnersOf(fresh)[index];
      if (other === undefined) throw new Error('not the same read models');
      await other.rebuild(new AbortController().signal);
      const rows = new Map(runner.store.all(runner.generation));
      const rebuilt = new Map(other.store.all(other.generation));
      if (rows.size !== rebuilt.size)
        differences.push(`${runner.projection.name}: ${rows.size} rows, rebuilt ${rebuilt.size}`);
      for (const [key, row] of rebuilt)
        if (rows.get(key) !== row) differences.push(`${runner.projection.name}: ${key}`);
    }
  } finally {
    await fresh.stop();
  }
  return differences;
}
