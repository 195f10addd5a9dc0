/** One thread of a replay: opens the log for itself, and goes through its part of it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EventStoreChoice } from '../config.js';
import { closing, type EventStore, type LogPart } from '../eventStore/eventStore.js';
import { replayLog } from '../replay/replayLog.js';
import type { Selection } from '../replay/selection.js';
import { workAsThread } from '../threads/thread.js';

/** What a thread is told. */
export type ReplayTask = { readonly log: EventStoreChoice; readonly part: LogPart; readonly selection: Selection };

/** Only the adapter that is needed: the others take longer to load than a small log to replay. */
async function open(log: EventStoreChoice): Promise<EventStore | undefined> {
  if (log.kind === 'esdb') {
    const { openStoreForReading } = await import('../parts.js');
    return openStoreForReading(log);
  }
  const { openSqliteEventStore } = await import('../eventStore/sqlite.js');
  return openSqliteEventStore({ file: log.file, readOnly: true });
}

const { log, part, selection } = workerData as ReplayTask;

await workAsThread(parentPort, async (signal, onProgress) => {
  const store = await open(log);
  if (store === undefined) throw new Error('there is no log any more');
  return closing(store, async () => replayLog(store, { selection, part, signal, onProgress }));
});
