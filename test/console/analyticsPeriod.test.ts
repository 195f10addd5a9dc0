/** The time that figures are about: in addresses, in questions to the API, in words. */
import {
  addressOf,
  allTime,
  instantsOf,
  periodIn,
  periodInWords,
  problemOfPeriod,
  usualPeriods,
  isWhole,
} from '../../src/console/analytics/period.js';

test.each([
  [{}, '', ''],
  [{ from: '2026-01-05', to: '2026-02-01' }, '2026-01-05', '2026-02-01'],
  [{ from: '2026-02-30', to: '2026-2-1' }, '', ''],
  [{ from: 'yesterday', to: '2026-12-31T00:00' }, '', ''],
])('of the address %j, days that exist are taken', (query, from, to) => {
  expect(periodIn(query as Record<string, string>)).toEqual({ from, to });
});

test('an address has what it was made of, and nothing for an open end', () => {
  expect(addressOf('/p', allTime)).toBe('/p');
  expect(addressOf('/p', { from: '2026-01-05', to: '' })).toBe('/p?from=2026-01-05');
  const both = { from: '2026-01-05', to: '2026-02-01' };
  expect(periodIn(Object.fromEntries(new URL(addressOf('https://x/p', both)).searchParams))).toEqual(both);
});

test('the last day is included: it ends where the next one begins', () => {
  expect(instantsOf({ from: '2026-02-28', to: '2026-02-28' })).toEqual({
    from: '2026-02-28T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
  });
  expect(instantsOf(allTime)).toEqual({});
});

test('a time that ends before it begins is said to; one day is a time', () => {
  expect(problemOfPeriod({ from: '2026-02-02', to: '2026-02-01' })).toMatch(/Change one of them/);
  expect(problemOfPeriod({ from: '2026-02-01', to: '2026-02-01' })).toBeUndefined();
  expect(problemOfPeriod({ from: '2026-02-01', to: '' })).toBeUndefined();
});

test.each([
  [allTime, 'All time'],
  [{ from: '2026-01-05', to: '' }, 'Since 5 Jan 2026'],
  [{ from: '', to: '2026-01-05' }, 'Until 5 Jan 2026'],
  [{ from: '2026-01-05', to: '2026-02-01' }, '5 Jan 2026 to 1 Feb 2026'],
])('in words: %j', (period, words) => {
  expect(periodInWords(period)).toBe(words);
});

test('usual times end with the present, and the last one is everything', () => {
  const usual = usualPeriods(Date.parse('2026-03-01T23:00:00Z'));
  expect(usual[0]).toEqual(['4 weeks', { from: '2026-02-01', to: '' }]);
  expect(usual.at(-1)).toEqual(['All time', allTime]);
});

test('given a year that is being typed, then the day is whole with its last figure', () => {
  expect(['0002-01-05', '0020-01-05', '0202-01-05', '2026-01-05', ''].map(isWhole)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});
