/** What falls due becomes a command: once, when it is due, whatever the clock does, by however many nodes. */
import { deadlines, type DeadlineRow } from '../../projections/deadlines.js';
import { AccountCache } from '../../src/app/accountCache.js';
import type { CommandHandlerDeps } from '../../src/app/handleCommand.js';
import { ImportRun } from '../../src/app/importRun.js';
import type { Command } from '../../src/commands/decide.js';
import { type EventStore, StoreUnavailable } from '../../src/eventStore/eventStore.js';
import { plusMilliseconds, plusMinutes } from '../../src/events/time.js';
import { decode, type RecordedEvent } from '../../src/events/upcast.js';
import { timers } from '../../src/processes/timers.js';
import type { ReadModels } from '../../src/readModels/readModels.js';
import { caughtUp } from '../support/compareReadModels.js';
import {
  command,
  day,
  informationRequested,
  inReview,
  inScreening,
  item,
  rejected,
  reviewer,
  start,
  verified,
} from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { auditLog } from '../support/logAudit.js';

let gatehouse: TestGatehouse;
let now: string;
beforeEach(async () => {
  gatehouse = await newGatehouse();
  now = start;
});
afterEach(async () => {
  expect((await auditLog(gatehouse.store)).findings).toEqual([]);
  await gatehouse.close();
});

type Node = { readonly look: (at: string) => Promise<void>; readonly models: ReadModels };

/** A node with a memory and read models of its own, whose clock the test sets. */
function node(): Node {
  const models = gatehouse.readModels();
  models.start();
  const commands: CommandHandlerDeps = {
    ...gatehouse.deps,
    accounts: new AccountCache(gatehouse.store),
    now: () => now,
  };
  const loop = timers({ commands, readModels: models }, { longestPause: 0 });
  const look = async (at: string): Promise<void> => {
    now = at;
    await caughtUp(gatehouse.store, models);
    while (models.deadlines.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
    await loop.run(new AbortController().signal);
  };
  return { look, models };
}

async function eventsOf(accountId = 'acme'): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const event of gatehouse.store.read(`account-${accountId}`)) found.push(decode(event));
  return found;
}

/** What the timers did to an account. */
const fired = async (accountId = 'acme'): Promise<string[]> =>
  (await eventsOf(accountId)).filter(({ fact }) => fact.actor.id === 'timers').map(({ fact }) => fact.type);

const dueOf = ({ models }: Node, accountId = 'acme'): string => models.deadlines.row(accountId)?.next?.due ?? '';

describe.each<[string, readonly Command[], string]>([
  ['screening that has not ended', inScreening, 'ScreeningSkipped'],
  ['questions that were not answered', informationRequested, 'InformationRequestExpired'],
  [
    'questions of a re-review',
    [...verified, command('OpenReReview'), command('RequestInformation')],
    'InformationRequestExpired',
  ],
  ['a window to request again', rejected, 'ResubmissionWindowClosed'],
  ['a review that is not decided', inReview, 'ReviewEscalated'],
])('%s', (_name, commands, event) => {
  test(`nothing a millisecond before it is due; then ${event}, by the system, once`, async () => {
    await gatehouse.walk(commands);
    const one = node();
    await one.look(start);
    const due = dueOf(one);
    await one.look(plusMilliseconds(due, -1));
    expect(await fired()).toEqual([]);
    await one.look(due);
    expect(await fired()).toEqual([event]);
    const last = (await eventsOf()).at(-1);
    expect(last).toMatchObject({
      fact: { actor: { type: 'system', id: 'timers' }, occurredAt: due },
      metadata: { policyVersion: 'built-in-1' },
    });
    expect(last?.metadata.commandId).toMatch(/^timers:acme:[a-z]+:2026-/);
    await one.look(due);
    await one.look(plusMilliseconds(due, 1));
    expect(await fired()).toEqual([event]);
  });
});

test('an overdue review goes to whom the policy names; after an answer the next period is a new one', async () => {
  await gatehouse.walk(inReview);
  const one = node();
  await one.look(day(30));
  expect((await eventsOf()).at(-1)?.fact).toMatchObject({
    type: 'ReviewEscalated',
    data: { to: 'review-lead', reason: 'No decision was taken by 2026-01-07T09:00:09.000Z.' },
  });
  await gatehouse.walk([command('RequestInformation', { items: [item], respondBy: day(400) })]);
  await gatehouse.walk([command('SubmitInformation')]);
  await one.look(day(31));
  await one.look(day(60));
  expect(await fired()).toEqual(['ReviewEscalated', 'ReviewEscalated']);
});

