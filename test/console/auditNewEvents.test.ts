/** What came to the log since a list of it was shown. */
import { afterMissed, newEventsWords, noneNew, since, withTold } from '../../src/console/audit/newEvents.js';

const told = (position: string) => ({
  position,
  accountId: 'acme',
  revision: 0,
  type: 'AccountSignedUp',
  occurredAt: '',
});

test('what is told is counted, until a list shows it', () => {
  const two = withTold(withTold(noneNew, told('05')), told('06'));
  expect(newEventsWords(two)).toBe('2 new events');
  expect(newEventsWords(since(two, '06'))).toBe('');
});

test('given an event that was told while a list was asked for, then it stays new where the list does not show it', () => {
  const two = withTold(withTold(noneNew, told('05')), told('06'));
  expect(newEventsWords(since(two, '05'))).toBe('1 new event');
});

test('given that some may not have been told, then the latest say how many came', () => {
  expect(afterMissed(noneNew, '05', ['07', '06', '05', '04'], false)).toEqual({
    count: 2,
    atLeast: false,
    recent: ['06', '07'],
  });
  expect(newEventsWords(afterMissed(noneNew, '05', ['05', '04'], false))).toBe('');
});

test('given more than were asked for, then it says that there may be more', () => {
  expect(newEventsWords(afterMissed(noneNew, '05', ['09', '08'], false))).toBe('at least 2 new events');
  expect(newEventsWords(afterMissed(noneNew, '', ['02', '01'], true))).toBe('2 new events');
});

test('what was told already is not counted twice, nor forgotten', () => {
  const before = withTold(noneNew, told('06'));
  expect(newEventsWords(afterMissed(before, '05', ['07', '06'], true))).toBe('2 new events');
  expect(newEventsWords(afterMissed(before, '05', [], true))).toBe('1 new event');
});
