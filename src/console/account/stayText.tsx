/** What is told of the state that is pointed at, in a place of its own below the drawing: nothing covers it, nothing moves. */
import type { DrawnRegion } from '../chart/drawing.js';
import { eventLabel, pathLabel } from '../chart/labels.js';
import type { Walk } from '../chart/walk.js';
import { listed } from '../words/plain.js';
import { durationInWords, exactInstant } from '../words/time.js';

type Props = { readonly region: DrawnRegion; readonly walk: Walk; readonly path: string | null };

/** So many stays are told in full. */
const mostTold = 2;

export function StayText({ region, walk, path }: Props) {
  const state = region.states.find((one) => one.path === path);
  if (state === undefined) {
    return (
      <div class="stay-text muted">
        <ul class="chart-legend">
          <li>
            <span class="legend legend-current" /> where it is
          </li>
          <li>
            <span class="legend legend-seen" /> where it was
          </li>
          <li>
            <span class="legend legend-taken" /> taken
          </li>
          <li>
            <span class="legend legend-last" /> taken last
          </li>
        </ul>
        <p>Point at a state, or go to it with the Tab key, to see when it was entered and left.</p>
      </div>
    );
  }
  const stays = walk.stays.get(state.path) ?? [];
  const told = stays.slice(-mostTold);
  return (
    <div class="stay-text">
      <p>
        <strong>{pathLabel(state.path)}</strong>
        {stays.length === 0 && <span class="muted"> · the account was not in it</span>}
        {stays.length > mostTold && <span class="muted"> · {stays.length} times, the last ones:</span>}
      </p>
      {told.map(({ entered, left }) => (
        <p key={entered.revision}>
          Entered {exactInstant(entered.at)} (revision {entered.revision});{' '}
          {left === null
            ? 'still in it'
            : `left after ${durationInWords(Date.parse(left.at) - Date.parse(entered.at))} (revision ${left.revision})`}
        </p>
      ))}
      {stays.length === 0 && state.stays.length > 0 && (
        <p class="muted small">
          Stays there on {listed(state.stays.map((type) => eventLabel({ type, conditions: [] })))}.
        </p>
      )}
    </div>
  );
}
