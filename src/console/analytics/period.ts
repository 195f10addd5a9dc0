/** The time that figures are about: whole days in UTC, as the page's address has them. */

/** Days such as `2026-01-31`, both included; an empty one is open. */
export type Period = { readonly from: string; readonly to: string };

export const allTime: Period = { from: '', to: '' };

const dayLength = 86_400_000;

function isDay(text: string | undefined): text is string {
  return (
    text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(text) === text
  );
}

/** A day's name, also of 2026-02-30, which is none: the 2nd of March. */
function dayOf(text: string): string {
  return new Date(Date.parse(text)).toISOString().slice(0, 10);
}

/** Whether a day is typed to its end, or none: on the way to 2026, a field holds the years 2, 20 and 202. */
export function isWhole(day: string): boolean {
  return day === '' || day >= '1970';
}

/** The period in an address; what is no day there is left out. */
export function periodIn({ from, to }: Readonly<Record<string, string>>): Period {
  return { from: isDay(from) ? from : '', to: isDay(to) ? to : '' };
}

/** The address of a page about a period. */
export function addressOf(path: string, { from, to }: Period): string {
  const query = new URLSearchParams([
    ...(from === '' ? [] : [['from', from] as [string, string]]),
    ...(to === '' ? [] : [['to', to] as [string, string]]),
  ]).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** The instants between which the period lies, the last one excluded, as the API takes them. */
export function instantsOf({ from, to }: Period): { readonly from?: string; readonly to?: string } {
  const nextDay = (day: string): string => new Date(Date.parse(day) + dayLength).toISOString();
  return {
    ...(from === '' ? {} : { from: new Date(Date.parse(from)).toISOString() }),
    ...(to === '' ? {} : { to: nextDay(to) }),
  };
}

/** What is wrong with a period, and what to do; undefined when nothing is. */
export function problemOfPeriod({ from, to }: Period): string | undefined {
  return from !== '' && to !== '' && from > to ? 'The first day is after the last one. Change one of them.' : undefined;
}

/** A day in words: 5 Jan 2026. */
function words(day: string): string {
  return new Date(Date.parse(day)).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

export function periodInWords({ from, to }: Period): string {
  if (from === '' && to === '') return 'All time';
  if (from === '') return `Until ${words(to)}`;
  return to === '' ? `Since ${words(from)}` : `${words(from)} to ${words(to)}`;
}

/** Periods that are often asked for. @param now milliseconds since the epoch */
export function usualPeriods(now: number): readonly (readonly [label: string, period: Period])[] {
  const since = (days: number): Period => ({ from: dayOf(new Date(now - days * dayLength).toISOString()), to: '' });
  return [
    ['4 weeks', since(28)],
    ['13 weeks', since(91)],
    ['52 weeks', since(364)],
    ['All time', allTime],
  ];
}
