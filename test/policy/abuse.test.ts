/** What an abuse signal leads to, by the policy's thresholds and by what the account has had already. */
import { type AbuseSignal, type AbuseState, consequenceOf, whyOf } from '../../src/policy/abuse.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { day, minute, start } from '../support/examples.js';

const good: AbuseState = { standing: 'good', canBeReReviewed: true, warnings: [] };
const warnedAt = (at: string): AbuseState => ({
  ...good,
  standing: 'warned',
  warnings: [{ at, codes: ['bounce_rate_high'] }],
});
const signal = (kind: AbuseSignal['kind'], rate?: number): AbuseSignal => ({
  kind,
  ...(rate === undefined ? {} : { rate }),
  source: 'feedback loop',
});

test.each<[string, AbuseSignal, AbuseState, string | undefined]>([
  ['below every rate', signal('complaints', 0.0009), good, undefined],
  ['at the lower rate', signal('complaints', 0.001), good, 'warn'],
  ['at the higher rate: the strongest of both', signal('complaints', 0.003), good, 'suspend'],
  ['a rate that was not measured', signal('complaints'), good, undefined],
  ['a kind that needs no rate', signal('credentials'), good, 'suspend'],
  ['a kind that leads to a second look', signal('spam_trap'), good, 're_review'],
  [
    '… of an account that is not verified: only recorded',
    signal('spam_trap'),
    { ...good, canBeReReviewed: false },
    undefined,
  ],
  ['warned for the same an hour ago', signal('bounces', 0.05), warnedAt(minute(-60)), undefined],
  ['warned for the same a day ago', signal('bounces', 0.05), warnedAt(day(-1)), 'warn'],
  ['warned for something else', signal('complaints', 0.001), warnedAt(minute(-60)), 'warn'],
  ['warned, and now it is worse', signal('bounces', 0.1), warnedAt(minute(-60)), 'suspend'],
  ['suspended already', signal('credentials'), { ...good, standing: 'suspended' }, undefined],
  ['suspended already, and verified: a second look', signal('report'), { ...good, standing: 'suspended' }, 're_review'],
  ['closed', signal('credentials'), { ...good, standing: 'closed', canBeReReviewed: false }, undefined],
])('%s', (_name, given, state, expected) => {
  expect(consequenceOf(given, state, builtInPolicy, start)?.consequence).toBe(expected);
});

test('a weaker consequence takes the place of one that has none', () => {
  const both: PolicyDocument = {
    ...builtInPolicy,
    abuse: {
      thresholds: [
        { kind: 'report', consequence: 're_review', reasonCode: 'other', customerMessage: 'A' },
        { kind: 'report', rateAtLeast: 0, consequence: 'warn', reasonCode: 'other', customerMessage: 'B' },
      ],
    },
  };
  expect(consequenceOf(signal('report', 1), good, both, start)?.consequence).toBe('re_review');
  expect(consequenceOf(signal('report', 1), { ...good, canBeReReviewed: false }, both, start)?.consequence).toBe(
    'warn',
  );
});

test('a policy without thresholds only records', () => {
  expect(
    consequenceOf(signal('credentials'), good, { ...builtInPolicy, abuse: { thresholds: [] } }, start),
  ).toBeUndefined();
});

test('the note for reviewers quotes the signal and the rule', () => {
  const given = { ...signal('bounces', 0.12), window: '24 h' };
  const threshold = consequenceOf(given, good, builtInPolicy, start);
  if (threshold === undefined) throw new Error('no consequence');
  expect(whyOf(given, threshold, 'v7')).toBe(
    'Signal: bounces at a rate of 0.12 within 24 h, from feedback loop. Rule of policy v7: bounces, from a rate of 0.1 on, suspend.',
  );
});
