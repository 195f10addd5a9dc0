/** The path that an account has walked on the chart: which states it was in, when, and which arrows it took. Pure. */
import { arrowKey, type DrawnChart } from './drawing.js';

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

type Leads = { readonly from: string; readonly to: string; readonly key: string };

/** The arrows of a chart by the events that take them. */
function arrowsByEvent(chart: DrawnChart): ReadonlyMap<string, readonly Leads[]> {
  const byEvent = new Map<string, Leads[]>();
  for (const { from, to, events } of chart.flatMap(({ arrows }) => arrows)) {
    for (const type of new Set(events.map((event) => event.type))) {
      const known = byEvent.get(type) ?? [];
      known.push({ from, to, key: arrowKey(from, to) });
      byEvent.set(type, known);
    }
  }
  return byEvent;
}

/** Those that were taken: they begin where it was, and end where it came to. */
function taken(arrows: readonly Leads[], before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return arrows.filter(({ from, to }) => wasIn(from, before) && after.has(to) && !before.has(to)).map(({ key }) => key);
}

/** The walk of these steps, which are an account's first ones, the earliest first. */
export function walkOf(chart: DrawnChart, steps: readonly Step[]): Walk {
  const byEvent = arrowsByEvent(chart);
  const statesOf = remembered();
  const stays = new Map<string, Stay[]>();
  const counts = new Map<string, number>();
  let current: ReadonlySet<string> = new Set(beginning(chart));
  let last: ReadonlySet<string> = new Set();
  for (const { revision, type, occurredAt, to } of steps) {
    const next = to === null ? current : statesOf(to);
    // Most events move nothing.
    if (next === current) continue;
    const now = { revision, at: occurredAt };
    for (const path of current) {
      const mine = next.has(path) ? undefined : stays.get(path);
      const open = mine?.pop();
      if (mine !== undefined && open !== undefined) mine.push({ ...open, left: now });
    }
    for (const path of next) {
      if (current.has(path)) continue;
      const mine = stays.get(path) ?? [];
      mine.push({ entered: now, left: null });
      stays.set(path, mine);
    }
    const arrows = taken(byEvent.get(type) ?? [], current, next);
    for (const arrow of arrows) counts.set(arrow, (counts.get(arrow) ?? 0) + 1);
    if (arrows.length > 0) last = new Set(arrows);
    current = next;
  }
  return { current, stays, taken: counts, last };
}

/** The states of a value as a set: the same one for the same value. */
function remembered(): (value: StateValue) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (value) => {
    const key = JSON.stringify(value);
    const states = known.get(key) ?? new Set(pathsOf(value));
    known.set(key, states);
    return states;
  };
}
