/** One thread of a replay: opens the log for itself, and goes through its part of it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EventStoreChoice } from '../config.js';
import { type EventStore, EventStoreError, type LogPart } from '../eventStore/eventStore.js';
import type { Replayed } from '../replay/divergence.js';
import { replayLog } from '../replay/replayLog.js';
import type { Selection } from '../replay/selection.js';

/** What a thread is told. */
export type ReplayTask = { readonly log: EventStoreChoice; readonly part: LogPart; readonly selection: Selection };

/** What it says. */
export type ReplayMessage =
  | { readonly kind: 'progress'; readonly events: number }
  | { readonly kind: 'done'; readonly replayed: Replayed }
  | { readonly kind: 'failed'; readonly error: string; readonly retryable: boolean };

/** Only the adapter that is needed: the others take longer to load than a small log to replay. */
async function open(log: EventStoreChoice): Promise<EventStore | undefined> {
  if (log.kind === 'esdb') {
    const { openStoreForReading } = await import('../parts.js');
    return openStoreForReading(log);
  }
  const { openSqliteEventStore } = await import('../eventStore/sqlite.js');
  return openSqliteEventStore({ file: log.file, readOnly: true });
}

const port = parentPort;
if (port === null) throw new Error('this runs as a thread of a replay');
const { log, part, selection } = workerData as ReplayTask;
const stopping = new AbortController();
port.once('message', () => stopping.abort());
const say = (message: ReplayMessage): void => port.postMessage(message);

async function work(): Promise<Replayed> {
  const store = await open(log);
  if (store === undefined) throw new Error('there is no log any more');
  try {
    const onProgress = (events: number): void => say({ kind: 'progress', events });
    return await replayLog(store, { selection, part, signal: stopping.signal, onProgress });
  } finally {
    await store.close();
  }
}

try {
  say({ kind: 'done', replayed: await work() });
} catch (error) {
  const retryable = error instanceof EventStoreError;
  say({ kind: 'failed', error: error instanceof Error ? error.message : String(error), retryable });
}
// Nobody else speaks to it any more, and it ends.
port.unref();
