/** The rows of an export: the same columns in every format. Pure. */
import type { Json } from '../eventStore/eventStore.js';
import { accountOf } from '../events/envelope.js';
import type { RecordedEvent } from '../events/upcast.js';

/** `instant` is RFC 3339 in UTC with milliseconds; `json` any JSON value. Every value may be null where `optional`. */
export type ColumnType = 'text' | 'integer' | 'boolean' | 'instant' | 'json';

export type Column = { readonly name: string; readonly type: ColumnType; readonly optional?: true };

export type Row = Readonly<Record<string, Json>>;

export type Table = {
  readonly what: string;
  readonly columns: readonly Column[];
  /**
   * The row of an event; undefined when it has none.
   * @param personalData whether what is marked as personal is included
   */
  readonly row: (event: RecordedEvent, personalData: boolean) => Row | undefined;
};

/** The columns that say which event it is, when it happened and who did it. */
export const identity: readonly Column[] = [
  { name: 'position', type: 'text' },
  { name: 'accountId', type: 'text' },
  { name: 'revision', type: 'integer' },
  { name: 'id', type: 'text' },
  { name: 'type', type: 'text' },
  { name: 'occurredAt', type: 'instant' },
  { name: 'recordedAt', type: 'instant' },
  { name: 'imported', type: 'boolean' },
  { name: 'actorType', type: 'text' },
  { name: 'actorId', type: 'text' },
  { name: 'onBehalfOf', type: 'text', optional: true },
];

/** The values of those columns. */
export function identityOf({ position, stream, revision, id, fact, metadata }: RecordedEvent) {
  return {
    position,
    accountId: accountOf(stream) ?? stream,
    revision,
    id,
    type: fact.type,
    occurredAt: fact.occurredAt,
    recordedAt: metadata.recordedAt,
    imported: metadata.imported === true,
    actorType: fact.actor.type,
    actorId: fact.actor.id,
    onBehalfOf: metadata.onBehalfOf ?? null,
  };
}
