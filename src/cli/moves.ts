/** What an event did to the chart, for people: only what changed, region by region. */
import type { StateValue } from '../events/envelope.js';
import { changedRegions, regionOf, sameState } from '../events/stateValue.js';
import { type Paint, plain } from './colour.js';
import { shortState } from './output.js';

/** States by the colour in which they are shown when something leads to them. */
const colours: readonly (readonly ['green' | 'yellow' | 'red', readonly string[]])[] = [
  ['green', ['verified', 'good']],
  ['yellow', ['infoRequested', 'warned', 'expired']],
  ['red', ['rejected', 'revoked', 'suspended', 'closed', 'ended']],
];

/** The moves of the regions that changed, such as `verification pendingReview → verified (current)`. */
export function movesText(from: StateValue | null, to: StateValue | null, paint: Paint): string[] {
  return changedRegions(from, to).flatMap((name) =>
    movesOf(regionOf(from, name) ?? 'none', regionOf(to, name) ?? 'none').map(
      ([path, before, after]) =>
        `${plain([name, ...path].join(' '))} ${plain(shortState(before))} → ${painted(after, paint)}`,
    ),
  );
}

type Move = readonly [path: readonly string[], from: StateValue, to: StateValue];

/** The innermost parts that hold what changed: a move within a state is told without its other parts. */
function movesOf(from: StateValue, to: StateValue): Move[] {
  if (sameState(from, to)) return [];
  if (typeof from === 'string' || typeof to === 'string') return [[[], from, to]];
  const names = Object.keys(to);
  if (names.length !== Object.keys(from).length || names.some((name) => from[name] === undefined)) {
    return [[[], from, to]];
  }
  return names.flatMap((name) =>
    movesOf(regionOf(from, name) ?? 'none', regionOf(to, name) ?? 'none').map(([path, before, after]): Move => [
      [name, ...path],
      before,
      after,
    ]),
  );
}

function painted(state: StateValue, paint: Paint): string {
  const outermost = typeof state === 'string' ? state : (Object.keys(state)[0] ?? '');
  const colour = colours.find(([, states]) => states.includes(outermost))?.[0];
  const text = plain(shortState(state));
  return colour === undefined ? text : paint(colour, text);
}
