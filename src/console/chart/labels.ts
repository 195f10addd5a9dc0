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

/**
 * Where the account is in a region, in one line: `Verified › Current`, and for parts that lie side by side
 * `Pending review: assignment unassigned, approval none`.
 */
export function whereLabel(region: string, current: ReadonlySet<string>): string {
  const mine = [...current].filter((path) => path.startsWith(`${region}.`));
  const innermost = mine.filter((path) => !mine.some((other) => other.startsWith(`${path}.`)));
  const names = innermost.map((path) => path.split('.').slice(1).map(named));
  const [first = []] = names;
  if (names.length < 2) return first.map(capitalised).join(' › ');
  const [outermost = '', ...parts] = [first[0], ...names.map(([, ...inner]) => inner.join(' '))];
  return `${capitalised(outermost)}: ${parts.join(', ')}`;
}

/** What moved: the part of the chart that is the same before and after, and the states below it. */
export type Move = { readonly part: string; readonly from: string; readonly to: string };

/** The move from one state to another, told from where their paths part: `Verification`, `Rejected`, `Screening`. */
export function moveLabel(from: string, to: string): Move {
  const [before, after] = [from.split('.'), to.split('.')];
  const parting = before.findIndex((name, index) => name !== after[index]);
  const at = parting === -1 ? Math.min(before.length, after.length) - 1 : parting;
  return {
    part: pathLabel(before.slice(0, at).join('.')),
    from: capitalised(named(before[at] ?? '')),
    to: capitalised(named(after[at] ?? '')),
  };
}
