/** The states that an account was in, as a table tells them: the drawing's text. Pure. */
import type { DrawnChart, DrawnState } from './drawing.js';
import { pathLabel } from './labels.js';
import type { Stay, Walk } from './walk.js';

export type StateRow = {
  readonly path: string;
  readonly label: string;
  readonly current: boolean;
  readonly times: number;
  readonly first: Stay['entered'];
  /** When it was entered last, and left; null while it is still in it. */
  readonly last: Stay;
};

/** The regions in the order in which they are told: the decision is what most look for. */
export function toldRegions(chart: DrawnChart): DrawnChart {
  return chart.toSorted((a, b) => Number(b.name === 'verification') - Number(a.name === 'verification'));
}

/** The states that were seen, by region, in the order in which they were first entered, outer ones before what is in them. */
export function stateRows(chart: DrawnChart, { current, stays }: Walk): readonly StateRow[] {
  return toldRegions(chart).flatMap(({ states }) => rowsOf(states, current, stays));
}

function rowsOf(states: readonly DrawnState[], current: Walk['current'], stays: Walk['stays']): StateRow[] {
  const rows = states.flatMap(({ path }): StateRow[] => {
    const mine = stays.get(path) ?? [];
    const [first, last] = [mine[0], mine.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      { path, label: pathLabel(path), current: current.has(path), times: mine.length, first: first.entered, last },
    ];
  });
  return rows.toSorted((a, b) => a.first.revision - b.first.revision);
}
