/** Long histories, looked at again and again: what was folded before is not folded anew, and nobody can tell by the answers. */
import { type Account, Commands, noAccount, readAccount } from '../../src/app/account.js';
import { accountView } from '../../src/app/accountView.js';
import { readAccountThen, type Then } from '../../src/app/asOf.js';
import { readByWaypoints, Waypoints } from '../../src/app/waypoints.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { plusMilliseconds } from '../../src/events/time.js';
import { historyView } from '../../src/history/glance.js';
import { command, start } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { longHistory } from '../support/longHistory.js';

let gatehouse: TestGatehouse;
let head: number;

beforeAll(async () => {
  gatehouse = await newGatehouse();
  await gatehouse.walk(longHistory(700));
  head = (await readAccount(gatehouse.store, 'acme')).revision;
});
afterAll(async () => gatehouse.close());

async function asItWas(then: Then, waypoints?: Waypoints, { store } = gatehouse): Promise<object> {
  const found = await readAccountThen(store, 'acme', then, waypoints);
  return found.kind === 'found' ? historyView(found, 'admin') : found;
}

/** A store that counts the events that are read from it. */
function counting(store: EventStore): { readonly store: EventStore; readonly read: () => number } {
  let count = 0;
  const read: EventStore['read'] = async function* (stream, options) {
    for await (const event of store.read(stream, options)) {
      if (stream === noAccount('acme').stream) count += 1;
      yield event;
    }
  };
  const proxy = new Proxy(store, {
    get: (target, name) => {
      const value: unknown = name === 'read' ? read : Reflect.get(target, name);
      return typeof value === 'function' && name !== 'read' ? (value.bind(target) as unknown) : value;
    },
  });
  return { store: proxy, read: () => count };
}

test('every revision is what a fold from the first event makes of it, in whatever order it is asked for', async () => {
  expect(head).toBeGreaterThan(690);
  const waypoints = new Waypoints();
  for (const revision of [head, 650, 99, 100, 101, 400, 0, 399, 650, 5, 250, head - 1, head, head + 1]) {
    expect(await asItWas({ revision }, waypoints)).toEqual(await asItWas({ revision }));
  }
});

test('by an instant, and by what was known then, no waypoint is before its time', async () => {
  const waypoints = new Waypoints();
  await asItWas({ revision: head }, waypoints);
  const at = plusMilliseconds(start, 150_000);
  for (const then of [{ at }, { revision: head, known: at }, { at: plusMilliseconds(start, -1) }]) {
    expect(await asItWas(then, waypoints)).toEqual(await asItWas(then));
  }
});

test('what was folded once is not read again, but for the events since the last waypoint', async () => {
  const counted = counting(gatehouse.store);
  const waypoints = new Waypoints();
  await asItWas({ revision: head }, waypoints, { ...gatehouse, store: counted.store });
  const before = counted.read();
  await asItWas({ revision: 650 }, waypoints, { ...gatehouse, store: counted.store });
  await readByWaypoints(counted.store, 'acme', waypoints);
  expect(before).toBeGreaterThan(690);
  expect(counted.read() - before).toBeLessThan(200);
});

test('as it is now, it has what came since', async () => {
  const waypoints = new Waypoints();
  const known = await newGatehouse();
  await known.walk(longHistory(300));
  const view = (account: Account) => [accountView(account, 'admin', start), account.headHash, account.bearing];
  await readByWaypoints(known.store, 'acme', waypoints);
  await known.walk([command('WarnAccount'), command('RecordAbuseSignal')]);
  expect(view(await readByWaypoints(known.store, 'acme', waypoints))).toEqual(
    view(await readAccount(known.store, 'acme')),
  );
  await known.close();
});

test('where another log is in the place of the one that was read, nothing of that is used', async () => {
  const other = await newGatehouse();
  await other.walk([command('SignUp', { company: 'Another', ownerEmail: 'owner@another.example' })]);
  await other.walk(longHistory(300).slice(1));
  const shorter = await newGatehouse();
  await shorter.walk(longHistory(20));
  for (const { store } of [other, shorter]) {
    const waypoints = new Waypoints();
    await asItWas({ revision: head }, waypoints);
    expect(await asItWas({ revision: 260 }, waypoints, { ...other, store })).toEqual(
      await asItWas({ revision: 260 }, undefined, { ...other, store }),
    );
  }
  await other.close();
  await shorter.close();
});

test('an account of very many events has few waypoints, spread over all of its history', () => {
  const waypoints = new Waypoints();
  const last = 50_000;
  const account = noAccount('acme');
  for (let revision = 0; revision <= last; revision++) waypoints.pass({ ...account, revision });
  const found = Array.from({ length: last + 1 }, (_, revision) => waypoints.before('acme', revision)?.revision ?? 0);
  const kept = [...new Set(found)];
  expect(kept.length).toBeLessThanOrEqual(33);
  expect(kept.length).toBeGreaterThan(15);
  expect(Math.max(...found.map((one, revision) => revision - one))).toBeLessThan(last / 15);
  expect(found.every((one, revision) => one <= revision)).toBe(true);
});

test('so many accounts are kept: the one that was looked at longest ago goes first', () => {
  const waypoints = new Waypoints(2);
  for (const accountId of ['a', 'b', 'c']) waypoints.pass({ ...noAccount(accountId), revision: 100 });
  expect(['a', 'b', 'c'].map((accountId) => waypoints.before(accountId, 150)?.revision)).toEqual([undefined, 100, 100]);
});

test('what a command did stays known when its events are folded once more', () => {
  const commands = new Commands();
  for (const revision of [5, 6, 5]) commands.add('approve', 'digest', revision);
  expect(commands.get('approve', 10)).toEqual({ digest: 'digest', first: 5, last: 6 });
});
