/**
 * The log account by account, in bounded memory: of all that the log holds, one account's stream at a time. Nothing
 * beyond the head as it was at the start is read, so that a service that goes on writing changes nothing.
 */
import type { EventStore, Position } from '../eventStore/eventStore.js';
import { decode, type RecordedEvent } from '../events/upcast.js';

/** The events of a stream up to a place in the log. @throws {UnreadableEvent} */
export async function* streamUpTo(store: EventStore, stream: string, head: Position): AsyncGenerator<RecordedEvent> {
  for await (const stored of store.read(stream)) {
    if (stored.position > head) return;
    yield decode(stored);
  }
}
