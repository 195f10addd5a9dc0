/** A statechart as data: its states and transitions, read off the machine itself, before anybody says where they lie. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { arrowKey, type ChartEvent, type StateKind } from '../../chart/drawing.js';

export type ChartState = {
  /** The names from the region down, such as `verification.verified.current`. */
  readonly path: string;
  readonly name: string;
  readonly kind: StateKind;
  /** Whether its parent begins with it. */
  readonly initial: boolean;
  /** What it accepts and stays as it is. */
  readonly stays: readonly string[];
  readonly states: readonly ChartState[];
};

/** Every transition from one state to another: one arrow. */
export type ChartArrow = { readonly from: string; readonly to: string; readonly events: readonly ChartEvent[] };

/** A region and what is in it. */
export type ChartRegion = ChartState & { readonly arrows: readonly ChartArrow[] };

const stands = 'any';

/** The path of what stands for every state within this one. */
function anyOf(path: string): string {
  return `${path}.${stands}`;
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.');
}

function childrenOf(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states) as AnyStateNode[];
}

type Leading = { readonly from: string; readonly to: string; readonly event: ChartEvent };

function conditionsOf(guard: unknown): readonly string[] {
  const { params } = (guard ?? {}) as { params?: { conditions?: readonly string[] } };
  return params?.conditions ?? [];
}

/** The transitions of one state: where each leads, or nowhere. One that neither leads nor does anything refuses. */
function transitionsOf(node: AnyStateNode): { event: ChartEvent; target: AnyStateNode | undefined }[] {
  const all = [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
  return all.flatMap(({ eventType, guard, target, actions }) => {
    if (target === undefined && actions.length === 0) return [];
    const event = { type: eventType, conditions: conditionsOf(guard) };
    const targets = (target ?? [undefined]) as (AnyStateNode | undefined)[];
    return targets.map((one) => ({ event, target: one }));
  });
}

function isWithin(node: AnyStateNode, outer: AnyStateNode): boolean {
  return node.parent !== undefined && (node.parent === outer || isWithin(node.parent, outer));
}

function leadingFrom(node: AnyStateNode): Leading[] {
  const path = pathOf(node);
  return transitionsOf(node).flatMap(({ event, target }) => {
    if (target === undefined) return [];
    // Whatever it leads to from within itself it leads to from every state in it.
    const from = isWithin(target, node) ? anyOf(path) : path;
    return [{ from, to: pathOf(target), event }];
  });
}

function stateOf(node: AnyStateNode): ChartState {
  const path = pathOf(node);
  const states = childrenOf(node).map(stateOf);
  const isSource = leadingFrom(node).some(({ from }) => from === anyOf(path));
  const any = { path: anyOf(path), name: stands, kind: stands, initial: false, stays: [], states: [] } as const;
  const stays = transitionsOf(node).flatMap(({ event, target }) => (target === undefined ? [event.type] : []));
  return {
    path,
    name: node.key,
    kind: node.type === 'parallel' ? 'parallel' : states.length > 0 ? 'compound' : 'atomic',
    initial: node.parent?.type !== 'parallel' && node.parent?.initial?.target?.includes(node) === true,
    stays: [...new Set(stays)],
    states: isSource ? [...states, any] : states,
  };
}

function allWithin(node: AnyStateNode): AnyStateNode[] {
  return [node, ...childrenOf(node).flatMap(allWithin)];
}

function arrowsOf(region: AnyStateNode): ChartArrow[] {
  const arrows = new Map<string, ChartArrow>();
  for (const { from, to, event } of allWithin(region).flatMap(leadingFrom)) {
    const key = arrowKey(from, to);
    arrows.set(key, { from, to, events: [...(arrows.get(key)?.events ?? []), event] });
  }
  return [...arrows.values()];
}

/** The regions of a machine. */
export function chartOf(machine: AnyStateMachine): readonly ChartRegion[] {
  return childrenOf(machine.root).map((region) => ({ ...stateOf(region), arrows: arrowsOf(region) }));
}
