/** A fact: what the chart consumes. */
import type { EventData, EventType } from './catalogue.js';
import type { Instant } from './time.js';
import type { Actor } from './vocabulary.js';

/** One event as the chart sees it: what, with which data, who did it, and when it happened. */
export type FactOf<T extends EventType> = {
  readonly [K in T]: {
    readonly type: K;
    readonly data: EventData<K>;
    readonly actor: Actor;
    readonly occurredAt: Instant;
  };
}[T];

export type Fact = FactOf<EventType>;

/** What a command proposes: the fact without who and when, which the command gives. */
export type ProposalOf<T extends EventType> = {
  readonly [K in T]: { readonly type: K; readonly data: EventData<K> };
}[T];
export type Proposal = ProposalOf<EventType>;
