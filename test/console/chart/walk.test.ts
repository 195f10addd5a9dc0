/** The path that an account has walked: held against the chart itself, over the stored histories. */
import { readFileSync } from 'node:fs';
import { admits, foldOne, initialSnapshot, stateOf } from '../../../machines/fold.js';
import { accountMachine } from '../../../machines/account.js';
import { accountOf } from '../../../src/events/envelope.js';
import { decode, type RecordedEvent } from '../../../src/events/upcast.js';
import type { StoredEvent } from '../../../src/eventStore/eventStore.js';
import type { DrawnChart } from '../../../src/console/chart/drawing.js';
import { pathsOf, type Step, walkOf } from '../../../src/console/chart/walk.js';
import { drawnChart } from '../../support/chart.js';

let chart: DrawnChart;
beforeAll(async () => (chart = await drawnChart()));

const recorded = ['machine-1', 'machine-1-transitions'].flatMap((name) =>
  readFileSync(`test/replay/histories/${name}.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StoredEvent)
    .filter(({ stream }) => stream !== undefined && accountOf(stream) !== undefined)
    .map((event) => ({ file: name, ...decode(event) })),
);
const accounts = new Map<string, RecordedEvent[]>();
for (const { file, ...event } of recorded) {
  const name = `${file} ${event.stream}`;
  accounts.set(name, [...(accounts.get(name) ?? []), event]);
}

const stepOf = ({ revision, fact, metadata }: RecordedEvent): Step => ({
  revision,
  type: fact.type,
  occurredAt: fact.occurredAt,
  from: revision === 0 ? null : metadata.from,
  to: metadata.to,
});

/** The arrows that the chart takes for a stream, as often as it takes each. */
function takenByTheChart(events: readonly RecordedEvent[]): Map<string, number> {
  const taken = new Map<string, number>();
  let snapshot = initialSnapshot;
  for (const { stream, revision, fact } of events) {
    expect(admits(snapshot, fact)).toBe(true);
    for (const { source, target = [] } of accountMachine.getTransitionData(snapshot, fact)) {
      for (const to of target) {
        const path = source.path.join('.');
        const from = `${to.path.join('.')}.`.startsWith(`${path}.`) ? `${path}.any` : path;
        const arrow = `${from} → ${to.path.join('.')}`;
        taken.set(arrow, (taken.get(arrow) ?? 0) + 1);
      }
    }
    snapshot = foldOne(stream, snapshot, revision, fact);
  }
  return taken;
}

test('the arrows marked are those that the chart took, each as often, in every stored history', () => {
  const seen = new Set<string>();
  for (const events of accounts.values()) {
    const walk = walkOf(chart, events.map(stepOf));
    expect(new Map(walk.taken)).toEqual(takenByTheChart(events));
    for (const arrow of walk.taken.keys()) seen.add(arrow);
  }
  // The histories take every arrow there is, save those that the chart takes by itself.
  const all = chart.flatMap(({ arrows }) => arrows.filter(({ events }) => events.some(({ type }) => type !== '')));
  expect([...seen].toSorted()).toEqual(all.map(({ from, to }) => `${from} → ${to}`).toSorted());
});

test('the states marked as current are those of the fold, with those around them', () => {
  for (const events of accounts.values()) {
    let snapshot = initialSnapshot;
    for (const { stream, revision, fact } of events) snapshot = foldOne(stream, snapshot, revision, fact);
    const walk = walkOf(chart, events.map(stepOf));
    expect([...walk.current].toSorted()).toEqual(pathsOf(stateOf(snapshot)).toSorted());
    const open = [...walk.stays].filter(([, stays]) => stays.at(-1)?.left === null).map(([path]) => path);
    // The regions themselves hold from before the first event.
    expect(open.toSorted()).toEqual([...walk.current].filter((path) => path.includes('.')).toSorted());
  }
});

const step = (revision: number, type: string, verification: Step['to'], standing: Step['to'] = 'good'): Step => ({
  revision,
  type,
  occurredAt: `2026-01-0${revision + 1}T09:00:00.000Z`,
  from: null,
  to: { setup: 'none', verification: verification ?? 'none', standing: standing ?? 'good' },
});

test('stays are told with when they began and ended, each time', () => {
  const { stays, last } = walkOf(chart, [
    step(0, 'AccountSignedUp', 'notRequested'),
    step(1, 'VerificationRequested', 'screening'),
    step(2, 'VerificationWithdrawn', 'notRequested'),
    step(3, 'VerificationRequested', 'screening'),
    step(4, 'AbuseSignalRecorded', 'screening'),
  ]);
  const at = (revision: number) => ({ revision, at: `2026-01-0${revision + 1}T09:00:00.000Z` });
  expect(stays.get('verification.screening')).toEqual([
    { entered: at(1), left: at(2) },
    { entered: at(3), left: null },
  ]);
  expect(stays.get('verification.notRequested')).toEqual([
    { entered: at(0), left: at(1) },
    { entered: at(2), left: at(3) },
  ]);
  expect(stays.get('verification.none')).toBeUndefined();
  // What moved nothing is no step on the chart: the one before it was the last.
  expect([...last]).toEqual(['verification.notRequested → verification.screening']);
});

test('before the first event nothing was walked', () => {
  const { current, stays, taken } = walkOf(chart, []);
  expect([...current]).toEqual([
    'setup',
    'setup.none',
    'verification',
    'verification.none',
    'standing',
    'standing.none',
  ]);
  expect([stays.size, taken.size]).toEqual([0, 0]);
});
