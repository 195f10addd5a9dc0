/** Backtests in the service: bounded in number, one after the other, ended at any time, without holding others up. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { BacktestDesk, type DeskDeps } from '../../src/backtestRuns/desk.js';
import type { BacktestRun } from '../../src/backtestRuns/run.js';
import { BacktestsUnusable, RunStore } from '../../src/backtestRuns/runStore.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { writeFileSync } from 'node:fs';
import { start } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { stories, writeStories } from '../support/screenedLog.js';

const { screening } = builtInPolicy;
const candidate = { ...builtInPolicy, version: 'c', screening: { ...screening, automaticApproval: false } };
const analyst = { type: 'analyst', id: 'analyst-1' } as const;

let gatehouse: TestGatehouse;
beforeAll(async () => {
  gatehouse = await newGatehouse();
  await writeStories(gatehouse, stories(9, 80), { ...builtInPolicy, version: 'then' });
}, 60_000);
afterAll(async () => gatehouse.close());

let file = 0;
let failures: unknown[];
beforeEach(() => {
  file += 1;
  failures = [];
});
const runsFile = (): string => gatehouse.folder.file(`backtests-${file}.db`);

function newDesk(parts: Partial<DeskDeps> = {}): BacktestDesk {
  const onFailure = (_id: string, error: unknown): void => void failures.push(error);
  return new BacktestDesk({
    store: gatehouse.store,
    runs: new RunStore(runsFile()),
    now: () => start,
    onFailure,
    ...parts,
  });
}

/** The log, but reading all of it waits until it is opened. */
function closedLog(): { store: EventStore; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const store: EventStore = Object.create(gatehouse.store, {
    readAll: {
      value: async function* readAll(...args: Parameters<EventStore['readAll']>) {
        await opened;
        yield* gatehouse.store.readAll(...args);
      },
    },
    read: { value: (...args: Parameters<EventStore['read']>) => gatehouse.store.read(...args) },
    head: { value: async () => gatehouse.store.head() },
  }) as EventStore;
  return { store, open };
}

const started = (desk: BacktestDesk): BacktestRun => {
  const run = desk.start({ candidate }, analyst);
  if (run === undefined) throw new Error('it was not taken');
  return run;
};

