/** Events into snapshots: the chart run over a stream, refusing what the chart refuses. */
import { type AnyActorScope, createActor, type SnapshotFrom } from 'xstate';
import type { Fact } from '../src/events/fact.js';
import type { StateValue } from '../src/events/envelope.js';
import type { AccountFacts } from '../src/policy/facts.js';
import { accountMachine } from './account.js';
import { type ChartRefusal, type ConditionName, conditions, firstUnmet } from './conditions.js';

/** An account at one revision: the chart's states and context. Immutable. */
export type AccountSnapshot = SnapshotFrom<typeof accountMachine>;

/** A chart of accounts: today's, or one that is held against it. */
export type AccountChart = typeof accountMachine;

const scope = inertScope();

/** An account before its first event, in a chart. */
export function initialOf(chart: AccountChart): AccountSnapshot {
  return chart.getInitialSnapshot(scope, undefined);
}

/** The account before its first event. */
export const initialSnapshot: AccountSnapshot = initialOf(accountMachine);

/**
 * What XState's `transition()` builds for every call, built once: a scope in which nothing runs. Reusing it is four
 * times as fast, and safe, for the chart has no effects, children or delays.
 */
function inertScope(): AnyActorScope {
  const self = createActor(accountMachine);
  const nothing = (): void => undefined;
  return {
    self,
    system: self.system,
    id: self.id,
    sessionId: self.sessionId,
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: nothing,
  };
}

/** A stored event that the chart refuses: the log and the chart have parted. Never skipped. */
export class UnfoldableEvent extends Error {
  override readonly name = 'UnfoldableEvent';
  constructor(
    readonly stream: string,
    readonly revision: number,
    readonly eventType: string,
    readonly state: StateValue,
  ) {
    super(`${stream} revision ${revision}: the chart refuses ${eventType} in ${JSON.stringify(state)}`);
  }
}

/** Whether the chart has a place for this event now. */
export function admits(snapshot: AccountSnapshot, fact: Fact): boolean {
  return snapshot.can(fact);
}

/**
 * The same answer as `admits`, several times as fast, for questions about all events at once: some current state has a
 * transition for the event whose conditions hold. (A test compares the two in every state.)
 */
export function admitsType(snapshot: AccountSnapshot, fact: Fact): boolean {
  return snapshot._nodes.some((node) =>
    node.transitions
      .get(fact.type)
      ?.some(({ guard }) => firstUnmet(conditionsOf(guard), snapshot.context.facts, fact) === undefined),
  );
}

/** The snapshot after an event that the chart admits; undefined when it refuses it. */
export function advance(snapshot: AccountSnapshot, fact: Fact): AccountSnapshot | undefined {
  return advanceIn(accountMachine, snapshot, fact);
}

/** The same in any chart, of which the snapshot must be. */
export function advanceIn(chart: AccountChart, snapshot: AccountSnapshot, fact: Fact): AccountSnapshot | undefined {
  // XState gives an event without a place the very snapshot back, and says nothing. Whatever the chart admits makes
  // another one, for it remembers the event or leads elsewhere. (A test holds this against `can`, in every state.)
  const next = chart.transition(snapshot, fact, scope);
  return next === snapshot ? undefined : next;
}

/**
 * The snapshot after a stream's events, from its first (or from the snapshot given, after which they follow).
 * @throws {UnfoldableEvent} at the first event that the chart refuses.
 */
export function fold(
  stream: string,
  facts: Iterable<{ readonly revision: number; readonly fact: Fact }>,
  from: AccountSnapshot = initialSnapshot,
): AccountSnapshot {
  let snapshot = from;
  for (const { revision, fact } of facts) snapshot = foldOne(stream, snapshot, revision, fact);
  return snapshot;
}

/** One step of `fold`, for callers that read the stream piece by piece. */
export function foldOne(stream: string, snapshot: AccountSnapshot, revision: number, fact: Fact): AccountSnapshot {
  const next = advance(snapshot, fact);
  if (next === undefined) throw new UnfoldableEvent(stream, revision, fact.type, stateOf(snapshot));
  return next;
}

/** The chart's states, as written into `from` and `to`. */
export function stateOf(snapshot: AccountSnapshot): StateValue {
  return snapshot.value as StateValue;
}

/** The same states with other facts: for questions such as what another policy would have decided here. */
export function withFacts(snapshot: AccountSnapshot, facts: AccountFacts): AccountSnapshot {
  return accountMachine.resolveState({ value: snapshot.value, context: { ...snapshot.context, facts } });
}

/**
 * Why the chart refuses an event, asked of the chart itself: `not_in_this_state` when no current state has a place for
 * it, else the first unmet condition of the transition that came closest.
 */
export function whyRefused(snapshot: AccountSnapshot, fact: Fact): ChartRefusal {
  let closest: ChartRefusal = 'not_in_this_state';
  for (const refusal of refusalsOf(snapshot, fact)) if (rank(refusal) > rank(closest)) closest = refusal;
  return closest;
}

const order: readonly ChartRefusal[] = [
  'not_in_this_state',
  'already_proposed',
  'already_appealed',
  'not_retryable',
  'window_closed',
  'not_due',
  'not_your_proposal',
  'self_approval',
  'own_submission',
  'same_reviewer_on_appeal',
  'setup_incomplete',
  'requirements_missing',
  'items_unanswered',
  'unknown_channel',
];

function rank(refusal: ChartRefusal): number {
  return order.indexOf(refusal);
}

function* refusalsOf(snapshot: AccountSnapshot, fact: Fact): Iterable<ChartRefusal> {
  for (const node of snapshot._nodes) {
    for (const transition of node.transitions.get(fact.type) ?? []) {
      const unmet = firstUnmet(conditionsOf(transition.guard), snapshot.context.facts, fact);
      const refusal = unmet === undefined ? undefined : conditions[unmet].refusal;
      if (refusal !== undefined) yield refusal;
    }
  }
}

/** The names in a `when(…)` guard; none for a transition without a guard. */
export function conditionsOf(guard: unknown): readonly ConditionName[] {
  if (typeof guard !== 'object' || guard === null || !('params' in guard)) return [];
  const { params } = guard as { params?: { conditions?: readonly ConditionName[] } };
  return params?.conditions ?? [];
}
