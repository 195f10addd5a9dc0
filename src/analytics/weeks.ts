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

/** Weeks without anything are listed beside the others, unless there are more than twenty years of them. */
const mostWeeks = 20 * 53;

/** When something happened to an account, also what no week counts: so far the log reaches. */
function timesOf({ steps, verification, standing, rounds, decisions, appeals }: Journey): readonly number[] {
  return [
    ...Object.values(steps),
    ...[...verification, ...standing].map(([, enteredAt]) => enteredAt),
    ...rounds.map(({ at, ended }) => ended?.[1] ?? at),
    ...decisions.map(({ at }) => at),
    ...appeals,
  ];
}

export class WeekFigures {
  readonly #weeks = new Map<number, Record<Counted, number>>();
  /** From when to when the log reaches, whatever the time asked for. */
  #first = Infinity;
  #last = -Infinity;

  constructor(readonly range: Range) {}

  add(journey: Journey): void {
    for (const at of timesOf(journey)) {
      this.#first = Math.min(this.#first, at);
      this.#last = Math.max(this.#last, at);
    }
    const { steps, requests, rounds, decisions } = journey;
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

  /** The weeks of the time asked for, as far as the log reaches; none where nothing happened in it. */
  figures(): Weeks {
    const starts = [...this.#weeks.keys()].toSorted((a, b) => a - b);
    const { from = -Infinity, to = Infinity } = this.range;
    const first = weekStart(Math.max(from, this.#first));
    const last = weekStart(Math.min(to - 1, this.#last));
    const all = (last - first) / week + 1;
    const listed =
      starts.length === 0 || all > mostWeeks ? starts : Array.from({ length: all }, (_, index) => first + index * week);
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
