/**
 * Arithmetic on given instants. The pure core never asks what time it is; this module is the only place there that may
 * use `Date`, and only to read and write instants that were passed in.
 */

/** An instant: RFC 3339 in UTC with milliseconds (`2026-01-05T09:00:00.000Z`), so that text order is time order. */
export type Instant = string;

/** Any RFC 3339 date-time as an `Instant`; undefined when it is not one (a 30th of February, say). */
export function toInstant(text: string): Instant | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The instant so many milliseconds after another one. */
export function plusMilliseconds(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

const minute = 60_000;
const hour = 60 * minute;

/** The instant so many minutes after another one. */
export function plusMinutes(instant: Instant, minutes: number): Instant {
  return plusMilliseconds(instant, minutes * minute);
}

/** The instant so many hours after another one. */
export function plusHours(instant: Instant, hours: number): Instant {
  return plusMilliseconds(instant, hours * hour);
}

/** The instant so many days of 24 hours after another one. */
export function plusDays(instant: Instant, days: number): Instant {
  return plusMilliseconds(instant, days * 24 * hour);
}

/** Milliseconds from one instant to another. */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}

/** An instant as milliseconds since 1970, for arithmetic on many of them. */
export function toMilliseconds(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant so many milliseconds after the beginning of 1970. */
export function fromMilliseconds(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}
