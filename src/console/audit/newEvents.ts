/** What came to the log since a list of it was asked for: told one by one, or counted where some were not told. */
import type { Told } from '../api/live.js';
import { counted } from './findingWords.js';

export type NewEvents = {
  readonly count: number;
  /** There may be more than these. */
  readonly atLeast: boolean;
  /** Positions of the last that were told: which of them a list shows that is asked for meanwhile. */
  readonly recent: readonly string[];
};

export const noneNew: NewEvents = { count: 0, atLeast: false, recent: [] };

/** So many positions are remembered: more than come while a list is asked for. */
const mostRemembered = 1_000;

/** One more was told. */
export function withTold({ count, atLeast, recent }: NewEvents, { position }: Exclude<Told, 'missed'>): NewEvents {
  return { count: count + 1, atLeast, recent: [...recent, position].slice(-mostRemembered) };
}

/** A list is shown that reflects the log up to there: what came later is new. Positions stand in the log's order. */
export function since({ recent }: NewEvents, shown: string): NewEvents {
  const later = recent.filter((position) => position > shown);
  return { count: later.length, atLeast: false, recent: later };
}

/**
 * Some may not have been told, so the latest were asked for.
 * @param shown up to where the list reflects the log
 * @param latest positions of the log's latest events
 * @param all whether the log has no others
 */
export function afterMissed(before: NewEvents, shown: string, latest: readonly string[], all: boolean): NewEvents {
  const isNew = (position: string): boolean => position > shown;
  const known = [...new Set([...before.recent, ...latest])].filter(isNew).toSorted();
  return {
    count: Math.max(before.count, known.length),
    atLeast: !all && latest.every(isNew),
    recent: known.slice(-mostRemembered),
  };
}

/** `3 new events`, `at least 100 new events`; empty where there are none. */
export function newEventsWords({ count, atLeast }: NewEvents): string {
  return count === 0 ? '' : `${atLeast ? 'at least ' : ''}${counted(count, 'new event')}`;
}
