/**
 * The chart run over very many events. XState answers each question once; the answer is remembered and given again
 * whenever the same question comes, which is what makes a replay of everything quick.
 *
 * A question is all that a step of a statechart can depend on: the current states, the event's type, which guards of the
 * event's transitions hold, and which guards of eventless transitions hold afterwards. The guards are the chart's own,
 * asked anew for every event. A chart with anything else in it (entry and exit actions, invocations, history, wildcards,
 * other guards or actions than it can ask) is not remembered at all: XState then takes every step.
 */
import type { AnyStateNode } from 'xstate';
import type { StateValue } from '../src/events/envelope.js';
import type { Fact } from '../src/events/fact.js';
import { type AccountContext, accountMachine, contextAfter } from './account.js';
import { type AccountChart, type AccountSnapshot, advanceIn, initialOf, stateOf } from './fold.js';

/** The states that an account is in, and what was learnt of the steps from there. */
type Place = {
  readonly value: StateValue;
  readonly nodes: readonly AnyStateNode[];
  readonly steps: Map<string, Step>;
};

/** An account at one revision: where it is in the chart, and its context. */
export type Run = { readonly place: Place; readonly context: AccountContext };

type Guard = (context: AccountContext, fact: Fact) => boolean;

/** The steps of one event type from one place: the guards that tell them apart, and the answers by what these said. */
type Step = {
  readonly guards: readonly Guard[];
  readonly answers: Map<number, Answer>;
};

/** `refused`; or where it leads, and whether the event is remembered in the context. */
type Answer = 'refused' | { readonly place: Place; readonly remembers: boolean };

/** Answers of guards that fit into one number without loss. */
const mostBits = 50;

export class Replayer {
  readonly #places = new Map<string, Place>();
  /** The guards of eventless transitions, wherever they are. */
  readonly #eventless: readonly Guard[];
  /** Whether everything in the chart is understood here. */
  readonly #isUnderstood: boolean;
  /** The account before its first event. */
  readonly initial: Run;

  constructor(readonly chart: AccountChart = accountMachine) {
    const nodes = allNodes(chart.root as AnyStateNode);
    const always = nodes.flatMap((node) => node.always ?? []);
    const eventless = guardsOf(chart, always);
    this.#isUnderstood =
      eventless !== undefined && nodes.every(isPlain) && always.every(doesNothing) && remembersAsUsual(chart, nodes);
    this.#eventless = eventless ?? [];
    const start = initialOf(chart);
    this.initial = { place: this.#placeOf(start), context: start.context };
  }

  /** The account after an event; undefined when the chart refuses it. */
  step(run: Run, fact: Fact): Run | undefined {
    const step = this.#isUnderstood ? this.#stepFrom(run.place, fact.type) : undefined;
    if (step === undefined) return this.#ask(run, fact);
    const after = contextAfter(run.context, fact);
    const question = this.#question(step, run.context, after, fact);
    let answer = step.answers.get(question);
    if (answer === undefined) {
      answer = this.#learn(run, fact);
      if (answer === undefined) return this.#ask(run, fact);
      step.answers.set(question, answer);
    }
    if (answer === 'refused') return undefined;
    return { place: answer.place, context: answer.remembers ? after : run.context };
  }

  /** How many answers of the chart are remembered. */
  get answers(): number {
    const steps = [...this.#places.values()].flatMap((place) => [...place.steps.values()]);
    return steps.reduce((sum, { answers }) => sum + answers.size, 0);
  }

  /** XState takes the step. */
  #ask({ place, context }: Run, fact: Fact): Run | undefined {
    const next = advanceIn(this.chart, this.chart.resolveState({ value: place.value, context }), fact);
    return next === undefined ? undefined : { place: this.#placeOf(next), context: next.context };
  }

  /** XState's answer, to be remembered; undefined where regions remember the event more than once. */
  #learn(run: Run, fact: Fact): Answer | undefined {
    const asked = this.#ask(run, fact);
    if (asked === undefined) return 'refused';
    const { place, context } = run;
    const taken = this.chart.getTransitionData(this.chart.resolveState({ value: place.value, context }), fact);
    const actions = taken.reduce((sum, one) => sum + one.actions.length, 0);
    // A transition can give way to another one: whether the event was remembered, the context says.
    return actions > 1 ? undefined : { place: asked.place, remembers: asked.context !== context };
  }

  /** What the guards say, as one number. Eventless ones see the context as it was or as it will be: both count. */
  #question({ guards }: Step, before: AccountContext, after: AccountContext, fact: Fact): number {
    let number = 0;
    for (const guard of guards) number = number * 2 + (guard(before, fact) ? 1 : 0);
    for (const guard of this.#eventless) {
      number = number * 4 + (guard(before, fact) ? 2 : 0) + (guard(after, fact) ? 1 : 0);
    }
    return number;
  }

