/** Figures as people read them, and where they stand on a scale. */
import { durationInWords } from '../words/time.js';

/** A number with separators. */
export function number(value: number): string {
  return value.toLocaleString('en');
}

/** `part` of `whole` in percent: whole ones, but neither 0 nor 100 unless it is none or all. A dash where there is no whole. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (100 * part) / whole;
  if (share > 0 && share < 1) return '< 1 %';
  if (share < 100 && share > 99) return '> 99 %';
  return `${Math.round(share)} %`;
}

/** A length of time; a dash where there is none. @param ms milliseconds */
export function duration(ms: number | null): string {
  if (ms === null) return '–';
  return ms === 0 ? '0 s' : durationInWords(ms);
}

/** `1 request`, `2 requests`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const marks = [
  [second, '1 s'],
  [minute, '1 min'],
  [hour, '1 h'],
  [day, '1 day'],
  [7 * day, '1 week'],
  [30 * day, '30 days'],
  [365 * day, '1 year'],
] as const;

/** A scale of lengths of time in which each step is a multiple of the one before: minutes and months side by side. */
export type TimeScale = {
  /** Where a length stands, from 0 to 1. */
  readonly at: (ms: number) => number;
  readonly ticks: readonly { readonly label: string; readonly at: number }[];
};

/** Ticks are so far apart at least, as a part of the scale, that their labels have room. */
const leastApart = 0.2;

/** A scale that these lengths fit on. @param lengths milliseconds */
export function timeScale(lengths: readonly number[]): TimeScale {
  const known = lengths.filter((ms) => ms > 0);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const from = marks.findLast(([ms]) => ms <= least)?.[0] ?? second;
  const to = Math.max(marks.find(([ms]) => ms >= most)?.[0] ?? most, from * 2);
  const at = (ms: number): number =>
    Math.min(1, Math.max(0, Math.log(Math.max(ms, from) / from) / Math.log(to / from)));
  const ticks: { label: string; at: number }[] = [];
  for (const [ms, label] of marks) {
    const last = ticks.at(-1)?.at ?? -1;
    if (ms >= from && ms <= to && at(ms) - last >= leastApart) ticks.push({ label, at: at(ms) });
  }
  return known.length === 0 ? { at: () => 0, ticks: [] } : { at, ticks };
}
