/** Read models belong to one log. On another one, or on an older copy of theirs, they start anew. */
import type { EventStore } from '../eventStore/eventStore.js';
import type { ReadModelStore } from './store.js';

/**
 * Drops the read models when they were made from another log than this, or reach further than it does: after the store
 * was changed in the configuration, or restored from a backup. Nothing is lost: they are made anew from the log.
 */
export async function matchReadModels(store: EventStore, rows: ReadModelStore): Promise<void> {
  const log = await logIdentity(store);
  if (log === undefined) return;
  const head = (await store.head()) ?? '';
  if (rows.log !== log || rows.furthest > head) rows.startAnew(log);
}

/** A log is known by its first event and where it stands: a copy in another store has other positions. */
export async function logIdentity(store: EventStore): Promise<string | undefined> {
  for await (const { id, position } of store.readAll()) return `${id}@${position}`;
  return undefined;
}
