/** An account's life step by step: its stream folded through the chart, held against what the events say of themselves. */
import { advance, initialSnapshot, stateOf } from '../../machines/fold.js';
import type { EventStore, StoredEvent } from '../eventStore/eventStore.js';
import { accountStream, type EventMetadata, type StateValue } from '../events/envelope.js';
import { changedRegions, sameState } from '../events/stateValue.js';
import { type Instant, millisecondsBetween } from '../events/time.js';
import { decode, type RecordedEvent, UnreadableEvent } from '../events/upcast.js';
import type { Actor } from '../events/vocabulary.js';
import { verificationState } from '../policy/status.js';

/** One event, and what the chart makes of it. */
export type Step = {
  readonly revision: number;
  readonly position: string;
  readonly occurredAt: Instant;
  readonly type: string;
  readonly actor: Actor;
  readonly onBehalfOf: string | null;
  /** The chart's state before and after, as the chart says; null before the first event: there was no account. */
  readonly from: StateValue | null;
  readonly to: StateValue;
  /** The regions of the chart whose state changed. */
  readonly changed: readonly string[];
  /** Milliseconds since the event before, as both tell their time; null for the first. */
  readonly waitedMs: number | null;
  /** For how many milliseconds the verification had been in the state that it left; null where it left none. */
  readonly stayedMs: number | null;
  readonly policyVersion: string | null;
  readonly commandId: string;
};

/**
 * Where the log and the chart part. `from` or `to`: the event says another state than the chart. `refused`: the chart has
 * no place for the event; `unreadable`: this program does not know its type or version. Nothing after those can be told.
 */
export type Divergence = {
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly kind: 'unreadable' | 'refused' | 'from' | 'to';
  /** What the chart says; where nothing more can be told, the state that it was in. */
  readonly chart: StateValue;
  readonly stored: StateValue | null;
};

/** A step, and where it parts from the chart; no step for an event that leads nowhere. */
export type Walked = { readonly step?: Step; readonly divergences: readonly Divergence[] };

/**
 * Steps through an account's stream; nothing for an account that does not exist. It ends at the first event that cannot
 * be read or that the chart refuses.
 * @throws {EventStoreError}
 */
export async function* stepsThrough(store: EventStore, accountId: string): AsyncGenerator<Walked, void, void> {
  let snapshot = initialSnapshot;
  let before: Instant | undefined;
  let entered: Instant | undefined;
  for await (const stored of store.read(accountStream(accountId))) {
    const from = stateOf(snapshot);
    const event = readable(stored);
    const next = event === undefined ? undefined : advance(snapshot, event.fact);
    if (event === undefined || next === undefined) {
      yield { divergences: [divergence(stored, event === undefined ? 'unreadable' : 'refused', from, toOf(stored))] };
      return;
    }
    const to = stateOf(next);
    const { occurredAt } = event.fact;
    const left = verificationState(from) !== verificationState(to);
    const waitedMs = before === undefined ? null : millisecondsBetween(before, occurredAt);
    const stayedMs = left && entered !== undefined ? millisecondsBetween(entered, occurredAt) : null;
    yield { step: step(event, { from, to, waitedMs, stayedMs }), divergences: partings(event, from, to) };
    snapshot = next;
    before = occurredAt;
    if (left) entered = occurredAt;
  }
}

/** An event as this program reads it; undefined when it does not know how. */
function readable(stored: StoredEvent): RecordedEvent | undefined {
  try {
    return decode(stored);
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

/** The state that a stored event says it led to. */
function toOf({ metadata }: StoredEvent): StateValue | null {
  return (metadata as Partial<EventMetadata>).to ?? null;
}

type Move = Pick<Step, 'to' | 'waitedMs' | 'stayedMs'> & { readonly from: StateValue };

function step({ revision, position, fact, metadata }: RecordedEvent, { from, to, waitedMs, stayedMs }: Move): Step {
  return {
    revision,
    position,
    occurredAt: fact.occurredAt,
    type: fact.type,
    actor: fact.actor,
    onBehalfOf: metadata.onBehalfOf ?? null,
    from: revision === 0 ? null : from,
    to,
    changed: changedRegions(from, to),
    waitedMs,
    stayedMs,
    policyVersion: metadata.policyVersion ?? null,
    commandId: metadata.commandId,
  };
}

function partings({ fact, metadata, ...event }: RecordedEvent, from: StateValue, to: StateValue): Divergence[] {
  const { type } = fact;
  return [
    ...(sameState(metadata.from, from) ? [] : [divergence({ ...event, type }, 'from', from, metadata.from)]),
    ...(sameState(metadata.to, to) ? [] : [divergence({ ...event, type }, 'to', to, metadata.to)]),
  ];
}

function divergence(
  { revision, position, type }: Pick<StoredEvent, 'revision' | 'position' | 'type'>,
  kind: Divergence['kind'],
  chart: StateValue,
  stored: StateValue | null,
): Divergence {
  return { revision, position, type, kind, chart, stored };
}
