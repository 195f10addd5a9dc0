/**
 * One event after the other against the chart: does it follow, has the chart a place for it, and are `from` and `to` what
 * the chart says. Pure.
 */
import type { Replayer, Run } from '../../machines/replayer.js';
import type { StoredEvent, Unreadable } from '../eventStore/eventStore.js';
import { accountOf, type StateValue } from '../events/envelope.js';
import { sameState } from '../events/stateValue.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import type { Divergence, DivergenceKind } from './divergence.js';

/** A stream as far as it was gone through. */
export type Progress = { readonly run: Run; readonly revision: number };

/** A stream before its first event. */
export function beginning({ initial }: Replayer): Progress {
  return { run: initial, revision: -1 };
}

export type Judged =
  | { readonly kind: 'legal'; readonly event: RecordedEvent; readonly next: Progress }
  | {
      readonly kind: 'diverges';
      /** There when it could be read. */
      readonly event?: RecordedEvent;
      /** There when the chart goes on: only what the event says of its states is wrong. */
      readonly next?: Progress;
      readonly divergence: Divergence;
    };

/** Judges the event that comes after what was gone through. */
export function judge(replayer: Replayer, before: Progress, stored: StoredEvent): Judged {
  const state = before.run.place.value;
  const diverges = (kind: DivergenceKind, detail: string, event?: RecordedEvent, run?: Run): Judged => ({
    kind: 'diverges',
    ...(event === undefined ? {} : { event }),
    ...(run === undefined ? {} : { next: { run, revision: stored.revision } }),
    divergence: {
      ...placeOf(stored),
      type: stored.type,
      kind,
      detail,
      state,
      stored: (kind === 'from' ? event?.metadata.from : event?.metadata.to) ?? null,
      chart: (kind === 'from' ? state : run?.place.value) ?? null,
    },
  });
  if (stored.revision !== before.revision + 1) {
    const follows = before.revision === -1 ? 'its stream begins with it' : `it follows revision ${before.revision}`;
    return diverges('revision', `${follows}: events are missing or out of order`);
  }
  let event: RecordedEvent | undefined;
  let run: Run | undefined;
  try {
    event = decode(stored);
    run = replayer.step(before.run, event.fact);
  } catch (error) {
    // A type or version that is not known, or data that no version of it has: nothing can be made of it.
    return diverges('unreadable', error instanceof Error ? error.message : String(error), event);
  }
  const { from, to } = event.metadata;
  if (run === undefined) return diverges('refused', `the chart refuses ${event.fact.type} in ${text(state)}`, event);
  const chart = run.place.value;
  if (!sameState(from, state)) {
    return diverges('from', `it says that it led from ${text(from)}; the chart was in ${text(state)}`, event, run);
  }
  if (!sameState(to, chart)) {
    return diverges('to', `it says that it led to ${text(to)}; the chart is in ${text(chart)}`, event, run);
  }
  return { kind: 'legal', event, next: { run, revision: stored.revision } };
}

/** An event that not even the store can read: nothing is known of it but its place. @param state the chart's before it */
export function unreadable(event: Unreadable, state: StateValue | null): Divergence {
  return { ...placeOf(event), type: null, kind: 'unreadable', detail: event.why, state, stored: null, chart: null };
}

/** The place of an event in the log. */
export function placeOf({ stream, revision, position }: Pick<StoredEvent, 'stream' | 'revision' | 'position'>) {
  return { stream, accountId: accountOf(stream) ?? null, revision, position };
}

function text(state: StateValue | null): string {
  return JSON.stringify(state);
}
