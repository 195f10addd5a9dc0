/** The feed of changes: what it keeps is bounded, and a reader misses nothing without being told. */
import { setImmediate as turn } from 'node:timers/promises';
import { ChangeFeed } from '../../src/app/changeFeed.js';
import type { EventStore, StoredEvent, SubscriptionItem } from '../../src/eventStore/eventStore.js';
import { start } from '../support/examples.js';

const positionOf = (place: number): string => String(place).padStart(8, '0');
const event = (place: number, accountId: string): StoredEvent => ({
  id: `event-${place}`,
  stream: `account-${accountId}`,
  revision: place,
  position: positionOf(place),
  type: 'PeopleAdded',
  data: {},
  metadata: { occurredAt: start },
});

/** A log that has what the test puts into it, and fails when it says so. */
class Log implements Pick<EventStore, 'head' | 'subscribe'> {
  readonly events: StoredEvent[] = [];
  failures = 0;
  #wake: () => void = () => undefined;

  async head(): Promise<string | undefined> {
    return this.events.at(-1)?.position;
  }

  async *subscribe({ after = '', signal }: Parameters<EventStore['subscribe']>[0]): AsyncIterable<SubscriptionItem> {
    let next = this.events.findIndex(({ position }) => position > after);
    if (next === -1) next = this.events.length;
    signal.addEventListener('abort', () => this.#wake());
    while (!signal.aborted) {
      const found = this.events[next];
      if (found === undefined) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        if (this.failures > 0) {
          this.failures--;
          throw new Error('the connection was dropped');
        }
      } else {
        next++;
        yield { kind: 'event', event: found };
      }
    }
  }

  /** Appends so many events, and waits until they were told. */
  async add(count: number, accountId = 'acme'): Promise<void> {
    for (let made = 0; made < count; made++) this.events.push(event(this.events.length + 1, accountId));
    this.#wake();
    for (let turns = 0; turns < 3; turns++) await turn();
  }

  wake(): void {
    this.#wake();
  }
}

let log: Log;
let feed: ChangeFeed;
const errors: unknown[] = [];
beforeEach(async () => {
  log = new Log();
  feed = new ChangeFeed(log, (error) => errors.push(error));
  await log.add(3);
  await feed.start();
});
afterEach(async () => {
  await feed.stop();
  errors.length = 0;
});
const head = (): string => log.events.at(-1)?.position ?? '';

test('a reader begins at the end of the log, and takes what comes, once', async () => {
  const [all, acme] = [feed.follow(undefined, undefined), feed.follow('acme', undefined)];
  expect([all.start, all.reset]).toEqual([positionOf(3), undefined]);
  await log.add(2);
  await log.add(1, 'birch');
  expect(all.take().map(({ accountId }) => accountId)).toEqual(['acme', 'acme', 'birch']);
  expect(acme.take().map(({ position }) => position)).toEqual([positionOf(4), positionOf(5)]);
  expect([all.take(), acme.take()]).toEqual([[], []]);
  all.leave();
  acme.leave();
  expect(feed.readers).toBe(0);
});

test('one who comes back goes on after its last position; from before what is kept it begins anew', async () => {
  await log.add(9_999);
  expect(feed.follow(undefined, positionOf(3), head()).take()).toHaveLength(9_999);
  await log.add(1);
  const back = feed.follow(undefined, positionOf(9_000), head());
  expect([back.reset, back.take().length]).toEqual([undefined, 1_003]);
  const old = feed.follow(undefined, positionOf(3), head());
  expect([old.reset, old.start, old.take()]).toEqual(['too_old', head(), []]);
  expect(feed.follow(undefined, positionOf(99_999), head())).toMatchObject({ reset: 'position_unknown' });
});

test('one who was told more by another node is told nothing twice', async () => {
  const ahead = feed.follow(undefined, positionOf(5), positionOf(6));
  expect(ahead.reset).toBeUndefined();
  await log.add(3);
  expect(ahead.take().map(({ position }) => position)).toEqual([positionOf(6)]);
});

test('given a reader that takes nothing, then it is cut off at last, and nothing is kept for it', async () => {
  const slow = feed.follow(undefined, undefined);
  await log.add(11_000);
  expect(slow.overrun).toBe(false);
  await log.add(1);
  expect([slow.overrun, slow.take()]).toEqual([true, []]);
  await slow.wait(60_000, new AbortController().signal);
});

test('waiting ends when something comes, when the time is over, and when the reader goes', async () => {
  const reader = feed.follow('acme', undefined);
  const { signal } = new AbortController();
  await reader.wait(20, signal);
  expect(reader.take()).toEqual([]);
  const waiting = reader.wait(60_000, signal);
  await log.add(1, 'birch');
  expect(reader.take()).toEqual([]);
  await log.add(1);
  await waiting;
  expect(reader.take()).toHaveLength(1);
  const gone = new AbortController();
  const left = reader.wait(60_000, gone.signal);
  gone.abort();
  await left;
});

test('given a dropped subscription, then it goes on after what was told', async () => {
  const reader = feed.follow(undefined, undefined);
  await log.add(2);
  log.failures = 1;
  log.wake();
  await log.add(2);
  const taken: string[] = [];
  while (taken.length < 4) {
    await reader.wait(5_000, new AbortController().signal);
    taken.push(...reader.take().map(({ position }) => position));
  }
  expect(taken).toEqual([4, 5, 6, 7].map(positionOf));
  expect(errors).toMatchObject([{ message: 'the connection was dropped' }]);
});
