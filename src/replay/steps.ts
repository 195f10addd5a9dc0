/** An account's life step by step: its stream folded through the chart, held against what the events say of themselves. */
import { Replayer } from '../../machines/replayer.js';
import { type EventStore, StoreCorrupted } from '../eventStore/eventStore.js';
import { accountStream, type StateValue } from '../events/envelope.js';
import { changedRegions } from '../events/stateValue.js';
import { type Instant, millisecondsBetween } from '../events/time.js';
import type { RecordedEvent } from '../events/upcast.js';
import type { Actor } from '../events/vocabulary.js';
import { verificationState } from '../policy/status.js';
import type { Divergence } from './divergence.js';
import { beginning, judge, type Progress, unreadable } from './streamCheck.js';

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

/** A step, and where it parts from the chart; no step for an event that leads nowhere. */
export type Walked = { readonly step?: Step; readonly divergence?: Divergence };

/**
 * Steps through an account's stream; nothing for an account that does not exist. Where only the stored states differ the
 * chart goes on; it ends at the first event that cannot be read or that the chart refuses.
 * @throws {EventStoreError}
 */
export async function* stepsThrough(
  store: Pick<EventStore, 'read'>,
  accountId: string,
): AsyncGenerator<Walked, void, void> {
  const replayer = new Replayer();
  let before: Progress = beginning(replayer);
  let last: Instant | undefined;
  let entered: Instant | undefined;
  try {
    for await (const stored of store.read(accountStream(accountId))) {
      const judged = judge(replayer, before, stored);
      const divergence = judged.kind === 'diverges' ? { divergence: judged.divergence } : {};
      const { event, next } = judged;
      if (event === undefined || next === undefined) {
        yield divergence;
        return;
      }
      const [from, to] = [before.run.place.value, next.run.place.value];
      const { occurredAt } = event.fact;
      const left = verificationState(from) !== verificationState(to);
      const waitedMs = last === undefined ? null : millisecondsBetween(last, occurredAt);
      const stayedMs = left && entered !== undefined ? millisecondsBetween(entered, occurredAt) : null;
      yield { step: step(event, { from, to, waitedMs, stayedMs }), ...divergence };
      before = next;
      last = occurredAt;
      if (left) entered = occurredAt;
    }
  } catch (error) {
    if (!(error instanceof StoreCorrupted) || error.event === undefined) throw error;
    yield { divergence: unreadable(error.event, before.run.place.value) };
  }
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
