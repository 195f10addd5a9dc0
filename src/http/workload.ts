/** What is under review now, summed up by state and by reviewer. */
import { type ReviewState, reviewStates } from '../../projections/reviewQueue.js';
import type { CrossCell } from '../readModels/store.js';

type Waiting = { readonly waiting: number; readonly overdue: number; readonly longestSince: string | null };

export type Workload = Waiting & {
  /** Every state, in the order of a review. */
  readonly states: readonly (Waiting & { readonly state: ReviewState })[];
  /** Who has something, the busiest first; null for what nobody has. */
  readonly reviewers: readonly (Waiting & { readonly reviewer: string | null })[];
};

/** @param cells of the queue: review state × reviewer, with the least `waiting_since`, and how many are overdue */
export function workloadOf(cells: readonly CrossCell[]): Workload {
  const reviewers = [...new Set(cells.map(({ second }) => second))].map((reviewer) => ({
    reviewer,
    ...sumOf(cells.filter(({ second }) => second === reviewer)),
  }));
  return {
    ...sumOf(cells),
    states: reviewStates.map((state) => ({ state, ...sumOf(cells.filter(({ first }) => first === state)) })),
    reviewers: reviewers.toSorted(
      (a, b) => b.waiting - a.waiting || ((a.reviewer ?? '') < (b.reviewer ?? '') ? -1 : 1),
    ),
  };
}

function sumOf(cells: readonly CrossCell[]): Waiting {
  const since = cells.flatMap(({ least }) => (least === null ? [] : [least]));
  return {
    waiting: cells.reduce((sum, { count }) => sum + count, 0),
    overdue: cells.reduce((sum, { upTo }) => sum + upTo, 0),
    longestSince: since.toSorted()[0] ?? null,
  };
}
