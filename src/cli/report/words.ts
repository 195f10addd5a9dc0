/** Numbers, times and names as people read them. */

/** A whole number with its thousands parted: 10,357. */
export function number(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** A part of a whole, in per cent; a dash where there is no whole. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (100 * part) / whole;
  if (part === 0 || part === whole) return `${percent} %`;
  // Few are not none, and nearly all are not all.
  if (percent < 0.05) return '< 0.1 %';
  return percent >= 99.95 ? '> 99.9 %' : `${percent.toFixed(1)} %`;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units = [
  ['d', day],
  ['h', hour],
  ['min', minute],
  ['s', second],
] as const;

/** Milliseconds as at most two units, rounded to the smaller one: `2 d 4 h`, `35 min`, `850 ms`. A dash where there is no time. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  const size = Math.abs(milliseconds);
  if (size < second) return `${Math.round(milliseconds)} ms`;
  const index = units.findIndex(([, length]) => size >= length);
  const [name, length] = units[index] ?? units[3];
  // Of hundreds of days, nobody asks for the hours.
  const [smaller, step] = size >= 100 * day ? units[0] : (units[index + 1] ?? units[3]);
  const rounded = Math.round(size / step) * step;
  const sign = milliseconds < 0 ? '−' : '';
  // 59 minutes and 59.9 seconds are an hour.
  if (units[index - 1]?.[1] === rounded) return sign + duration(rounded);
  const [whole, rest] = [Math.floor(rounded / length), (rounded % length) / step];
  return `${sign}${number(whole)} ${name}${rest === 0 ? '' : ` ${rest} ${smaller}`}`;
}

/** A name of the code in plain words: `pendingReview` and `pending_review` are `pending review`. */
export function plain(name: string): string {
  return name.replaceAll('_', ' ').replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The time that figures are about. */
export function period(from: string | null, to: string | null): string {
  if (from === null && to === null) return 'all time';
  if (to === null) return `since ${instant(from)}`;
  return from === null ? `before ${instant(to)}` : `${instant(from)} to ${instant(to)}`;
}

function instant(at: string | null): string {
  return (at ?? '').replace('T', ' ').replace(/(?::00)?\.000Z$/, ' UTC');
}