async function over(desk: BacktestDesk, id: string): Promise<BacktestRun> {
  for (;;) {
    const run = desk.get(id);
    if (run === undefined) throw new Error(`${id} is gone`);
    if (run.state !== 'waiting' && run.state !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('given four under way, when one more is asked for, then it is sent away; they come one after the other', async () => {
  const { store, open } = closedLog();
  const desk = newDesk({ store });
  const runs = Array.from({ length: 4 }, () => started(desk));
  expect(desk.start({ candidate }, analyst)).toBeUndefined();
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs.map(({ id }) => desk.get(id)?.state)).toEqual(['running', 'waiting', 'waiting', 'waiting']);
  open();
  for (const { id } of runs) expect(await over(desk, id)).toMatchObject({ state: 'finished' });
  expect(desk.start({ candidate }, analyst)).toBeDefined();
  await desk.stop();
});

test('given one that runs and one that waits, when they are ended, then both are cancelled, and the next one runs', async () => {
  const { store, open } = closedLog();
  const desk = newDesk({ store });
  const [running, waiting, next] = [started(desk), started(desk), started(desk)];
  await new Promise((resolve) => setImmediate(resolve));
  expect(await desk.end(waiting.id)).toMatchObject({ state: 'cancelled', finishedAt: start, result: null });
  const ending = desk.end(running.id);
  open();
  expect(await ending).toMatchObject({ state: 'cancelled', result: { complete: false, differing: 0 } });
  expect(await over(desk, next.id)).toMatchObject({ state: 'finished' });
  expect(desk.list().map(({ state }) => state)).toEqual(['finished', 'cancelled', 'cancelled']);
  await desk.stop();
});

test('given a service that stops, then what is under way is interrupted, and told so by the next one', async () => {
  const { store, open } = closedLog();
  const desk = newDesk({ store });
  const [running, waiting] = [started(desk), started(desk)];
  await new Promise((resolve) => setImmediate(resolve));
  const stopped = desk.stop();
  expect(desk.start({ candidate }, analyst)).toBeUndefined();
  open();
  await stopped;
  const next = newDesk();
  for (const { id } of [running, waiting]) expect(next.get(id)).toMatchObject({ state: 'interrupted' });
  await next.stop();
});

test('given a service that was killed, then what was under way is interrupted', async () => {
  const { store } = closedLog();
  const runs = new RunStore(runsFile());
  const { id } = started(newDesk({ store, runs }));
  runs.close();
  const next = newDesk();
  expect(next.get(id)).toMatchObject({ state: 'interrupted', finishedAt: start });
  await next.stop();
});

test('given more that differ than are kept, then the first ones are there and all are counted', async () => {
  const everything = newDesk();
  const whole = await over(everything, started(everything).id);
  expect(whole.differing).toBeGreaterThan(10);
  const all = everything.differences(whole.id, { from: 0, limit: 500 });
  expect(all).toHaveLength(whole.differing);
  await everything.stop();
  file += 1;
  const desk = newDesk({ mostDifferences: 10 });
  const run = await over(desk, started(desk).id);
  expect(run).toMatchObject({ differing: whole.differing, kept: 10, result: whole.result });
  expect(desk.differences(run.id, { from: 0, limit: 500 })).toEqual(all.slice(0, 10));
  await desk.stop();
});

test('given many runs, then the latest are kept and the oldest make room, with what they found', async () => {
  const desk = newDesk();
  const runs: BacktestRun[] = [];
  for (let count = 0; count < 22; count++) runs.push(await over(desk, started(desk).id));
  expect(desk.list().map(({ id }) => id)).toEqual(
    runs
      .map(({ id }) => id)
      .toReversed()
      .slice(0, 20),
  );
  const [oldest, , kept] = runs;
  expect(desk.differences(oldest?.id ?? '', { from: 0, limit: 5 })).toEqual([]);
  expect(desk.differences(kept?.id ?? '', { from: 0, limit: 5 })).toHaveLength(5);
  await desk.stop();
});

test('given a log that cannot be read, then the run has failed, says why, and the next one runs', async () => {
  let broken = true;
  const store = Object.create(gatehouse.store, {
    head: {
      value: async () => {
        if (broken) throw new Error('the disk is gone');
        return gatehouse.store.head();
      },
    },
    read: { value: (...args: Parameters<EventStore['read']>) => gatehouse.store.read(...args) },
    readAll: { value: (...args: Parameters<EventStore['readAll']>) => gatehouse.store.readAll(...args) },
  }) as EventStore;
  const desk = newDesk({ store });
  expect(await over(desk, started(desk).id)).toMatchObject({ state: 'failed', error: 'the disk is gone' });
  expect(failures).toHaveLength(1);
  broken = false;
  expect(await over(desk, started(desk).id)).toMatchObject({ state: 'finished', error: null });
  await desk.stop();
});

test('while one runs, what else waits gets its turn', async () => {
  const desk = newDesk();
  await over(desk, started(desk).id);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let turns = 0;
  let counting = true;
  const count = (): void => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  delay.enable();
  const { id } = started(desk);
  setImmediate(count);
  await over(desk, id);
  counting = false;
  delay.disable();
  // It takes tens of milliseconds in stretches of two; without turns there would be next to none.
  expect(turns).toBeGreaterThan(5);
  await desk.stop();
});

test('a file that is no database is named, with what to do', () => {
  writeFileSync(runsFile(), 'not a database, but long enough to be taken for one'.repeat(20));
  expect(() => new RunStore(runsFile())).toThrow(BacktestsUnusable);
  expect(() => new RunStore(runsFile())).toThrow(/Delete it while nothing runs/);
});
