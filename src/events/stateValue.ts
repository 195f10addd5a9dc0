/** Comparing state values: what an event did to the chart. */
import type { StateValue } from './envelope.js';
import { entryOf } from './record.js';

/** Whether two state values are the same, in whatever order their regions are written. */
export function sameState(a: StateValue | null | undefined, b: StateValue | null | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  // Asked twice for every event of a log: without making lists of names.
  let regions = 0;
  for (const region in b) if (Object.hasOwn(b, region)) regions += 1;
  for (const region in a) {
    if (!Object.hasOwn(b, region) || !sameState(a[region], b[region])) return false;
    regions -= 1;
  }
  return regions === 0;
}

function sameRegion(a: StateValue | null, b: StateValue | null, name: string): boolean {
  return sameState(regionOf(a, name), regionOf(b, name));
}

/** One region of a state value; null where there is none. */
export function regionOf(state: StateValue | null, name: string): StateValue | null {
  return state === null || typeof state === 'string' ? null : (entryOf(state, name) ?? null);
}

/** The regions of the chart whose state differs between two state values, in the order of the second. */
export function changedRegions(from: StateValue | null, to: StateValue | null): readonly string[] {
  if (to === null || typeof to === 'string') return [];
  return Object.keys(to).filter((name) => !sameRegion(from, to, name));
}
