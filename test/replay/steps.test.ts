/** Steps of an account: what each changed, how long it waited, where the log and the chart part. */
import { type Step, stepsThrough, type Walked } from '../../src/replay/steps.js';
import type { Command } from '../../src/commands/decide.js';
import type { EventStore, StoredEvent } from '../../src/eventStore/eventStore.js';
import { plusMilliseconds } from '../../src/events/time.js';
import { Sqlite } from '../../src/sqlite.js';
import { command, minute, setUp, start, verified } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let now = start;
let gatehouse: TestGatehouse;
beforeEach(async () => {
  now = start;
  gatehouse = await newGatehouse(() => now);
});
afterEach(async () => gatehouse.close());

/** Commands, each a minute after the one before. */
async function walk(commands: readonly Command[]): Promise<void> {
  for (const one of commands) {
    now = plusMilliseconds(now, 60_000);
    await gatehouse.walk([one]);
  }
}

async function walked(store: Pick<EventStore, 'read'> = gatehouse.store, accountId = 'acme'): Promise<Walked[]> {
  const found: Walked[] = [];
  for await (const one of stepsThrough(store as EventStore, accountId)) found.push(one);
  return found;
}

const steps = async (): Promise<Step[]> => (await walked()).flatMap(({ step }) => step ?? []);

/** The account's stream with one event changed. */
function altered(revision: number, change: (event: StoredEvent) => StoredEvent): Pick<EventStore, 'read'> {
  return {
    read: (stream) =>
      (async function* () {
        for await (const event of gatehouse.store.read(stream))
          yield event.revision === revision ? change(event) : event;
      })(),
  };
}

test('a move within a verification state is not the end of the stay in it', async () => {
  await walk([...verified, command('OpenReReview'), command('ConfirmVerification'), command('RevokeVerification')]);
  const last = (await steps()).slice(-4);
  expect(last.map(({ type, changed, waitedMs, stayedMs }) => [type, changed, waitedMs, stayedMs])).toEqual([
    ['VerificationApproved', ['verification'], 60_000, 60_000],
    ['ReReviewOpened', ['verification'], 60_000, null],
    ['VerificationConfirmed', ['verification'], 60_000, null],
    ['VerificationRevoked', ['verification'], 60_000, 180_000],
  ]);
});

test('given an event that the store cannot read, then the steps before it, and its place', async () => {
  await walk(setUp);
  const db = new Sqlite(gatehouse.folder.file('events.db'));
  db.exec("UPDATE events SET metadata = '[' WHERE stream = 'account-acme' AND revision = 4");
  db.close();
  const all = await walked();
  expect(all.map(({ step }) => step?.revision)).toEqual([0, 1, 2, 3, undefined]);
  expect(all[4]?.divergence).toMatchObject({ stream: 'account-acme', revision: 4, kind: 'unreadable', type: null });
  expect(all[4]?.divergence?.state).toEqual(all[3]?.step?.to);
});

test('given a node whose clock is behind, then the wait is what both events say', async () => {
  await walk(setUp.slice(0, 2));
  now = plusMilliseconds(now, -7);
  await gatehouse.walk(setUp.slice(2, 3));
  expect((await steps()).map(({ waitedMs }) => waitedMs)).toEqual([null, 60_000, -7]);
});

test('an account that there is not has no steps', async () => {
  expect(await walked(gatehouse.store, 'nobody')).toEqual([]);
});

test('given an event that comes from elsewhere, and one that leads elsewhere, then each is told; the chart goes on', async () => {
  await walk(setUp);
  const wrong = { verification: 'verified', standing: 'good', setup: 'open' };
  const from = await walked(altered(2, (event) => ({ ...event, metadata: { ...event.metadata, from: wrong } })));
  expect(from.flatMap(({ divergence }) => divergence ?? [])).toMatchObject([
    { revision: 2, kind: 'from', stored: wrong },
  ]);
  const to = await walked(altered(2, (event) => ({ ...event, metadata: { ...event.metadata, to: null } })));
  expect(to.flatMap(({ divergence }) => divergence ?? [])).toMatchObject([{ revision: 2, kind: 'to', stored: null }]);
  expect(to.at(-1)?.step).toMatchObject({ revision: 6, occurredAt: minute(7) });
});

test.each([
  ['that the chart refuses', 'ReviewReleased', 'refused'],
  ['of a type that nobody knows', 'AccountPainted', 'unreadable'],
])('given an event %s, then nothing after it is told', async (_what, type, kind) => {
  await walk(setUp);
  const found = await walked(altered(2, (event) => ({ ...event, type, data: {} })));
  expect(found).toHaveLength(3);
  expect(found.at(-1)).toMatchObject({ divergence: { revision: 2, kind, type, state: { standing: 'good' } } });
  expect(found.at(-1)?.step).toBeUndefined();
});
