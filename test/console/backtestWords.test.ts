/** What a difference says, and where it leads. */
import { filterIn, runAddress, sameFilter } from '../../src/console/analytics/backtest/address.js';
import {
  type Difference,
  deletingWords,
  differenceWords,
  noDifferenceWords,
  periodOfRun,
  ruleWords,
} from '../../src/console/analytics/backtest/words.js';

const place = { at: '2026-01-05T09:10:00.000Z', policyVersion: 'v1' };
const nothing = {
  approvedByPersonAt: null,
  rejectedAt: null,
  warnedAt: null,
  suspendedAt: null,
  revokedAt: null,
  abuseSignals: 0,
};
const difference = (changed: Partial<Difference>): Difference => ({
  number: 1,
  accountId: 'acme',
  revision: 8,
  position: '9',
  at: '2026-01-05T09:00:00.000Z',
  screening: 'none',
  approval: null,
  approvals: 0,
  later: nothing,
  ...changed,
});

test('another outcome of the screening: what it was, what it becomes, why, and on what it rests', () => {
  const one = difference({
    screening: {
      before: { ...place, revision: 9, outcome: 'approved', rule: 'all_passed', missing: [] },
      after: { ...place, revision: 9, outcome: 'review', rule: 'requirements_missing', missing: ['audience'] },
      doubts: [
        { check: 'sign-up', outcome: 'fail', reasonCode: 'opt_in_unclear' },
        { check: 'blocklist', outcome: 'unknown' },
      ],
    },
    later: { ...nothing, suspendedAt: place.at, abuseSignals: 2 },
  });
  expect(differenceWords(one)).toEqual({
    was: 'Approved automatically',
    becomes: 'Went to a person',
    why: 'requirements were not met · missing: audience · sign-up: opt in unclear · blocklist: unknown',
    afterwards: 'Suspended, 2 signals of abuse',
    revision: 9,
  });
});

test('an approval that is refused, though the screening stayed the same', () => {
  const same = { ...place, revision: 9, outcome: 'review' as const, rule: 'no_findings', missing: [] };
  const one = difference({
    screening: { before: same, after: same, doubts: [] },
    approval: { ...place, revision: 12, outcome: 'refused', rule: 'second_person_required', missing: [] },
    later: { ...nothing, approvedByPersonAt: place.at },
  });
  expect(differenceWords(one)).toEqual({
    was: 'Approved by a person',
    becomes: 'Approval refused',
    why: 'a second person is compulsory, and there was none',
    afterwards: 'Approved by a person',
    revision: 12,
  });
});

test('a rule that has no words yet is said by its code', () => {
  expect(ruleWords('some_new_rule')).toBe('some new rule');
  expect(ruleWords(null)).toBe('');
});

test('the address of a run has its filter; what is no filter is left out', () => {
  const filter = { was: 'approved', becomes: 'review', approval: undefined } as const;
  const query = Object.fromEntries(new URL(runAddress('r1', filter), 'https://x').searchParams);
  expect(query).toEqual({ run: 'r1', was: 'approved', becomes: 'review' });
  expect(sameFilter(filterIn(query), filter)).toBe(true);
  expect(filterIn({ was: 'constructor', becomes: '', approval: 'yes' })).toEqual({});
  expect(sameFilter(filterIn({}), filter)).toBe(false);
});

test('the days of a run: the last one is included', () => {
  expect(periodOfRun({ since: '2026-01-05T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' })).toBe(
    '5 Jan 2026 to 31 Jan 2026',
  );
  expect(periodOfRun({ since: null, until: null })).toBe('All time');
});

test('given a run that was not asked for by days, then its time is told to the second', () => {
  const [since, until] = ['2026-01-05T09:30:00.000Z', '2026-02-01T00:00:00.000Z'];
  expect(periodOfRun({ since, until })).toBe('From 2026-01-05 09:30:00 UTC, before 2026-02-01 00:00:00 UTC');
  expect(periodOfRun({ since: null, until: since })).toBe('Before 2026-01-05 09:30:00 UTC');
});

test('only a run that came to the end of the log speaks for every request', () => {
  expect(noDifferenceWords('finished').text).toContain('every request');
  for (const state of ['cancelled', 'interrupted'] as const) {
    expect(noDifferenceWords(state).text).toContain('did not come to the end of the log');
  }
});

test('who deletes the run of somebody else is told whose it is', () => {
  const startedBy = { type: 'auditor', id: 'auditor-1' } as const;
  expect(deletingWords({ startedBy }, 'auditor-1')).toBe('Delete this backtest?');
  expect(deletingWords({ startedBy }, 'analyst-1')).toContain('auditor-1');
});
