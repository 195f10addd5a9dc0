/** Every event of every account as one row, in log order: who moved what, by which command, from where to where, why. */
import { commandBehind, reasonCodesIn } from '../src/events/causedBy.js';
import { eventTypes } from '../src/events/catalogue.js';
import { accountOf, type StateValue } from '../src/events/envelope.js';
import { sameState } from '../src/events/stateValue.js';
import type { Actor, ReasonCode } from '../src/events/vocabulary.js';
import { standingOf, verificationState } from '../src/policy/status.js';
import type { ColumnValue, ProjectedEvent, Projection } from './projection.js';

/** An event by what it did to the chart. Its data stays in the timeline: here is nothing personal. */
export type Transition = {
  readonly position: string;
  readonly accountId: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly imported: boolean;
  readonly actor: Actor;
  readonly onBehalfOf: string | null;
  /** The command that led to it, such as `ApproveVerification`. */
  readonly command: string;
  readonly commandId: string;
  /** Null for an account's first event: there was no account. */
  readonly from: StateValue | null;
  readonly to: StateValue | null;
  readonly reasons: readonly ReasonCode[];
  readonly policyVersion: string | null;
  readonly hash: string;
};

function transition({ id, revision, position, stream, fact, metadata }: ProjectedEvent): Transition {
  return {
    position,
    accountId: accountOf(stream) ?? stream,
    revision,
    id,
    type: fact.type,
    occurredAt: fact.occurredAt,
    recordedAt: metadata.recordedAt,
    imported: metadata.imported === true,
    actor: fact.actor,
    onBehalfOf: metadata.onBehalfOf ?? null,
    command: commandBehind(fact),
    commandId: metadata.commandId,
    from: revision === 0 ? null : metadata.from,
    to: metadata.to,
    reasons: reasonCodesIn(fact),
    policyVersion: metadata.policyVersion ?? null,
    hash: metadata.hash,
  };
}

/** What the verification or the standing moved from and to; nothing where it stayed, whatever moved within it. */
function moved(
  stateOf: (state: StateValue | null) => string,
  { from, to }: Transition,
): { readonly from: string; readonly to: string } | undefined {
  const [before, after] = [stateOf(from), stateOf(to)];
  return before === after ? undefined : { from: before, to: after };
}

/** Reason codes as one text in which each stands between blanks, so that one of them can be looked for. */
function listed(codes: readonly string[]): ColumnValue {
  return codes.length === 0 ? null : ` ${codes.join(' ')} `;
}

/** A reason code as it stands in the column of reasons. */
export function reasonListed(code: ReasonCode): string {
  return ` ${code} `;
}

export const transitions: Projection<Transition> = {
  name: 'transitions',
  version: 1,
  types: eventTypes,
  key: (event) => (accountOf(event.stream) === undefined ? undefined : event.position),
  evolve: (_row, event) => transition(event),
  appendOnly: true,
  columns: {
    actor: (row) => row.actor.id,
    actor_type: (row) => row.actor.type,
    command: (row) => row.command,
    command_id: (row) => row.commandId,
    type: (row) => row.type,
    occurred_at: (row) => row.occurredAt,
    /** The verification state that it left and the one it led to; null where the verification stayed in its state. */
    from_state: (row) => moved(verificationState, row)?.from ?? null,
    to_state: (row) => moved(verificationState, row)?.to ?? null,
    /** The standing that it led to; null where the standing stayed. */
    standing: (row) => moved(standingOf, row)?.to ?? null,
    reasons: (row) => listed(row.reasons),
    changed: (row) => (sameState(row.from, row.to) ? 0 : 1),
  },
  // Other filters look through the rows in log order, a window at a time. An index of accounts would double the time of
  // a rebuild; which rows are an account's, its stream says.
  indexes: [['actor', 'key']],
};
