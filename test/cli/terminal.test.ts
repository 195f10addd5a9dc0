/** What commands print for people: colours, durations, moves, one line an event; and that no text can write to the terminal. */
import { painter, plain } from '../../src/cli/colour.js';
import { durationText } from '../../src/cli/durations.js';
import { eventLine } from '../../src/cli/eventLine.js';
import { movesText } from '../../src/cli/moves.js';
import type { Json, StoredEvent } from '../../src/eventStore/eventStore.js';

const escape = '\u001B';
const uncoloured = painter({}, {});
const coloured = painter({ isTTY: true }, {});

test('colours on a terminal, unless NO_COLOR is set to something', () => {
  expect(coloured('red', 'stop')).toBe(`${escape}[31mstop${escape}[39m`);
  expect(painter({ isTTY: true }, { NO_COLOR: '' })('red', 'stop')).toContain(escape);
  expect(painter({ isTTY: true }, { NO_COLOR: '1' })('red', 'stop')).toBe('stop');
  expect(painter({ isTTY: false }, {})('red', 'stop')).toBe('stop');
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1 s'],
  [59_999, '59 s'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [84_420_000, '23 h 27 min'],
  [86_400_000, '1 d'],
  [2_710_800_000, '31 d 9 h'],
  [-5, '-5 ms'],
])('%i milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

describe('moves', () => {
  const review = (assignment: string, approval: string) => ({
    verification: { pendingReview: { assignment, approval } },
    standing: 'good',
  });

  test('only regions that changed, and within a state only the part that did', () => {
    expect(movesText(review('unassigned', 'none'), review('assigned', 'none'), uncoloured)).toEqual([
      'verification pendingReview assignment unassigned → assigned',
    ]);
    expect(movesText(review('assigned', 'none'), { verification: 'rejected', standing: 'warned' }, uncoloured)).toEqual(
      ['verification pendingReview (assignment: assigned, approval: none) → rejected', 'standing good → warned'],
    );
    expect(movesText(review('assigned', 'none'), review('assigned', 'none'), uncoloured)).toEqual([]);
  });

  test('a state in another one is told as the state that holds it', () => {
    const [verified, again] = [
      { verification: { verified: 'current' } },
      { verification: { verified: { reReview: 'open' } } },
    ];
    expect(movesText(verified, again, uncoloured)).toEqual(['verification verified current → reReview (open)']);
  });

  test('the first event comes from nowhere', () => {
    expect(movesText(null, { verification: 'notRequested' }, uncoloured)).toEqual(['verification none → notRequested']);
  });

  test('coloured by where they lead', () => {
    const to = (verification: string) => movesText({ verification: 'screening' }, { verification }, coloured)[0];
    expect(to('verified')).toContain(`${escape}[32mverified`);
    expect(to('infoRequested')).toContain(`${escape}[33minfoRequested`);
    expect(to('revoked')).toContain(`${escape}[31mrevoked`);
    expect(to('pendingReview')).not.toContain(escape);
  });
});

describe('one line an event', () => {
  const event = (type: string, data: Record<string, Json>, metadata: Record<string, Json> = {}): StoredEvent => ({
    id: '00000000-0000-5000-8000-000000000000',
    type,
    stream: 'account-acme',
    revision: 8,
    position: '0000000000000009',
    data,
    metadata: {
      actor: { type: 'reviewer', id: 'reviewer-1' },
      occurredAt: '2026-01-05T09:00:00.000Z',
      schemaVersion: 1,
      from: { verification: { pendingReview: { assignment: 'unassigned', approval: 'none' } } },
      to: { verification: 'rejected' },
      ...metadata,
    },
  });
  const line = (one: StoredEvent): string => eventLine(one, uncoloured);
  const reasons = [{ code: 'opt_in_unclear', customerMessage: 'Words for the customer' }];

  test('a decision: who, from where to where, the reasons’ codes, and none of their words', () => {
    const rejected = event('VerificationRejected', { reasons, retryable: true, internalNote: 'Words of the reviewer' });
    expect(line(rejected)).toBe(
      '2026-01-05T09:00:00.000Z  acme r8  VerificationRejected  reviewer reviewer-1 · verification pendingReview ' +
        '(assignment: unassigned, approval: none) → rejected · opt_in_unclear · retryable true',
    );
  });

  test('on behalf of whom, and that it was brought in', () => {
    const line8 = line(event('VerificationWithdrawn', { reason: 'Words' }, { onBehalfOf: 'user-7', imported: true }));
    expect(line8).toContain('reviewer reviewer-1 for user-7 · ');
    expect(line8).toMatch(/ · imported$/);
    expect(line8).not.toContain('Words');
  });

  test('lists are counted, contacts and domains not shown', () => {
    const contacts = [{ email: 'tech@acme.example', roles: ['technical'] }];
    expect(line(event('ContactsUpdated', { contacts }))).toMatch(/ · contacts 1$/);
    const told = line(event('NotificationSent', { template: 'approved', contact: 'owner@acme.example' }));
    expect(told).toMatch(/ · template approved$/);
  });

  test('an event that this program does not know: when, whose, what, who; its data could be anything', () => {
    const line8 = line(event('SomethingNew', { to: 'owner@acme.example', reasons }));
    expect(line8).toContain('acme r8  SomethingNew  reviewer reviewer-1');
    expect(line8).not.toContain('owner@');
    expect(line({ ...event('SomethingNew', {}), stream: 'ops-exports', metadata: {} })).toBe(
      '0000000000000009  ops-exports r8  SomethingNew  ',
    );
  });

  test('nothing in the log can move the cursor or begin a line', () => {
    const hostile = event(
      `Type${escape}[2J`,
      {},
      { actor: { type: 'reviewer', id: `x\n${escape}]0;title\u0007` }, to: { verification: `a${escape}[31m` } },
    );
    expect(/[\p{Cc}]/u.test(line(hostile))).toBe(false);
    expect(plain('a\u202Eb\r\nc')).toBe('a?b??c');
  });
});
