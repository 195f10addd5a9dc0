/** Which events are shown, and what moved with each. Pure. */
import { pathLabel } from '../chart/labels.js';
import { pathsOf, type StateValue } from '../chart/walk.js';
import type { TimelineItem } from './types.js';

export type Order = 'newest' | 'oldest';

/** The events up to a revision, in an order, so many at most. @param items the earliest first */
export function shownItems(
  items: readonly TimelineItem[],
  upTo: number,
  order: Order,
  most: number,
): { readonly shown: readonly TimelineItem[]; readonly more: number } {
  const all = items.filter(({ revision }) => revision <= upTo);
  const ordered = order === 'newest' ? all.toReversed() : all;
  return { shown: ordered.slice(0, most), more: Math.max(0, all.length - most) };
}

/** The innermost of these states. */
function innermost(value: StateValue | null): string[] {
  const all = pathsOf(value);
  return all.filter((path) => !all.some((other) => other.startsWith(`${path}.`)));
}

export type Move = { readonly from: string | null; readonly to: string };

/**
 * What moved on the chart: for each part that did, where it was and where it came to.
 * @returns nothing for an event that moved nothing, and for the first one, before which there was no account
 */
export function movesOf({ from, to }: Pick<TimelineItem, 'from' | 'to'>): readonly Move[] {
  if (from === null) return [];
  const [before, after] = [innermost(from), innermost(to)];
  const left = before.filter((path) => !after.includes(path));
  const entered = after.filter((path) => !before.includes(path));
  // What was left leads to what was entered beside it; one that leaves several parts, or enters them, tells it once.
  return entered.map((path) => {
    const region = path.split('.')[0] ?? '';
    const mine = left
      .filter((one) => one.startsWith(`${region}.`))
      .toSorted((a, b) => shared(b, path) - shared(a, path));
    return { from: mine[0] === undefined ? null : pathLabel(mine[0]), to: pathLabel(path) };
  });
}

/** How many names two paths begin with alike. */
function shared(one: string, other: string): number {
  const [a, b] = [one.split('.'), other.split('.')];
  const end = a.findIndex((name, index) => name !== b[index]);
  return end === -1 ? a.length : end;
}
