/** What a verification found, said so that it can be understood, and never more than was shown. */
import {
  type Finding,
  findingPlace,
  findingTitle,
  groupedFindings,
  outcomeWords,
  phaseWords,
  type Verification,
} from '../../src/console/audit/findingWords.js';
import { findingKinds } from '../../src/audit/findings.js';

const clean: NonNullable<Verification['result']> = {
  clean: true,
  complete: true,
  events: 1_204,
  streams: 31,
  checkpoints: 2,
  verifiedTo: '0000000000001204',
  uncovered: 0,
  found: 0,
  findings: [],
};
const run: Verification = {
  id: 'v-1',
  state: 'done',
  startedBy: { type: 'auditor', id: 'auditor-1' },
  startedAt: '2026-01-05T09:00:00.000Z',
  finishedAt: '2026-01-05T09:00:10.000Z',
  phase: 'chart',
  done: 1_204,
  total: 1_204,
  error: null,
  result: clean,
};

test.each<[Partial<Verification>, string]>([
  [{}, '1,204 events of 31 streams, held against 2 checkpoints: nothing was altered.'],
  [
    { result: { ...clean, uncovered: 1 } },
    '1,204 events of 31 streams, held against 2 checkpoints: nothing was altered. 1 later event without a checkpoint.',
  ],
  [
    { result: { ...clean, checkpoints: 0 } },
    '1,204 events of 31 streams: nothing was found, but no checkpoint vouches for them yet.',
  ],
  [{ result: { ...clean, clean: false, found: 1 } }, '1 finding in 1,204 events of 31 streams.'],
  [
    { state: 'cancelled', result: { ...clean, clean: false, complete: false } },
    'It was cancelled after 1,204 events of 31 streams; what was not read was not verified.',
  ],
  [{ state: 'cancelled', result: null }, 'It was cancelled before anything was read.'],
  [
    { state: 'failed', result: null, error: 'the store cannot be reached' },
    'It could not be done: the store cannot be reached. This says nothing about the log.',
  ],
])('%j: %s', (change, words) => {
  expect(outcomeWords({ ...run, ...change })).toBe(words);
});

test('every kind of finding has words of its own', () => {
  expect(new Set(findingKinds.map(findingTitle)).size).toBe(findingKinds.length);
});

test('where it is: what is known of the place, the account itself aside', () => {
  const finding: Finding = {
    kind: 'hash',
    detail: '',
    stream: 'account-acme',
    accountId: 'acme',
    revision: 4,
    position: '7',
  };
  expect(findingPlace(finding)).toBe('revision 4 · position 7');
  expect(findingPlace({ kind: 'stream', detail: '', stream: 'odd' })).toBe('stream odd');
  expect(findingPlace({ kind: 'cut', detail: '', checkpoint: 3 })).toBe('checkpoint 3');
});

test('findings by kind, in the order in which they were found', () => {
  const of = (kind: Finding['kind'], detail: string): Finding => ({ kind, detail });
  const groups = groupedFindings([of('hash', 'a'), of('chart', 'b'), of('hash', 'c')]);
  expect(groups.map(({ kind, findings }) => [kind, findings.map(({ detail }) => detail)])).toEqual([
    ['hash', ['a', 'c']],
    ['chart', ['b']],
  ]);
});

test('what it is doing', () => {
  expect(phaseWords(null)).toBe('Opening the log');
  expect(phaseWords('chart')).toContain('statechart');
});
