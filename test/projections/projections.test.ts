/** Read models: redelivered events change nothing, a rebuild equals what is live, an older version is made anew. */
import { writeFileSync } from 'node:fs';
import type { StoredEvent } from '../../src/eventStore/eventStore.js';
import { sendingGate } from '../../projections/sendingGate.js';
import { ProjectionRunner } from '../../src/readModels/runner.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { GenerationWriter } from '../../src/readModels/writer.js';
import { caughtUp, differencesFromRebuild } from '../support/compareReadModels.js';
import { command, informationRequested, rejected, verified } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let gatehouse: TestGatehouse;
beforeEach(async () => (gatehouse = await newGatehouse()));
afterEach(async () => gatehouse.close());

const events = async (): Promise<StoredEvent[]> => {
  const found: StoredEvent[] = [];
  for await (const event of gatehouse.store.readAll({ types: sendingGate.types })) found.push(event);
  return found;
};

test('given events that were applied, when they are delivered again, then nothing changes', async () => {
  await gatehouse.walk(verified);
  const store = new ReadModelStore(':memory:');
  const writer = new GenerationWriter(store, sendingGate, store.open(sendingGate as never));
  const all = await events();
  const apply = (some: readonly StoredEvent[]): void => {
    for (const event of some) writer.absorb(event);
    writer.flush(all.at(-1)?.position);
  };
  apply(all);
  const before = [...store.all(writer.generation)];
  apply(all);
  apply(all.slice(3, 6));
  expect([...store.all(writer.generation)]).toEqual(before);
  expect(writer.row('acme')).toMatchObject({ revision: 9 });
  store.close();
});

test('given accounts on all kinds of ways, then live read models equal a rebuild', async () => {
  const models = gatehouse.readModels();
  models.start();
  await gatehouse.walk(verified, 'one');
  await gatehouse.walk(rejected, 'two');
  await gatehouse.walk([...informationRequested, command('SubmitInformation')], 'three');
  await gatehouse.walk([...verified, command('SuspendAccount'), command('CloseAccount')], 'four');
  expect(await differencesFromRebuild(gatehouse.store, models)).toEqual([]);
});

test('given commands that keep coming, when read models are rebuilt, then the old rows serve and no event is missed', async () => {
  const models = gatehouse.readModels();
  models.start();
  await gatehouse.walk(verified, 'one');
  await caughtUp(gatehouse.store, models);
  const stop = new AbortController();
  const writer = (async () => {
    for (let index = 0; !stop.signal.aborted; index++)
      await gatehouse.walk([command('UpdateBusinessProfile', { useCase: `Use ${index}` })], 'one');
  })();
  for (const name of [...models.names(), ...models.names()]) {
    const rebuild = models.rebuild(name);
    expect(models.sendingGate.row('one')?.accountId).toBe('one');
    expect(await rebuild).toBeGreaterThan(0);
  }
  stop.abort();
  await writer;
  expect(await differencesFromRebuild(gatehouse.store, models)).toEqual([]);
});

test('given read models on disk, when the process starts again, then they go on where they were', async () => {
  const file = gatehouse.folder.file('read-models.db');
  const first = gatehouse.readModels(file);
  first.start();
  await gatehouse.walk(verified, 'one');
  await caughtUp(gatehouse.store, first);
  const { position } = first.sendingGate;
  await first.stop();
  await gatehouse.walk([command('SuspendAccount')], 'one');
  const second = gatehouse.readModels(file);
  expect(second.sendingGate.position).toBe(position);
  second.start();
  expect(await differencesFromRebuild(gatehouse.store, second)).toEqual([]);
});

test('given a file that is damaged, then it says that it can be deleted, and why nothing is lost', () => {
  const file = gatehouse.folder.file('read-models.db');
  writeFileSync(file, 'not a database, but long enough to be looked at as one'.repeat(50));
  expect(() => new ReadModelStore(file)).toThrow(
    /read-models\.db cannot be used .* Delete it .* made anew from the log/,
  );
});

test('given rows of an older version, when the process starts, then they are made anew', async () => {
  await gatehouse.walk(verified, 'one');
  const store = new ReadModelStore(':memory:');
  const older = new ProjectionRunner(gatehouse.store, store, sendingGate);
  await older.rebuild(new AbortController().signal);
  expect(older.position).toBeDefined();
  const newer = new ProjectionRunner(gatehouse.store, store, { ...sendingGate, version: sendingGate.version + 1 });
  expect(newer.position).toBeUndefined();
  expect(newer.row('one')).toBeUndefined();
  store.close();
});

test('given an event that cannot be read, then the runner says so, tries again, and the others go on', async () => {
  await gatehouse.walk(verified, 'one');
  const errors: string[] = [];
  const broken = {
    ...sendingGate,
    name: 'broken',
    evolve: () => {
      throw new Error('cannot evolve');
    },
  };
  const store = new ReadModelStore(':memory:');
  const runner = new ProjectionRunner(gatehouse.store, store, broken, (name, error) =>
    errors.push(`${name}: ${String(error)}`),
  );
  const stop = new AbortController();
  const running = runner.run(stop.signal);
  while (errors.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(errors[0]).toBe('broken: Error: cannot evolve');
  expect(runner.status).toMatchObject({ state: 'failed', error: 'cannot evolve', checkpoint: null });
  stop.abort();
  await running;
  store.close();
});
