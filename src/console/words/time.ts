/** Instants and durations in words. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });

const steps = [
  { unit: 'day', ms: day, from: day * 1.5 },
  { unit: 'hour', ms: hour, from: hour * 1.5 },
  { unit: 'minute', ms: minute, from: minute * 1.5 },
] as const;

/**
 * An instant from another one: `3 hours ago`, `in 2 days`; beyond 60 days the date.
 * @param at RFC 3339; @param now milliseconds since the epoch
 */
export function relativeInstant(at: string, now: number): string {
  const distance = Date.parse(at) - now;
  const far = Math.abs(distance);
  if (far > 60 * day) return dayOf(at);
  const step = steps.find(({ from }) => far >= from);
  if (step !== undefined) return relative.format(Math.round(distance / step.ms), step.unit);
  if (far >= 45 * second) return distance < 0 ? 'a minute ago' : 'in a minute';
  // Whoever says what time it is looks at the clock only now and then.
  return distance <= 20 * second ? 'just now' : 'in a moment';
}

/** How instants are written: making a formatter costs some thirty times its use, and a page has many instants. */
function written(options: Intl.DateTimeFormatOptions): (at: string) => string {
  const formatter = new Intl.DateTimeFormat('en', options);
  return (at) => {
    const date = new Date(at);
    // A formatter throws at what is no date; a page says so, and goes on.
    return Number.isNaN(date.getTime()) ? String(date) : formatter.format(date);
  };
}

/** The exact instant, in the reader's time zone, with the zone. */
export const exactInstant = written({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});

/** The instant by day and minute, in the reader's time zone. */
export const briefInstant = written({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The day, in the reader's time zone. */
const dayOf = written({ day: 'numeric', month: 'short', year: 'numeric' });

const parts = [
  ['d', day],
  ['h', hour],
  ['min', minute],
  ['s', second],
] as const;

/** A length of time: its two largest parts, `2 d 4 h`, `350 ms`. @param ms milliseconds */
export function durationInWords(ms: number): string {
  if (ms < second) return `${Math.round(ms)} ms`;
  const first = parts.findIndex(([, size]) => ms >= size);
  const [[largest, size], next] = [parts[first] ?? parts[3], parts[first + 1]];
  const whole = Math.floor(ms / size);
  const rest = next === undefined ? 0 : Math.floor((ms - whole * size) / next[1]);
  return rest === 0 || next === undefined ? `${whole} ${largest}` : `${whole} ${largest} ${rest} ${next[0]}`;
}
