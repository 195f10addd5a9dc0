/**
 * Old events as today's: the one codec between stored bytes and domain events. Stored events are never rewritten; what
 * an older version lacks or names otherwise is mapped here, when it is read.
 */
import type { StoredEvent } from '../eventStore/eventStore.js';
import { type EventType, eventCatalogue, isEventType } from './catalogue.js';
import type { EventMetadata } from './envelope.js';
import type { Fact } from './fact.js';

/** A stored event with its type and metadata known. */
export type RecordedEvent = Omit<StoredEvent, 'type' | 'data' | 'metadata'> & {
  readonly fact: Fact;
  readonly metadata: EventMetadata;
};

/** A stored event that this version cannot read: an unknown type, or a version newer than it knows. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  constructor(
    readonly stream: string,
    readonly revision: number,
    why: string,
  ) {
    super(`${stream} revision ${revision}: ${why}`);
  }
}

type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/**
 * `upcasters[type][version]` turns data of that version into data of the next one. Empty while every event is at its
 * first version.
 */
const upcasters: { readonly [T in EventType]?: Readonly<Record<number, Upcaster>> } = {};

function upcastData(event: StoredEvent, type: EventType, version: number): unknown {
  const current = eventCatalogue[type].version;
  if (version > current) {
    throw new UnreadableEvent(
      event.stream,
      event.revision,
      `${type} has version ${version}, this program knows ${current}; run the newer Gatehouse that wrote it`,
    );
  }
  let data: Record<string, unknown> = event.data;
  for (let from = version; from < current; from++) {
    const step = upcasters[type]?.[from];
    if (step === undefined) {
      throw new UnreadableEvent(event.stream, event.revision, `no upcast of ${type} from version ${from}`);
    }
    data = step(data);
  }
  return data;
}

/**
 * A stored event as the chart and the projections read it.
 * @throws {UnreadableEvent} when its type or version is not known to this program.
 */
export function decode(event: StoredEvent): RecordedEvent {
  if (!isEventType(event.type)) throw new UnreadableEvent(event.stream, event.revision, `unknown type ${event.type}`);
  const metadata = event.metadata as unknown as EventMetadata;
  const data = upcastData(event, event.type, metadata.schemaVersion);
  const fact = { type: event.type, data, actor: metadata.actor, occurredAt: metadata.occurredAt } as Fact;
  const { id, stream, revision, position } = event;
  return { id, stream, revision, position, fact, metadata };
}
