/** The filter of the audit page: what the address says is what is asked, and back. */
import { askedOf, filterChoices, filterOf, filterWords, queryOf } from '../../src/console/audit/filter.js';

test('given an address, then its filters are taken, and what is none is left out', () => {
  expect(
    filterOf({
      view: 'transitions',
      account: ' acme ',
      actor: '',
      type: 'VerificationApproved',
      toState: 'nowhere',
      standing: 'warned',
      since: '2026-01-05T09:00',
      until: 'tomorrow',
      changed: 'true',
      cursor: 'x',
    }),
  ).toEqual({
    account: 'acme',
    type: 'VerificationApproved',
    standing: 'warned',
    since: '2026-01-05T09:00',
    changed: 'true',
  });
});

test('of times, only those are taken that can be asked for', () => {
  expect(filterOf({ since: '5 Jan 2026', until: '2026-01-05T25:00' })).toEqual({});
  expect(filterOf({ since: '2026-01-05', until: '2026-01-05T09:00:30+01:00' })).toEqual({
    since: '2026-01-05',
    until: '2026-01-05T09:00:30+01:00',
  });
});

test('a filter as an address, and back, is the same', () => {
  const filter = { account: 'a#1', actor: 'r & d', since: '2026-01-05T09:00:30', changed: 'true' };
  const query = queryOf(filter, { order: 'asc' });
  expect(query).toContain('order=asc');
  expect(filterOf(Object.fromEntries(new URLSearchParams(query)))).toEqual(filter);
  expect(queryOf({})).toBe('');
});

test('the API is asked for instants: times are in UTC wherever somebody is, the rest as it stands', () => {
  const before = process.env['TZ'];
  process.env['TZ'] = 'America/New_York';
  try {
    expect(askedOf({ actor: 'reviewer-1', since: '2026-01-05T09:00', until: '2026-01-06' })).toEqual({
      actor: 'reviewer-1',
      since: '2026-01-05T09:00:00.000Z',
      until: '2026-01-06T00:00:00.000Z',
    });
    expect(askedOf({ since: '2026-01-05T09:00:30+01:00', until: '2026-01-05T09:00:30.5Z' })).toEqual({
      since: '2026-01-05T08:00:30.000Z',
      until: '2026-01-05T09:00:30.500Z',
    });
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
});

test('commands are offered once, by their names; each choice has words', () => {
  const commands = filterChoices.command ?? [];
  expect(commands).toContainEqual({ value: 'ApproveVerification', label: 'Approve verification' });
  expect(commands.some(({ value }) => value.includes('-'))).toBe(false);
  expect(new Set(commands.map(({ label }) => label)).size).toBe(commands.length);
});

test('what is set is said in words', () => {
  expect(filterWords('toState', 'pendingReview')).toBe('State it led to: Pending review');
  expect(filterWords('account', 'acme')).toBe('Account: acme');
  expect(filterWords('since', '2026-01-05T09:00')).toBe('From (UTC): 2026-01-05 09:00');
  expect(filterWords('changed', 'true')).toBe('Only what changed a state');
});

test('a command in an address may be spelled as in the paths of the API', () => {
  expect(filterOf({ command: 'submit-information' })).toEqual({ command: 'SubmitInformation' });
  expect(filterOf({ command: 'SubmitInformation' })).toEqual({ command: 'SubmitInformation' });
  expect(filterOf({ command: 'do-laundry' })).toEqual({});
});
