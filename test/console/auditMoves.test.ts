/** What an event did to the chart: only the places that changed, the most telling first. */
import { movesOf } from '../../src/console/audit/moves.js';

const open = { people: 'missing', events: 'missing', channel: 'missing', message: 'missing' };
const before = { setup: { open }, verification: 'notRequested', standing: 'good' };

test('a state that became another one', () => {
  const after = { ...before, verification: 'screening' };
  expect(movesOf(before, after)).toEqual([{ region: 'verification', from: 'notRequested', to: 'screening' }]);
});

test('a state that has parts below it, and none before', () => {
  const screening = { ...before, verification: 'screening' };
  const pending = { ...before, verification: { pendingReview: { assignment: 'unassigned', approval: 'none' } } };
  expect(movesOf(screening, pending)).toEqual([{ region: 'verification', from: 'screening', to: 'pendingReview' }]);
});

test('the same state, and another one in a part of it', () => {
  const pending = (assignment: string) => ({
    ...before,
    verification: { pendingReview: { assignment, approval: 'none' } },
  });
  expect(movesOf(pending('unassigned'), pending('assigned'))).toEqual([
    { region: 'assignment', from: 'unassigned', to: 'assigned' },
  ]);
  const added = { ...before, setup: { open: { ...open, people: 'added' } } };
  expect(movesOf(before, added)).toEqual([{ region: 'people', from: 'missing', to: 'added' }]);
});

test('several at once: verification and standing before the others', () => {
  const closed = { setup: 'frozen', standing: 'closed', verification: 'ended' };
  expect(movesOf(before, closed)).toEqual([
    { region: 'verification', from: 'notRequested', to: 'ended' },
    { region: 'standing', from: 'good', to: 'closed' },
    { region: 'setup', from: 'open', to: 'frozen' },
  ]);
});

test('nothing, where nothing changed; everything, where there was no account', () => {
  expect(movesOf(before, before)).toEqual([]);
  expect(movesOf(null, { verification: 'notRequested' })).toEqual([
    { region: 'verification', from: null, to: 'notRequested' },
  ]);
});
