/** Which events are shown, and what moved with each. Pure. */
import { type Move, moveLabel } from '../chart/labels.js';
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

/**
 * Whether the events that are known tell of all that happened up to a revision. Fewer would be a walk that ended somewhere
 * on the way, and pass for where the account is.
 * @param items the earliest first, none left out between them
 */
export function reaches(
  { items, complete }: { readonly items: readonly Pick<TimelineItem, 'revision'>[]; readonly complete: boolean },
  revision: number,
): boolean {
  const last = items.at(-1);
  return last !== undefined && (complete || last.revision >= revision);
}

/** The innermost of these states. */
function innermost(value: StateValue | null): string[] {
  const all = pathsOf(value);
  return all.filter((path) => !all.some((other) => other.startsWith(`${path}.`)));
}

/**
 * What moved on the chart: for each part that did, where it was and where it came to.
 * @returns nothing for an event that moved nothing, and for the first one, before which there was no account
 */
export function movesOf({ from, to }: Pick<TimelineItem, 'from' | 'to'>): readonly Move[] {
  if (from === null) return [];
  const [before, after] = [innermost(from), innermost(to)];
  const left = before.filter((path) => !after.includes(path));
  const entered = after.filter((path) => !before.includes(path));
  const moves = left.flatMap((path) => {
    const nearest = entered.toSorted((a, b) => shared(b, path) - shared(a, path))[0];
    return nearest === undefined || shared(nearest, path) === 0 ? [] : [moveLabel(path, nearest)];
  });
  // What leaves several parts that lie side by side moves once.
  return [...new Map(moves.map((move) => [`${move.part} ${move.from} ${move.to}`, move])).values()];
}

/** How many names two paths begin with alike. */
function shared(one: string, other: string): number {
  const [a, b] = [one.split('.'), other.split('.')];
  const end = a.findIndex((name, index) => name !== b[index]);
  return end === -1 ? a.length : end;
}
