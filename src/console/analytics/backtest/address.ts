/** Addresses of the backtest page: a run, and which of its differences are looked at. */
import type { Outcome } from './words.js';

export const backtestPath = '/console/analytics/backtest';

/** Which differences: a change of the screening's outcome, or approvals that the candidate refuses; all where empty. */
export type DifferenceFilter = {
  readonly was?: Outcome | undefined;
  readonly becomes?: Outcome | undefined;
  readonly approval?: 'refused' | undefined;
};

const outcomes: readonly string[] = ['approved', 'asked', 'review'] satisfies Outcome[];

function outcomeIn(text: string | undefined): Outcome | undefined {
  return text !== undefined && outcomes.includes(text) ? (text as Outcome) : undefined;
}

export function filterIn({ was, becomes, approval }: Readonly<Record<string, string>>): DifferenceFilter {
  return {
    was: outcomeIn(was),
    becomes: outcomeIn(becomes),
    approval: approval === 'refused' ? 'refused' : undefined,
  };
}

export function runAddress(id: string, filter: DifferenceFilter = {}): string {
  const query = new URLSearchParams({ run: id });
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
  return `${backtestPath}?${query.toString()}`;
}

export function sameFilter(one: DifferenceFilter, other: DifferenceFilter): boolean {
  return one.was === other.was && one.becomes === other.becomes && one.approval === other.approval;
}
