/** What the adapter does with each thing that an EventStoreDB was seen to do (and not to do). */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { openEventStoreDb } from '../../../src/eventStore/eventStoreDb.js';
import {
  type EventStore,
  type NewEvent,
  StoreMisconfigured,
  StoreUnavailable,
  type StoredEvent,
  type SubscriptionItem,
} from '../../../src/eventStore/eventStore.js';
import { failure } from '../../support/eventStoreStandIn/messages.js';
import { notLeader, StandIn } from '../../support/eventStoreStandIn/standIn.js';
import { FaultyProxy } from '../../support/faultyProxy.js';

const deadline = 1_500;
/** What a busy machine may add. */
const slack = 1_500;

let standIn: StandIn;
let proxy: FaultyProxy;
let store: EventStore;

const open = (port: number, options = ''): EventStore =>
  openEventStoreDb({
    connectionString: `esdb://127.0.0.1:${port}?tls=false&defaultDeadline=${deadline}${options}`,
    streams: ['account-', 'policy'],
    probeMilliseconds: 150,
  });

beforeEach(async () => {
  standIn = new StandIn();
  await standIn.start();
  proxy = await FaultyProxy.listen(() => standIn.port);
  store = open(proxy.port);
});
afterEach(async () => {
  await store.close();
  await proxy.close();
  standIn.stop();
});

const event = (data = {}): NewEvent => ({ id: randomUUID(), type: 'Tested', data, metadata: {} });

async function collect(items: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function timed<T>(work: Promise<T>): Promise<{ error: unknown; milliseconds: number }> {
  const start = performance.now();
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, milliseconds: performance.now() - start };
}

/** Follows in the background. */
function follow(from: EventStore) {
  const stop = new AbortController();
  const items: SubscriptionItem[] = [];
  const done = (async () => {
    for await (const item of from.subscribe({ signal: stop.signal })) items.push(item);
  })();
  const revisions = (): number[] => items.flatMap((item) => (item.kind === 'event' ? [item.event.revision] : []));
  const until = async (count: number): Promise<number[]> => {
    for (let tries = 0; tries < 500 && revisions().length < count; tries++) await sleep(10);
    return revisions();
  };
  const isLive = async (): Promise<void> => {
    for (let tries = 0; tries < 500 && !items.some(({ kind }) => kind === 'caughtUp'); tries++) await sleep(10);
  };
  return { until, isLive, end: async () => (stop.abort(), done) };
}

describe('a server that accepts and never answers', () => {
  beforeEach(() => (proxy.mode = 'frozen'));

  test.each([
    ['append', () => store.append('account-1', 'noStream', [event()])],
    ['read', () => collect(store.read('account-1'))],
    ['read of the whole log', () => collect(store.readAll())],
    ['head', () => store.head()],
    [
      'subscribe',
      async () => {
        for await (const item of store.subscribe({ signal: new AbortController().signal })) throw new Error(item.kind);
      },
    ],
  ])('%s ends with a clear error within the deadline', async (_what, call) => {
    const { error, milliseconds } = await timed(call() as Promise<unknown>);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect((error as Error).message).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+ did not answer in time/);
    expect(milliseconds).toBeLessThan(deadline + slack);
  });
});

describe('append', () => {
  test('the acknowledgement is lost: the same ids at the same revision again, and the first result', async () => {
    await store.append('account-1', 'noStream', [event()]);
    proxy.mode = 'deaf';
    const second = event();
    const appending = store.append('account-1', 0, [second]);
    while (standIn.appends < 2) await sleep(5);
    proxy.mode = 'open';
    proxy.reset();
    expect(await appending).toMatchObject({ kind: 'appended', revision: 1 });
    expect((await collect(store.read('account-1'))).map(({ id }) => id).slice(1)).toEqual([second.id]);
    expect(standIn.appends).toBeGreaterThan(2);
  });

  test.each([
    ['unavailable', failure(status.UNAVAILABLE, 'Server not ready', {})],
    ['cancelled', failure(status.CANCELLED, 'shutting down', {})],
    ['a timeout of the server', failure(status.ABORTED, 'Prepare phase timeout', {})],
    ['a deadline', failure(status.DEADLINE_EXCEEDED, 'too late', {})],
    ['an error that nobody knows', failure(status.UNKNOWN, 'Exception was thrown by handler.', {})],
  ])('%s passes: it is tried again', async (_what, error) => {
    standIn.refuseNext(error, error);
    expect(await store.append('account-1', 'noStream', [event()])).toMatchObject({ kind: 'appended', revision: 0 });
  });

  test('not the leader: it goes on to the one that is', async () => {
    const other = new StandIn(standIn.log);
    await other.start();
    standIn.follow(other.port);
    expect(await store.append('account-1', 'noStream', [event()])).toMatchObject({ kind: 'appended' });
    expect([standIn.appends, other.appends]).toEqual([1, 1]);
    other.stop();
  });

  test('no leader for as long as the deadline: an error that may pass, and says so', async () => {
    const refusal = notLeader(proxy.port);
    standIn.refuseNext(...Array.from({ length: 100 }, () => refusal));
    const { error, milliseconds } = await timed(store.append('account-1', 'noStream', [event()]));
    expect(error).toMatchObject({ name: 'StoreUnavailable', retryable: true });
    expect((error as Error).message).toMatch(/leader/);
    expect(milliseconds).toBeLessThan(deadline + slack);
  });

  test('the server is down, and comes back within the deadline', async () => {
    standIn.stop();
    const appending = store.append('account-1', 'noStream', [event()]);
    await sleep(200);
    await standIn.start();
    expect(await appending).toMatchObject({ kind: 'appended', revision: 0 });
  });

  test('the server is down for longer: an error that may pass', async () => {
    standIn.stop();
    const { error, milliseconds } = await timed(store.append('account-1', 'noStream', [event()]));
    expect(error).toMatchObject({ name: 'StoreUnavailable', retryable: true });
    expect(milliseconds).toBeLessThan(deadline + slack);
  });
});

