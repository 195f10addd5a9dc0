/** Which events of a replay are judged and counted; the others are only gone through, since history builds on them. */
import type { RecordedEvent } from '../events/upcast.js';
import type { Instant } from '../events/time.js';
import { accountOf } from '../events/envelope.js';
import { verificationState } from '../policy/status.js';

/** What `where` can name: a field of the event, and the value that it must have. */
export const selectableFields = ['account', 'type', 'actor', 'role', 'command', 'policy', 'state'] as const;
export type SelectableField = (typeof selectableFields)[number];

/** All must hold. Plain data, so that it can be given to another thread. */
export type Selection = {
  /** Events that occurred at this instant or later… */
  readonly from?: Instant;
  /** … and before this one. */
  readonly to?: Instant;
  readonly where?: readonly { readonly field: SelectableField; readonly value: string }[];
};

/** The value of each field; `state` is the verification state that the event led to, as stored. */
const valueOf: Readonly<Record<SelectableField, (event: RecordedEvent) => string | undefined>> = {
  account: ({ stream }) => accountOf(stream),
  type: ({ fact }) => fact.type,
  actor: ({ fact }) => fact.actor.id,
  role: ({ fact }) => fact.actor.type,
  command: ({ metadata }) => metadata.commandId,
  policy: ({ metadata }) => metadata.policyVersion,
  state: ({ metadata }) => verificationState(metadata.to),
};

/** Whether an event is judged. */
export function isSelected(event: RecordedEvent, { from, to, where }: Selection): boolean {
  const { occurredAt } = event.fact;
  if ((from !== undefined && occurredAt < from) || (to !== undefined && occurredAt >= to)) return false;
  return where === undefined || where.every(({ field, value }) => valueOf[field](event) === value);
}

/** Whether an event that cannot be read may be one that is judged: of it no more is known than its stream. */
export function mayBeSelected(stream: string, { where = [] }: Selection): boolean {
  return where.every(({ field, value }) => field !== 'account' || accountOf(stream) === value);
}
