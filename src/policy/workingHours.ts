/**
 * Working time: how long something may take when nobody works at night, at weekends and on holidays.
 *
 * `Intl` is the only source of time zones here. It is no clock: what it says of an instant follows from the time-zone
 * data that comes with the program. That data may change with a later version, which is why deadlines are computed
 * once, when something begins, and travel in its event.
 */
import { fromMilliseconds, type Instant, plusHours, toMilliseconds } from '../events/time.js';
import type { PolicyDocument } from './policy.js';

export type WorkingHours = PolicyDocument['review']['workingHours'];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** So many days are looked at for working time; a policy that leaves none in them is given plain hours instead. */
const mostDays = 3_660;

/** One working day: when it begins and ends, in milliseconds since 1970. */
type Shift = { readonly begins: number; readonly ends: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, made);
  return made;
}

/** Whether this is an IANA time zone that the program knows, such as `Europe/Berlin`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return formatOf(timeZone) !== undefined;
  } catch {
    return false;
  }
}

/** How far local time is ahead of UTC at an instant, in milliseconds. @throws {RangeError} for an unknown time zone */
function offsetAt(milliseconds: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const name = formatOf(timeZone)
    .formatToParts(milliseconds)
    .find(({ type }) => type === 'timeZoneName')?.value;
  // `GMT`, `GMT+02:00`, `GMT-03:30`; zones of long ago have seconds, too.
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name ?? '') ?? [];
  const ahead = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1_000;
  return sign === '-' ? -ahead : ahead;
}

/**
 * The instant at which clocks show a local time. In the hour that is there twice it is one of the two; a time that is
 * skipped in spring is the one as long after the change as it would have been.
 */
function fromLocal(local: number, timeZone: string): number {
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
}

/** Milliseconds from midnight of a time of day; midnight as an end is that of the day's end. */
function timeOfDay(text: string, asEnd: boolean): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  const after = hours * hour + minutes * minute;
  return asEnd && after === 0 ? day : after;
}

/** The day of the week, 1 (Monday) to 7 (Sunday), of a day counted from 1970-01-01, a Thursday. */
function dayOfWeek(date: number): number {
  return ((((date + 3) % 7) + 7) % 7) + 1;
}

/** The working days from an instant on, the one under way first. */
function* shiftsFrom(
  from: number,
  { timeZone, days, from: opens, to: closes, holidays }: WorkingHours,
): Iterable<Shift> {
  const first = Math.floor((from + offsetAt(from, timeZone)) / day);
  for (let date = first; date < first + mostDays; date++) {
    if (!days.includes(dayOfWeek(date))) continue;
    if (holidays.length > 0 && holidays.includes(fromMilliseconds(date * day).slice(0, 10))) continue;
    const begins = fromLocal(date * day + timeOfDay(opens, false), timeZone);
    const ends = fromLocal(date * day + timeOfDay(closes, true), timeZone);
    if (ends > from && ends > begins) yield { begins, ends };
  }
}

function addWorkingTime(from: number, milliseconds: number, hours: WorkingHours): number | undefined {
  let left = milliseconds;
  for (const { begins, ends } of shiftsFrom(from, hours)) {
    const start = Math.max(begins, from);
    if (left <= ends - start) return start + left;
    left -= ends - start;
  }
  return undefined;
}

/**
 * The instant after so many hours of working time. Working days in which the clocks change are as long as they are.
 * Where there is not that much working time in ten years, plain hours are counted.
 * @throws {RangeError} for an unknown time zone
 */
export function addWorkingHours(instant: Instant, hours: number, workingHours: WorkingHours): Instant {
  const ends = addWorkingTime(toMilliseconds(instant), hours * hour, workingHours);
  return ends === undefined ? plusHours(instant, hours) : fromMilliseconds(ends);
}

/**
 * A deadline moved on by a time that does not count: what was left of the working time at `paused` begins again at
 * `resumed`. One that was over then is over at once.
 */
export function resumeDeadline(deadline: Instant, paused: Instant, resumed: Instant, hours: WorkingHours): Instant {
  const [end, from] = [toMilliseconds(deadline), toMilliseconds(paused)];
  let left = 0;
  for (const { begins, ends } of shiftsFrom(from, hours)) {
    if (begins >= end) break;
    left += Math.max(0, Math.min(ends, end) - Math.max(begins, from));
  }
  if (left === 0) return resumed;
  const moved = addWorkingTime(toMilliseconds(resumed), left, hours);
  return moved === undefined ? deadline : fromMilliseconds(moved);
}
