/** The list's filters in the address and in the question. */
import { statuses } from '../../../src/policy/status.js';
import { addressOf, askedFor, filtersOf, statusChoices } from '../../../src/console/account/accountsView.js';

test('every status can be chosen', () => {
  expect([...statusChoices]).toEqual([...statuses]);
});

test.each([
  [{}, { q: '', status: '' }],
  [
    { q: 'acme', status: 'verified' },
    { q: 'acme', status: 'verified' },
  ],
  [
    { status: 'nonsense', other: 'x' },
    { q: '', status: '' },
  ],
  [{ q: 'x'.repeat(300) }, { q: 'x'.repeat(256), status: '' }],
])('an address’s %j', (query, filters) => {
  expect(filtersOf(query)).toEqual(filters);
});

test('an address says the filters, and gives them back', () => {
  expect(addressOf({ q: '', status: '' })).toBe('/console/accounts');
  expect(addressOf({ q: ' a&b #1 ', status: 'closed' })).toBe('/console/accounts?q=a%26b+%231&status=closed');
  const query = Object.fromEntries(new URL(addressOf({ q: 'a&b #1', status: 'closed' }), 'http://x').searchParams);
  expect(filtersOf(query)).toEqual({ q: 'a&b #1', status: 'closed' });
});

test('the newest come first unless something is looked for', () => {
  expect(askedFor({ q: '  ', status: '' })).toEqual({ order: 'desc' });
  expect(askedFor({ q: ' acme ', status: 'verified' })).toEqual({ q: 'acme', status: 'verified' });
});
