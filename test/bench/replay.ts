/**
 * A whole log through the chart on two threads, from the file to the verdict, against XState's public `transition()`, which
 * is given the same events one after the other, decoded already, on one core.
 */
import { transition } from 'xstate';
import { accountMachine } from '../../machines/account.js';
import { type AccountSnapshot, initialSnapshot } from '../../machines/fold.js';
import { replayInThreads } from '../../src/cli/replayThreads.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { accountOf } from '../../src/events/envelope.js';
import { decode, type RecordedEvent } from '../../src/events/upcast.js';
import { Sqlite } from '../../src/sqlite.js';
import { newFolder } from '../support/folders.js';
import { compare, rate, type Result, rounds } from './result.js';
import { envelopes, openDeps, runAll } from './workload.js';

/** Commands that are really handled, and how often their streams are copied: a log long enough to forget the start. */
const count = 24_000;
const copies = 25;

const threads = 2;

export async function benchReplay(): Promise<Result> {
  const folder = newFolder();
  const deps = await openDeps(folder);
  await runAll(deps, envelopes(count), 64);
  const recorded = await recordedEvents(deps.store);
  await deps.store.close();
  const file = folder.file('events.db');
  multiply(file);
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round++) {
    reference.push(await rate(recorded.length, () => transitions(recorded)));
    const all = recorded.length * copies;
    ours.push(await rate(all, () => replayAll(file, all)));
  }
  folder.remove();
  return compare(ours, reference, 'events/s');
}

async function recordedEvents(store: EventStore): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const event of store.readAll()) if (accountOf(event.stream) !== undefined) found.push(decode(event));
  return found;
}

/** The same streams again, under other names. A replay asks the chart, not the hashes. */
function multiply(file: string): void {
  const db = new Sqlite(file);
  db.pragma('synchronous = OFF');
  const last = db.prepare('SELECT max(position) FROM events').pluck().get() as number;
  const copy =
    db.prepare(`INSERT INTO events SELECT position + ? * ${last}, stream || ?, revision, id || ?, type, data, metadata
    FROM events WHERE position <= ${last} AND stream GLOB 'account-*'`);
  for (let number = 1; number < copies; number++) copy.run(number, `-${number}`, `-${number}`);
  db.close();
}

function transitions(events: readonly RecordedEvent[]): void {
  const snapshots = new Map<string, AccountSnapshot>();
  for (const { stream, fact } of events) {
    const [next] = transition(accountMachine, snapshots.get(stream) ?? initialSnapshot, fact);
    snapshots.set(stream, next);
  }
}

async function replayAll(file: string, expected: number): Promise<void> {
  const log = { kind: 'sqlite', file } as const;
  const { events, divergences } = await replayInThreads({ log, threads, signal: new AbortController().signal });
  if (events !== expected || divergences.length > 0) throw new Error(`replayed ${events} of ${expected}`);
}