describe('no rights', () => {
  test.each([
    ['append', () => store.append('account-1', 'noStream', [event()])],
    ['read', () => collect(store.read('account-1'))],
    ['head', () => store.head()],
  ])('%s: one clear error of the configuration, at once', async (_what, call) => {
    standIn.denyAccess();
    const { error } = await timed(call() as Promise<unknown>);
    expect(error).toBeInstanceOf(StoreMisconfigured);
    expect((error as Error).message).toMatch(/check user and password/);
  });
});

describe('reads', () => {
  beforeEach(async () => {
    await store.append(
      'account-1',
      'noStream',
      Array.from({ length: 400 }, (_, index) => event({ index })),
    );
  });

  test('a connection that is reset in the middle: it goes on from where it was', async () => {
    const indexes: unknown[] = [];
    for await (const { data, revision } of store.read('account-1')) {
      indexes.push(data['index']);
      if (revision === 100) proxy.reset();
    }
    expect(indexes).toEqual(Array.from({ length: 400 }, (_, index) => index));
  });

  test('a connection that is given up because another call gets no answer: the read still goes to its end', async () => {
    for (let revision = 399; revision < 4_000; revision += 400) {
      await store.append(
        'account-1',
        revision,
        Array.from({ length: 400 }, () => event({ text: 'x'.repeat(500) })),
      );
    }
    const seen: number[] = [];
    for await (const { revision } of store.read('account-1')) {
      seen.push(revision);
      if (revision !== 0) continue;
      proxy.mode = 'frozen';
      await store.head().catch(() => undefined);
      proxy.mode = 'open';
      proxy.reset();
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index));
    expect(seen.length).toBeGreaterThan(4_000);
  });

  test('only our streams, and no system events, in the whole log', async () => {
    standIn.log.append('somebody-elses', undefined, [{ ...proposed(), id: randomUUID() }]);
    standIn.log.append('policyholder', undefined, [{ ...proposed(), id: randomUUID() }]);
    await store.append('policy', 'noStream', [event()]);
    const streams = new Set((await collect(store.readAll())).map(({ stream }) => stream));
    expect([...streams]).toEqual(['account-1', 'policy']);
    const [last] = (await collect(store.read('policy'))).slice(-1);
    standIn.log.append('somebody-elses', undefined, [{ ...proposed(), id: randomUUID() }]);
    expect(await open(standIn.port).head()).toBe(last?.position);
  });

  test('an event that is no JSON is given, not passed over', async () => {
    standIn.log.append('account-2', undefined, [proposed()]);
    const [found] = await collect(store.read('account-2'));
    expect(found).toMatchObject({ stream: 'account-2', revision: 0 });
  });

  const proposed = () => ({
    id: randomUUID(),
    type: 'Foreign',
    data: Buffer.from([1, 2, 3]),
    metadata: new Uint8Array(),
    contentType: 'application/octet-stream',
  });
});

describe('a subscription survives', () => {
  beforeEach(async () => {
    await store.append('account-1', 'noStream', [event(), event()]);
  });

  const write = async (revision: number): Promise<void> => {
    const direct = open(standIn.port);
    await direct.append('account-1', revision, [event()]);
    await direct.close();
  };

  test.each([
    ['a clean end of the stream', async () => standIn.endSubscriptions()],
    ['a reset', async () => proxy.reset()],
    [
      'a restart of the server',
      async () => {
        standIn.stop();
        await sleep(100);
        await standIn.start();
      },
    ],
    [
      'a connection that is half-open: nobody is told, and nothing comes any more',
      async () => {
        proxy.mode = 'frozen';
        setTimeout(() => (proxy.mode = 'open'), 1_500);
      },
    ],
  ])('%s', async (_what, fault) => {
    const following = follow(store);
    await following.isLive();
    await fault();
    await write(1);
    expect(await following.until(3)).toEqual([0, 1, 2]);
    await write(2);
    expect(await following.until(4)).toEqual([0, 1, 2, 3]);
    expect(store.drops.count).toBeGreaterThan(0);
    expect(store.drops.last).toMatch(/esdb:\/\//);
    await following.end();
  });

  test('quiet is not dead: nothing is dropped while nothing happens', async () => {
    const following = follow(store);
    await following.isLive();
    await sleep(700);
    expect(store.drops.count).toBe(0);
    await write(1);
    expect(await following.until(3)).toEqual([0, 1, 2]);
    await following.end();
  });

  test('a slow reader does not make memory grow: the server waits', async () => {
    const direct = open(standIn.port);
    for (let revision = 1; revision < 12_000; revision += 1_000) {
      await direct.append(
        'account-1',
        revision,
        Array.from({ length: 1_000 }, () => event({ text: 'x'.repeat(500) })),
      );
    }
    await direct.close();
    const stop = new AbortController();
    const before = process.memoryUsage().heapUsed;
    let seen = 0;
    for await (const item of store.subscribe({ signal: stop.signal })) {
      if (item.kind !== 'event') break;
      if (++seen === 1) await sleep(1_000);
      if (seen === 1) expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
    }
    expect(seen).toBe(12_002);
    stop.abort();
  });
});