test('an escalation by a person counts when the review was overdue, not before', async () => {
  await gatehouse.walk([...inReview, command('EscalateReview')]);
  const one = node();
  await one.look(day(30));
  expect(await fired()).toEqual(['ReviewEscalated']);
});

test('given a decided review or answered questions, then nothing is due', async () => {
  await gatehouse.walk(verified, 'one');
  await gatehouse.walk(
    [
      ...rejected.slice(0, -1),
      command('RejectVerification', { reasons: [{ code: 'other', customerMessage: 'No.' }], retryable: false }),
    ],
    'two',
  );
  const node1 = node();
  await node1.look(day(4_000));
  expect([await fired('one'), await fired('two')]).toEqual([[], []]);
});

test('given a clock that jumps years ahead, then all that is due fires once; when it goes back, nothing fires again', async () => {
  const walks: Record<string, readonly Command[]> = {
    screening: inScreening,
    answer: informationRequested,
    window: rejected,
  };
  const accounts = Object.keys(walks).flatMap((kind) => Array.from({ length: 15 }, (_, index) => `${kind}-${index}`));
  await Promise.all(
    accounts.map(async (accountId) => gatehouse.walk(walks[accountId.split('-')[0] ?? ''] ?? [], accountId)),
  );
  const one = node();
  await one.look(day(1_000));
  const all = async (): Promise<string[]> => (await Promise.all(accounts.map(async (id) => fired(id)))).flat();
  const first = await all();
  expect(first).toHaveLength(45);
  await one.look(day(1));
  await one.look(start);
  await one.look(day(1_000));
  expect(await all()).toEqual(first);
});

