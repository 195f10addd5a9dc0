/** What most read models keep of an account: its facts, its state, and how far they are. */
import { eventTypes } from '../src/events/catalogue.js';
import { accountOf, type StateValue } from '../src/events/envelope.js';
import { type AccountFacts, evolveFacts, noFacts } from '../src/policy/facts.js';
import type { ProjectedEvent } from './projection.js';

export type AccountRow = {
  readonly accountId: string;
  readonly facts: AccountFacts;
  /** The chart's state, as the last event's `to` says; projections never run the chart. */
  readonly state: StateValue;
  readonly revision: number;
  readonly position: string;
};

/** Every event of an account moves its row, if only the revision that the row reflects. */
export const allAccountEvents = eventTypes;

/** The account that an event belongs to. */
export function accountKey(event: ProjectedEvent): string | undefined {
  return accountOf(event.stream);
}

/** The row after an event. */
export function evolveAccount(row: AccountRow | undefined, event: ProjectedEvent): AccountRow {
  return {
    accountId: accountOf(event.stream) ?? event.stream,
    facts: evolveFacts(row?.facts ?? noFacts, event.fact),
    state: event.metadata.to ?? row?.state ?? 'none',
    revision: event.revision,
    position: event.position,
  };
}