  #placeOf(snapshot: AccountSnapshot): Place {
    const value = stateOf(snapshot);
    const key = JSON.stringify(value);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place: Place = { value, nodes: snapshot._nodes as readonly AnyStateNode[], steps: new Map() };
    this.#places.set(key, place);
    return place;
  }

  /** The steps of an event from a place; undefined where a guard is of a kind that cannot be asked here. */
  #stepFrom({ nodes, steps }: Place, type: string): Step | undefined {
    const known = steps.get(type);
    if (known !== undefined) return known;
    const guards = guardsOf(
      this.chart,
      nodes.flatMap((node) => node.transitions.get(type) ?? []),
    );
    if (guards === undefined || guards.length + 2 * this.#eventless.length > mostBits) return undefined;
    const step: Step = { guards, answers: new Map() };
    steps.set(type, step);
    return step;
  }
}

/** The guards of transitions; undefined when one of them is not a named function of the chart. */
function guardsOf(chart: AccountChart, transitions: readonly { readonly guard?: unknown }[]): Guard[] | undefined {
  const guards: Guard[] = [];
  for (const { guard } of transitions) {
    if (guard === undefined) continue;
    const asked = guardOf(chart, guard);
    if (asked === undefined) return undefined;
    guards.push(asked);
  }
  return guards;
}

function guardOf(chart: AccountChart, guard: unknown): Guard | undefined {
  if (typeof guard !== 'object' || guard === null || !('type' in guard)) return undefined;
  const { type, params } = guard as { readonly type: string; readonly params?: unknown };
  const made = (chart.implementations.guards as Readonly<Record<string, unknown>>)[type];
  // What `and`, `or` and `not` make asks other guards in turn; parameters can be made from context and event.
  if (typeof made !== 'function' || 'check' in made || typeof params === 'function') return undefined;
  const holds = made as (args: object, params: unknown) => boolean;
  return (context, event) => holds({ context, event }, params);
}

/**
 * Whether all that transitions ever do is to remember the event in the context, in the one way that is known here.
 */
function remembersAsUsual({ implementations }: AccountChart, nodes: readonly AnyStateNode[]): boolean {
  const actions = nodes.flatMap((node) => [...node.transitions.values()].flat().flatMap((one) => one.actions));
  const isUsual = implementations.actions['remember'] === accountMachine.implementations.actions['remember'];
  return (
    isUsual && actions.every((action) => action === 'remember' || (action as { type?: unknown }).type === 'remember')
  );
}

function doesNothing({ actions }: { readonly actions: readonly unknown[] }): boolean {
  return actions.length === 0;
}

function allNodes(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => allNodes(child as AnyStateNode))];
}

/** Whether a state has nothing but states and transitions in it. */
function isPlain({ type, entry, exit, invoke, config, transitions }: AnyStateNode): boolean {
  const others = ['onDone', 'after', 'output'].some((name) => name in config);
  // `*` and `Account.*` have guards of their own, which are not found by the type of an event.
  const hasWildcard = [...transitions.keys()].some((descriptor) => descriptor.includes('*'));
  const does = entry.length + exit.length + invoke.length;
  return type !== 'history' && type !== 'final' && does === 0 && !others && !hasWildcard;
}
