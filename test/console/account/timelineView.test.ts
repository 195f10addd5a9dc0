/** Which events the timeline shows, and what it says has moved. */
import { movesOf, reaches, shownItems } from '../../../src/console/account/timelineView.js';
import type { TimelineItem } from '../../../src/console/account/types.js';
import type { StateValue } from '../../../src/console/chart/walk.js';

const items = Array.from({ length: 10 }, (_, revision) => ({ revision }) as TimelineItem);
const told = (...asked: Parameters<typeof shownItems> extends [unknown, ...infer Rest] ? Rest : never) => {
  const { shown, more } = shownItems(items, ...asked);
  return [shown.map(({ revision }) => revision), more];
};

test('the newest first or the oldest, so many, up to a revision', () => {
  expect(told(Infinity, 'newest', 3)).toEqual([[9, 8, 7], 7]);
  expect(told(Infinity, 'oldest', 3)).toEqual([[0, 1, 2], 7]);
  expect(told(4, 'newest', 3)).toEqual([[4, 3, 2], 2]);
  expect(told(1, 'newest', 3)).toEqual([[1, 0], 0]);
});

const state = (verification: StateValue, standing: StateValue = 'good'): StateValue => ({
  setup: { open: { people: 'added', events: 'missing' } },
  verification,
  standing,
});
const unassigned = { pendingReview: { assignment: 'unassigned', approval: 'none' } };

test.each([
  ['nothing before the first event', null, state('notRequested'), []],
  ['nothing where all stayed', state('screening'), state('screening'), []],
  ['one state to another', state('notRequested'), state('screening'), ['Verification: Not requested → Screening']],
  [
    'into parts side by side, once',
    state('screening'),
    state(unassigned),
    ['Verification: Screening → Pending review'],
  ],
  [
    'out of parts side by side, once',
    state(unassigned),
    state('rejected'),
    ['Verification: Pending review → Rejected'],
  ],
  [
    'within one part',
    state(unassigned),
    state({ pendingReview: { assignment: 'assigned', approval: 'none' } }),
    ['Verification › Pending review › Assignment: Unassigned → Assigned'],
  ],
  [
    'within a state',
    state({ verified: 'current' }),
    state({ verified: { reReview: 'open' } }),
    ['Verification › Verified: Current → Re-review'],
  ],
  [
    'two regions at once',
    state('screening', 'warned'),
    state('ended', 'closed'),
    ['Verification: Screening → Ended', 'Standing: Warned → Closed'],
  ],
])('%s', (_name, from, to, expected) => {
  expect(movesOf({ from, to }).map(({ part, from: left, to: entered }) => `${part}: ${left} → ${entered}`)).toEqual(
    expected,
  );
});

test('what is known reaches a revision when it has its event, or all that there are', () => {
  const known = items.slice(0, 4);
  expect([3, 4, Infinity].map((revision) => reaches({ items: known, complete: false }, revision))).toEqual([
    true,
    false,
    false,
  ]);
  expect(reaches({ items: known, complete: true }, Infinity)).toBe(true);
  // Of nothing there is nothing to draw.
  expect(reaches({ items: [], complete: true }, 0)).toBe(false);
});
