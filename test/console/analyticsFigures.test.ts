/** Figures in words, and their places on a scale. */
import { counted, duration, number, percent, timeScale } from '../../src/console/analytics/figures.js';
import { shownPoint } from '../../src/console/analytics/shownPoint.js';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

test.each([
  [0, 0, '–'],
  [0, 10, '0 %'],
  [10, 10, '100 %'],
  [1, 1_000, '< 1 %'],
  [999, 1_000, '> 99 %'],
  [1, 3, '33 %'],
])('%d of %d are %s: few are not none, nearly all are not all', (part, whole, words) => {
  expect(percent(part, whole)).toBe(words);
});

test('numbers, counts and times', () => {
  expect(number(1_234_567)).toBe('1,234,567');
  expect([counted(1, 'week'), counted(2, 'week'), counted(0, 'reply', 'replies')]).toEqual([
    '1 week',
    '2 weeks',
    '0 replies',
  ]);
  expect([duration(null), duration(0), duration(2 * day + 4 * hour)]).toEqual(['–', '0 s', '2 d 4 h']);
});

test('on a scale of times, longer is further, each in its place from 0 to 1', () => {
  const { at, ticks } = timeScale([7 * minute, 30 * hour, 40 * day, 0]);
  const places = [0, minute, 7 * minute, hour, day, 40 * day, 400 * day, 4_000 * day].map(at);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect([places[0], places.at(-1)]).toEqual([0, 1]);
  expect(at(7 * minute)).toBeGreaterThan(0);
  expect(at(40 * day)).toBeLessThan(1);
  // Each tick is where its length is, and far enough from the one before for its label.
  expect(ticks[0]).toEqual({ label: '1 min', at: 0 });
  for (const [index, tick] of ticks.entries())
    expect(tick.at - (ticks[index - 1]?.at ?? -1)).toBeGreaterThanOrEqual(0.2);
});

test('without a time there is no scale, and one time has one', () => {
  expect(timeScale([0, 0]).ticks).toEqual([]);
  expect(timeScale([]).at(hour)).toBe(0);
  const { at } = timeScale([day]);
  expect(at(day)).toBeGreaterThanOrEqual(0);
  expect(at(day)).toBeLessThanOrEqual(1);
});

test('a plot of another time shows the same week, or its last one where that week is not in it', () => {
  expect(shownPoint(['2026-W01', '2026-W02', '2026-W03'], undefined)).toBe(2);
  expect(shownPoint(['2026-W01', '2026-W02', '2026-W03'], '2026-W02')).toBe(1);
  expect(shownPoint(['2026-W02', '2026-W03'], '2026-W02')).toBe(0);
  expect(shownPoint(['2026-W03'], '2026-W02')).toBe(0);
});
