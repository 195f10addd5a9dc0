/** Names in the drawing and beside it, lines as SVG takes them, and the states as a table. */
import type { DrawnChart } from '../../../src/console/chart/drawing.js';
import { eventLabel, moveLabel, pathLabel, stateLabel, whereLabel } from '../../../src/console/chart/labels.js';
import { headPath, linePath } from '../../../src/console/chart/shape.js';
import { stateRows } from '../../../src/console/chart/states.js';
import { pathsOf, type Step, walkOf } from '../../../src/console/chart/walk.js';
import { drawnChart } from '../../support/chart.js';

test('states, events and paths in plain words', () => {
  expect(stateLabel({ name: 'pendingReview', kind: 'parallel' })).toBe('Pending review');
  expect(stateLabel({ name: 'any', kind: 'any' })).toBe('any state');
  expect(eventLabel({ type: 'ReReviewOpened', conditions: [] })).toBe('re-review opened');
  expect(eventLabel({ type: '', conditions: ['hasAssignee'] })).toBe('at once, if has assignee');
  expect(pathLabel('verification.verified.reReview')).toBe('Verification › Verified › Re-review');
});

test.each([
  ['verification', { verification: 'screening' }, 'Screening'],
  ['verification', { verification: { verified: 'current' } }, 'Verified › Current'],
  [
    'verification',
    { verification: { pendingReview: { assignment: 'unassigned', approval: 'none' } } },
    'Pending review: assignment unassigned, approval none',
  ],
  ['setup', { setup: { open: { people: 'added', events: 'missing' } } }, 'Open: people added, events missing'],
])('where it is in %s', (region, state, expected) => {
  expect(whereLabel(region, new Set(pathsOf(state)))).toBe(expected);
});

test('a move is told from where the paths part', () => {
  expect(moveLabel('verification.rejected', 'verification.pendingReview.approval.none')).toEqual({
    part: 'Verification',
    from: 'Rejected',
    to: 'Pending review',
  });
});

test('lines turn round corners, heads point where the line goes', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 0, y: 40 },
    { x: 30, y: 40 },
  ];
  expect(linePath(points)).toBe('M0.0 0.0L0.0 34.0Q0.0 40.0 6.0 40.0L30.0 40.0');
  expect(headPath(points)).toBe('M30.0 40.0L22.0 43.5L22.0 36.5Z');
  expect([linePath([]), headPath([]), headPath([{ x: 1, y: 1 }])]).toEqual(['', '', '']);
});

test('corners that lie close share what there is between them', () => {
  const points = [0, 4, 4, 8].map((x, index) => ({ x, y: [0, 0, 4, 4][index] ?? 0 }));
  expect(linePath(points)).toBe('M0.0 0.0L2.0 0.0Q4.0 0.0 4.0 2.0L4.0 2.0Q4.0 4.0 6.0 4.0L8.0 4.0');
});

describe('the states as a table', () => {
  let chart: DrawnChart;
  beforeAll(async () => (chart = await drawnChart()));
  const step = (revision: number, type: string, verification: string): Step => ({
    revision,
    type,
    occurredAt: `2026-01-0${revision + 1}T09:00:00.000Z`,
    from: null,
    to: { setup: 'none', verification, standing: 'good' },
  });

  test('the decision comes first, each state with how often it was seen, when first, and when it was left', () => {
    const steps = [
      step(0, 'AccountSignedUp', 'notRequested'),
      step(1, 'VerificationRequested', 'screening'),
      step(2, 'VerificationWithdrawn', 'notRequested'),
    ];
    const rows = stateRows(chart, walkOf(chart, steps)).map(({ label, current, times, first, last }) => [
      label,
      current,
      times,
      first.revision,
      last.left?.revision ?? null,
    ]);
    expect(rows).toEqual([
      ['Verification › Not requested', true, 2, 0, null],
      ['Verification › Screening', false, 1, 1, 2],
      ['Standing › Good', true, 1, 0, null],
    ]);
  });
});
