/**
 * Stored histories fold for ever, to the same states. A file here was written by the version that its name says, and is
 * never changed; new ones are added when events or the chart change: raise the number in `current`, and run this test once
 * with `GATEHOUSE_WRITE_HISTORIES=1`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AccountSnapshot, foldOne, initialSnapshot, stateOf } from '../../machines/fold.js';
import type { StoredEvent } from '../../src/eventStore/eventStore.js';
import { decode } from '../../src/events/upcast.js';
import { historiesIn } from '../../src/replay/histories.js';
import { replayLog } from '../../src/replay/replayLog.js';
import { newFolder } from '../support/folders.js';
import { writeHistories } from '../support/histories.js';
import { allTransitions, transitionsTaken } from '../support/transitions.js';

const folder = join(__dirname, 'histories');
const current = join(folder, 'machine-1-transitions.ndjson');

beforeAll(async () => {
  if (process.env['GATEHOUSE_WRITE_HISTORIES'] !== '1' || existsSync(current)) return;
  writeFileSync(current, await writeHistories());
});

test('there are histories', () => {
  expect(readdirSync(folder).length).toBeGreaterThan(0);
});

/** The events of a file, each with the account before it. */
function* steps(name: string): Iterable<{ before: AccountSnapshot; event: ReturnType<typeof decode> }> {
  const snapshots = new Map<string, AccountSnapshot>();
  for (const line of readFileSync(join(folder, name), 'utf8').trim().split('\n')) {
    const event = decode(JSON.parse(line) as StoredEvent);
    const before = snapshots.get(event.stream) ?? initialSnapshot;
    yield { before, event };
    snapshots.set(event.stream, foldOne(event.stream, before, event.revision, event.fact));
  }
}

test.each(readdirSync(folder))('%s folds to the states that were stored', (name) => {
  let events = 0;
  for (const { before, event } of steps(name)) {
    expect(stateOf(before)).toEqual(event.metadata.from);
    expect(stateOf(foldOne(event.stream, before, event.revision, event.fact))).toEqual(event.metadata.to);
    events += 1;
  }
  expect(events).toBeGreaterThan(300);
});

test.each(readdirSync(folder))('%s: the chart check finds nothing', async (name) => {
  const { divergences, events } = await replayLog(historiesIn(join(folder, name)));
  expect(divergences).toEqual([]);
  expect(events).toBeGreaterThan(300);
});

test('together they take every transition of the chart, so that a change to any of them shows', () => {
  const taken = new Set<string>();
  for (const name of readdirSync(folder)) {
    for (const { before, event } of steps(name)) for (const one of transitionsTaken(before, event.fact)) taken.add(one);
  }
  expect(allTransitions().filter((one) => !taken.has(one))).toEqual([]);
});

test('given lines that are no events, then each is told by its number, in the order of the file', async () => {
  const kept = newFolder();
  const file = kept.file('damaged.ndjson');
  const [first = ''] = readFileSync(current, 'utf8').split('\n');
  writeFileSync(file, [first, ...Array.from({ length: 10 }, () => '{')].join('\n'));
  const { divergences } = await replayLog(historiesIn(file));
  kept.remove();
  expect(divergences.map(({ position }) => position)).toEqual(
    Array.from({ length: 10 }, (_, index) => `line ${index + 2}`),
  );
});
