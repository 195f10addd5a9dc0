/** The path that an account has walked on the chart: which states it was in, when, and which arrows it took. Pure. */
import { arrowKey, type DrawnChart, type DrawnRegion } from './drawing.js';

/** Which states hold, as events have it. */
export type StateValue = string | { readonly [region: string]: StateValue };

/** An event by what it did to the chart, as the timeline has it. */
export type Step = {
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
  /** Null for the first event: there was no account. */
  readonly from: StateValue | null;
  readonly to: StateValue | null;
};

/** One stay in a state. It is left by an event, or not yet. */
export type Stay = {
  readonly entered: { readonly revision: number; readonly at: string };
  readonly left: { readonly revision: number; readonly at: string } | null;
};

export type Walk = {
  /** The states it is in, by path, and those around them. */
  readonly current: ReadonlySet<string>;
  /** Every stay in every state, the earliest first. */
  readonly stays: ReadonlyMap<string, readonly Stay[]>;
  /** How often each arrow was taken. */
  readonly taken: ReadonlyMap<string, number>;
  /** The arrows that the last event took that moved anything. */
  readonly last: ReadonlySet<string>;
};

/** The paths of all states that hold in a state value, the outer ones too: `verification`, `verification.verified`, … */
export function pathsOf(value: StateValue | null, prefix = ''): string[] {
  if (value === null) return [];
  if (typeof value === 'string') return [`${prefix}${value}`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`;
    return [path, ...pathsOf(inner, `${path}.`)];
  });
}

/** What holds before the first event: each region's first state. */
function beginning(chart: DrawnChart): string[] {
  return chart.flatMap(({ name, states }) => {
    const first = states.find(({ depth, initial }) => depth === 0 && initial);
    return first === undefined ? [name] : [name, first.path];
  });
}

/** Whether a state, or what stands for every state within one, was among these. */
function wasIn(source: string, before: ReadonlySet<string>): boolean {
  return before.has(source.endsWith('.any') ? source.slice(0, -'.any'.length) : source);
}

/** The arrows of a region that an event took: those of its type that begin where it was and end where it now is. */
function arrowsTaken(
  region: DrawnRegion,
  type: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): string[] {
  const ofType = region.arrows.filter(({ events }) => events.some((event) => event.type === type));
  return ofType
    .filter(({ from, to }) => wasIn(from, before) && after.has(to) && !(before.has(to) && from !== to))
    .map(({ from, to }) => arrowKey(from, to));
}

/** The walk of these steps, which are an account's first ones, the earliest first. */
export function walkOf(chart: DrawnChart, steps: readonly Step[]): Walk {
  let current = new Set(beginning(chart));
  let last: ReadonlySet<string> = new Set();
  const stays = new Map<string, Stay[]>();
  const taken = new Map<string, number>();
  for (const { revision, type, occurredAt, to } of steps) {
    const now = { revision, at: occurredAt };
    const next = new Set(to === null ? current : pathsOf(to));
    for (const path of current) {
      const mine = stays.get(path);
      const open = mine?.at(-1);
      if (!next.has(path) && mine !== undefined && open !== undefined) mine[mine.length - 1] = { ...open, left: now };
    }
    for (const path of next) {
      if (!current.has(path)) stays.set(path, [...(stays.get(path) ?? []), { entered: now, left: null }]);
    }
    const before = current;
    const arrows = chart.flatMap((region) => arrowsTaken(region, type, before, next));
    for (const arrow of arrows) taken.set(arrow, (taken.get(arrow) ?? 0) + 1);
    if (arrows.length > 0) last = new Set(arrows);
    current = next;
  }
  return { current, stays, taken, last };
}
