/**
 * The log account by account, in bounded memory: of all that the log holds, one account's stream at a time. Nothing
 * beyond the head as it was at the start is read, so that a service that goes on writing changes nothing.
 */
import { eventsUpTo, type EventStore, type Position } from '../eventStore/eventStore.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import { startProgress } from './progress.js';

/** The events of a stream up to a place in the log. @throws {UnreadableEvent} */
export async function* streamUpTo(store: EventStore, stream: string, head: Position): AsyncGenerator<RecordedEvent> {
  for await (const stored of store.read(stream)) {
    if (stored.position > head) return;
    yield decode(stored);
  }
}

/** Progress through the log up to its head: by position where positions count events, else by what is counted. */
export function logProgress(label: string, head: Position, unit: string) {
  const total = eventsUpTo(head);
  const { update, finish } = total === 0 ? startProgress(label, 0, unit) : startProgress(label, total, 'events');
  return {
    update: (position: Position, count: number): void =>
      total === 0 ? update(count) : update(eventsUpTo(position), `${count} ${unit}`),
    finish,
  };
}

/** Lets what else waits, such as Ctrl-C, go first. */
export async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
