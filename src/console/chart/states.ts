/** The states that an account was in, as a table tells them: the drawing's text. Pure. */
import type { DrawnChart } from './drawing.js';
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

/** The states that were seen, in the order in which they were first entered, outer ones before what is in them. */
export function stateRows(chart: DrawnChart, { current, stays }: Walk): readonly StateRow[] {
  const drawn = chart.flatMap(({ states }) => states.map(({ path }) => path));
  const rows = drawn.flatMap((path): StateRow[] => {
    const mine = stays.get(path) ?? [];
    const [first, last] = [mine[0], mine.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      { path, label: pathLabel(path), current: current.has(path), times: mine.length, first: first.entered, last },
    ];
  });
  return rows.toSorted((a, b) => a.first.revision - b.first.revision);
}