test('given more than one look takes, then the longest due come first, and the next look goes on', async () => {
  for (let index = 0; index < 5; index++) await gatehouse.walk(inScreening, `account-${index}`);
  const models = gatehouse.readModels();
  models.start();
  await caughtUp(gatehouse.store, models);
  now = day(1);
  const loop = timers(
    { commands: { ...gatehouse.deps, now: () => now }, readModels: models },
    { longestPause: 0, mostCommands: 2 },
  );
  const counts: number[] = [];
  for (let look = 0; look < 3; look++) {
    while (models.deadlines.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
    await loop.run(new AbortController().signal);
    counts.push((await Promise.all([0, 1, 2, 3, 4].map(async (index) => fired(`account-${index}`)))).flat().length);
  }
  expect(counts).toEqual([2, 4, 5]);
  expect(await fired('account-0')).toEqual(['ScreeningSkipped']);
});

test('given three nodes that look at the same moment, then each deadline fires once', async () => {
  const accounts = Array.from({ length: 20 }, (_, index) => `account-${index}`);
  await Promise.all(accounts.map(async (accountId) => gatehouse.walk(informationRequested, accountId)));
  const nodes = [node(), node(), node()];
  await Promise.all(nodes.map(({ look }) => look(day(40))));
  for (let index = 0; index < 20; index++)
    expect(await fired(`account-${index}`)).toEqual(['InformationRequestExpired']);
});

test('given a node that starts again on an empty memory, then nothing fires a second time', async () => {
  await gatehouse.walk(informationRequested);
  await node().look(day(40));
  await node().look(day(41));
  expect(await fired()).toEqual(['InformationRequestExpired']);
});

test('given a process that is killed between each append and knowing of it, a hundred times, then each deadline fires once', async () => {
  const accounts = Array.from({ length: 100 }, (_, index) => `account-${index}`);
  await Promise.all(accounts.map(async (accountId) => gatehouse.walk(inScreening, accountId)));
  const models = gatehouse.readModels();
  models.start();
  await caughtUp(gatehouse.store, models);
  while (models.deadlines.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
  now = day(1);
  const { store } = gatehouse;
  let kills = 0;
  const killing: EventStore = {
    append: async (...args) => {
      await store.append(...args);
      kills += 1;
      throw new StoreUnavailable('killed');
    },
    read: (...args) => store.read(...args),
    readAll: (...args) => store.readAll(...args),
    subscribe: (...args) => store.subscribe(...args),
    head: async () => store.head(),
    selfCheck: async () => store.selfCheck(),
    drops: store.drops,
    close: async () => store.close(),
  };
  for (let starts = 0; kills < accounts.length && starts < 400; starts++) {
    // A new process: it remembers nothing, and its rows may be those of before the kill.
    const commands = { ...gatehouse.deps, store: killing, accounts: new AccountCache(killing), now: () => now };
    const loop = timers({ commands, readModels: models }, { longestPause: 0 });
    await loop
      .run(new AbortController().signal)
      .catch((error: unknown) => expect(error).toBeInstanceOf(StoreUnavailable));
  }
  expect(kills).toBe(100);
  for (const accountId of accounts) expect(await fired(accountId)).toEqual(['ScreeningSkipped']);
});

test('given history that was brought in, then it is left alone until the account’s next live event', async () => {
  const run = new ImportRun();
  for (const [index, one] of informationRequested.entries()) {
    const at = plusMinutes('2020-01-06T09:00:00.000Z', index);
    expect(await gatehouse.send(one, { imported: { at, run } })).toMatchObject({ kind: 'accepted' });
  }
  const one = node();
  await one.look(day(1));
  expect(await fired()).toEqual([]);
  expect(one.models.deadlines.row('acme')).toMatchObject({ imported: true, next: { kind: 'answer' } });
  await gatehouse.walk([command('AssignReview')]);
  await one.look(day(1));
  expect(await fired()).toEqual(['InformationRequestExpired']);
});

test('given a row that is behind, then its command is refused, and not sent again until the row changes or time has passed', async () => {
  await gatehouse.walk(informationRequested);
  const real = node();
  await real.look(start);
  const row = real.models.deadlines.row('acme') as DeadlineRow;
  await gatehouse.walk([command('SubmitInformation'), command('RequestInformation')]);
  let shown = row;
  const stale = {
    state: 'live',
    generation: undefined,
    store: { query: () => [JSON.stringify(shown)] },
    waitFor: async () => true,
  } as unknown as ReadModels['deadlines'];
  const commands = { ...gatehouse.deps, now: () => day(40) };
  const sent = jest.spyOn(commands.accounts, 'oneAtATime');
  const loop = timers({ commands, readModels: { deadlines: stale } }, { longestPause: 0, refusedFor: 60_000 });
  const look = async (): Promise<void> => loop.run(new AbortController().signal);
  for (let index = 0; index < 10; index++) await look();
  expect(sent).toHaveBeenCalledTimes(1);
  expect(await fired()).toEqual([]);
  const later = performance.now() + 60_001;
  const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
  await look();
  clock.mockRestore();
  expect(sent).toHaveBeenCalledTimes(2);
  shown = { ...row, revision: row.revision + 1 };
  await look();
  expect(sent).toHaveBeenCalledTimes(3);
});

test('given a contact that could not be reached, then the time to answer does not run', async () => {
  await gatehouse.walk([...informationRequested, command('AssignReview', { reviewer: reviewer.id })]);
  const events = await eventsOf();
  const rows = events.reduce<DeadlineRow[]>((made, event) => [...made, deadlines.evolve(made.at(-1), event)], []);
  const [before, last] = [rows.at(-2), events.at(-1)];
  if (before?.facts.information === undefined || last === undefined) throw new Error('no questions');
  expect(deadlines.evolve(before, last).next).toMatchObject({ kind: 'answer' });
  const information = { ...before.facts.information, unreachable: true as const };
  const unreachable = deadlines.evolve({ ...before, facts: { ...before.facts, information } }, last);
  expect(unreachable.next).toBeNull();
  expect(deadlines.columns['due_at']?.(unreachable)).toBeNull();
});

test('given a loop that waits, when the next deadline comes, then it wakes for it', async () => {
  const commands = { ...gatehouse.deps, now: () => new Date().toISOString() };
  for (const one of inReview) await gatehouse.send(one);
  const at = Date.now();
  const respondBy = new Date(at + 700).toISOString();
  await gatehouse.walk([
    command('RequestInformation', {
      items: [item],
      respondBy,
    }),
  ]);
  const models = gatehouse.readModels();
  models.start();
  await caughtUp(gatehouse.store, models);
  const stop = new AbortController();
  const loop = timers({ commands, readModels: models }, { longestPause: 20_000 });
  const running = (async () => {
    for (; !stop.signal.aborted; await new Promise((resolve) => setTimeout(resolve, loop.everyMilliseconds))) {
      await loop.run(stop.signal);
    }
  })();
  while ((await fired()).length === 0) {
    if (Date.now() > at + 10_000) throw new Error('it slept on');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  stop.abort();
  await running;
  const last = (await eventsOf()).at(-1)?.fact;
  expect(last?.type).toBe('InformationRequestExpired');
  // It would have slept for twenty seconds.
  expect(Date.parse(last?.occurredAt ?? '') - Date.parse(respondBy)).toBeLessThan(5_000);
});
