/** Weeks of ISO 8601, in UTC: they begin on Mondays, and belong to the year that their Thursday lies in. */
import { fromMilliseconds, toMilliseconds } from '../events/time.js';

const day = 86_400_000;

/** The week's length, in milliseconds. */
export const week = 7 * day;

/** The beginning of the week that an instant lies in: Monday, 00:00 UTC. */
export function weekStart(at: number): number {
  // The first day of 1970 was a Thursday.
  const days = Math.floor(at / day);
  const sinceMonday = (((days + 3) % 7) + 7) % 7;
  return (days - sinceMonday) * day;
}

/** The name of the week that begins then, such as 2026-W02. */
export function weekName(start: number): string {
  const thursday = start + 3 * day;
  const year = fromMilliseconds(thursday).slice(0, 4);
  const firstThursday = weekStart(toMilliseconds(`${year}-01-04`)) + 3 * day;
  return `${year}-W${String(Math.round((thursday - firstThursday) / week) + 1).padStart(2, '0')}`;
}
