/** What happened in each week. */
import type { Journey } from '../../projections/journeys.js';
import { fromMilliseconds } from '../events/time.js';
import { isLate } from './decisions.js';
import { week, weekName, weekStart } from './isoWeek.js';
import { isWithin, type Range } from './range.js';

export const weekCounts = [
  'signups',
  'requests',
  'approvals',
  'rejections',
  'questions',
  'byPerson',
  'automatic',
  'late',
] as const;
type Counted = (typeof weekCounts)[number];

/** `byPerson` and `automatic` are decisions of every kind, by people and by the system itself; `late` those that came after their time. */
export type Week = Readonly<Record<Counted, number>> & {
  /** ISO 8601, in UTC: 2026-W02. */
  readonly week: string;
  /** Its Monday, 00:00. */
  readonly from: string;
};

export type Weeks = { readonly weeks: readonly Week[] };

/** Weeks without anything are listed between the others, unless there are more than twenty years of them. */
const mostWeeks = 20 * 53;

export class WeekFigures {
  readonly #weeks = new Map<number, Record<Counted, number>>();

  constructor(readonly range: Range) {}

  add({ steps, requests, rounds, decisions }: Journey): void {
    if (steps.signed_up !== undefined) this.#count('signups', steps.signed_up);
    for (const at of requests) this.#count('requests', at);
    for (const { at } of rounds) this.#count('questions', at);
    for (const { kind, at, automatic, due } of decisions) {
      if (kind === 'approved') this.#count('approvals', at);
      if (kind === 'rejected') this.#count('rejections', at);
      this.#count(automatic ? 'automatic' : 'byPerson', at);
      if (isLate({ at, due })) this.#count('late', at);
    }
  }

  #count(what: Counted, at: number): void {
    if (!isWithin(this.range, at)) return;
    const start = weekStart(at);
    let counts = this.#weeks.get(start);
    if (counts === undefined) this.#weeks.set(start, (counts = none()));
    counts[what] += 1;
  }

  figures(): Weeks {
    const starts = [...this.#weeks.keys()].toSorted((a, b) => a - b);
    const [first = 0, last = first] = [starts[0], starts.at(-1)];
    const between = (last - first) / week + 1;
    const listed =
      starts.length === 0 || between > mostWeeks
        ? starts
        : Array.from({ length: between }, (_, index) => first + index * week);
    const weeks = listed.map((start) => ({
      week: weekName(start),
      from: fromMilliseconds(start),
      ...(this.#weeks.get(start) ?? none()),
    }));
    return { weeks };
  }
}

function none(): Record<Counted, number> {
  return { signups: 0, requests: 0, approvals: 0, rejections: 0, questions: 0, byPerson: 0, automatic: 0, late: 0 };
}
