/** What an export is asked for, and which events that covers. Pure. */
import type { Position } from '../eventStore/eventStore.js';
import type { OperationData } from '../events/operations.js';
import type { RecordedEvent } from '../events/upcast.js';

/** What is asked for, as it is recorded. */
export type ExportRequest = Pick<
  OperationData<'ExportStarted'>,
  'what' | 'format' | 'from' | 'to' | 'types' | 'accountId' | 'personalData'
>;

/** Which part of the log an export covers: after one position, up to and with another; `upTo` undefined is none of it. */
export type Range = { readonly after?: Position | undefined; readonly upTo: Position | undefined };

/** Whether an event is asked for, by its time and type. */
export function isAskedFor({ from, to, types }: ExportRequest, { fact }: RecordedEvent): boolean {
  return (
    (from === undefined || fact.occurredAt >= from) &&
    (to === undefined || fact.occurredAt < to) &&
    (types === undefined || types.includes(fact.type))
  );
}
