/** Events on their way to and from the client. */
import type { AllStreamResolvedEvent, JSONEventData, ResolvedEvent } from '@eventstore/db-client';
import { esdb } from './esdbClient.js';
import type { JsonObject, NewEvent, StoredEvent } from './eventStore.js';
import { positionOf } from './esdbPosition.js';

const utf8 = new TextEncoder();

/** As the client takes it. Metadata as bytes goes on as it is; as an object it would go through base64 and back. */
export function esdbEvent({ id, type, data, metadata }: NewEvent): JSONEventData {
  return esdb().jsonEvent({ id, type, data, metadata: utf8.encode(JSON.stringify(metadata)) });
}

/**
 * As the port gives it; undefined for a link whose event is gone. What is no JSON object is given as it is: whoever
 * decodes it says where the unreadable event stands.
 */
export function storedEvent(resolved: ResolvedEvent | AllStreamResolvedEvent): StoredEvent | undefined {
  const { event } = resolved;
  if (event === undefined) return undefined;
  const { id, type, data, metadata, streamId, revision, position } = event;
  const commit = resolved.commitPosition ?? 0n;
  return {
    id,
    type,
    data: data as JsonObject,
    metadata: (metadata ?? {}) as JsonObject,
    stream: streamId,
    revision: Number(revision),
    position: positionOf(position ?? { commit, prepare: commit }),
  };
}
