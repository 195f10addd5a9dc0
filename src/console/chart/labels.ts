/** What states and events are called in the drawing and beside it. */
import { capitalised, plain } from '../words/plain.js';
import type { ChartEvent, DrawnState } from './drawing.js';

/** A name of the chart in plain words. */
function named(name: string): string {
  return plain(name)
    .toLowerCase()
    .replace(/^re review/, 're-review');
}

/** What a state is called. */
export function stateLabel({ name, kind }: Pick<DrawnState, 'name' | 'kind'>): string {
  return kind === 'any' ? 'any state' : capitalised(named(name));
}

/** What an arrow's event is called. */
export function eventLabel({ type, conditions }: ChartEvent): string {
  if (type === '') return `at once, if ${conditions.map(named).join(' and ')}`;
  return named(type);
}

/** A state with all that are around it: `Verification › Verified › Current`. */
export function pathLabel(path: string): string {
  return path
    .split('.')
    .map((name) => capitalised(named(name)))
    .join(' › ');
}

/** The innermost states that hold in a region, without the region: `Pending review: unassigned, none`. */
export function whereLabel(region: string, current: ReadonlySet<string>): string {
  const mine = [...current].filter((path) => path.startsWith(`${region}.`));
  const innermost = mine.filter((path) => !mine.some((other) => other.startsWith(`${path}.`)));
  return innermost
    .map((path) =>
      path
        .split('.')
        .slice(1)
        .map((name) => capitalised(named(name)))
        .join(' › '),
    )
    .join(', ');
}
