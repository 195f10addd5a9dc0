/** The definition of the consumer groups port: every adapter passes these tests, unchanged. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConsumerGroup, type ConsumerGroups, mostRetries } from '../../src/eventStore/consumerGroups.js';
import type { EventStore, NewEvent, StoredEvent } from '../../src/eventStore/eventStore.js';

export type OpenedGroups = {
  readonly store: EventStore;
  readonly groups: ConsumerGroups;
  readonly dispose: () => Promise<void>;
};

type Handled = { readonly event: StoredEvent; readonly attempt: number };

/** @param open opens an adapter on the streams whose names begin with a prefix: a real server keeps those of earlier runs */
export function consumerGroupsContract(name: string, open: (prefix: string) => Promise<OpenedGroups>): void {
  describe(`consumer groups port: ${name}`, () => {
    let opened: OpenedGroups;
    const run = randomUUID().slice(0, 8);
    let count = 0;
    const prefix = `contract-${run}-`;
    const newStream = (): string => `${prefix}${++count}`;
    const newGroup = (options: Partial<ConsumerGroup> = {}): ConsumerGroup => ({
      name: `group-${run}-${++count}`,
      types: [`Type${count}`],
      ordered: true,
      from: 'start',
      ...options,
    });
    const events = (group: ConsumerGroup, size: number): NewEvent[] =>
      Array.from({ length: size }, (_, index) => ({
        id: randomUUID(),
        type: group.types[0] ?? '',
        data: { index },
        metadata: {},
      }));

    beforeAll(async () => (opened = await open(prefix)));
    afterAll(async () => opened.dispose());

    /** Consumes until enough was handled; the effect may fail. */
    const consume = async (
      group: ConsumerGroup,
      enough: (handled: readonly Handled[]) => boolean,
      effect: (event: StoredEvent, attempt: number) => Promise<void> = async () => undefined,
      { consumers = 1, milliseconds = 10_000 } = {},
    ): Promise<Handled[]> => {
      const stop = new AbortController();
      const handled: Handled[] = [];
      const one = async (): Promise<void> =>
        opened.groups.consume(group, {
          signal: stop.signal,
          onProblem: () => undefined,
          handle: async (event, attempt) => {
            handled.push({ event, attempt });
            await effect(event, attempt);
          },
        });
      const running = Promise.all(Array.from({ length: consumers }, one));
      for (const end = performance.now() + milliseconds; !enough(handled) && performance.now() < end;) await sleep(10);
      // What would be too much has time to come.
      await sleep(50);
      stop.abort();
      await running;
      return handled;
    };

    const indexes = (handled: readonly Handled[]): unknown[] => handled.map(({ event }) => event.data['index']);

    test('each event of the group’s types once, in log order, when nothing fails', async () => {
      const group = newGroup();
      const stream = newStream();
      await opened.store.append(stream, 'noStream', [...events(group, 3), ...events(newGroup(), 2)]);
      await opened.groups.create(group);
      const writing = opened.store.append(stream, 4, events(group, 2));
      const handled = await consume(group, (all) => all.length >= 5);
      await writing;
      expect(indexes(handled)).toEqual([0, 1, 2, 0, 1]);
      expect(handled.every(({ attempt }) => attempt === 0)).toBe(true);
      expect(handled[0]?.event).toMatchObject({ stream, revision: 0, metadata: {} });
    });

    test('a group is made once; making it again keeps its place', async () => {
      const group = newGroup();
      const stream = newStream();
      await opened.store.append(stream, 'noStream', events(group, 3));
      await opened.groups.create(group);
      expect(await consume(group, (all) => all.length >= 3)).toHaveLength(3);
      await sleep(1_000);
      await opened.groups.create(group);
      await opened.store.append(stream, 2, events(group, 1));
      expect(await consume(group, (all) => all.length >= 1)).toHaveLength(1);
    });

    test('a group that begins now leaves what was there', async () => {
      const group = newGroup({ from: 'now' });
      const stream = newStream();
      await opened.store.append(stream, 'noStream', events(group, 3));
      await opened.groups.create(group);
      const [event] = events(group, 1);
      if (event !== undefined) await opened.store.append(stream, 2, [{ ...event, data: { index: 'new' } }]);
      expect(indexes(await consume(group, (all) => all.length >= 1))).toEqual(['new']);
    });

    test('an effect that fails is tried again before the next event', async () => {
      const group = newGroup();
      await opened.store.append(newStream(), 'noStream', events(group, 3));
      await opened.groups.create(group);
      const handled = await consume(
        group,
        (all) => all.length >= 5,
        async ({ data }, attempt) => {
          if (data['index'] === 1 && attempt < 2) throw new Error('not yet');
        },
      );
      expect(handled.map(({ event, attempt }) => [event.data['index'], attempt])).toEqual([
        [0, 0],
        [1, 0],
        [1, 1],
        [1, 2],
        [2, 0],
      ]);
    });

    test('an effect that always fails is parked, the next events go on; replayed, it is tried again', async () => {
      const group = newGroup();
      const stream = newStream();
      await opened.store.append(stream, 'noStream', events(group, 2));
      await opened.groups.create(group);
      const failing = async ({ data }: StoredEvent): Promise<void> => {
        if (data['index'] === 0) throw new Error('the mail server says no');
      };
      const handled = await consume(group, (all) => all.length >= mostRetries + 2, failing, { milliseconds: 20_000 });
      expect(indexes(handled)).toEqual([...Array.from({ length: mostRetries + 1 }, () => 0), 1]);
      expect(await opened.groups.parked(group.name)).toEqual([
        {
          id: handled[0]?.event.id,
          stream,
          revision: 0,
          type: group.types[0],
          reason: expect.stringContaining('the mail server says no'),
          parkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        },
      ]);
      expect(await opened.groups.parked(group.name, 1)).toHaveLength(1);
      expect(await opened.groups.parked(group.name, 0)).toEqual([]);
      expect(await opened.groups.replayParked(group.name)).toBe(1);
      const again = await consume(group, (all) => all.length >= 1);
      expect(again.map(({ event }) => event.id)).toEqual([handled[0]?.event.id]);
      for (let tries = 0; tries < 100 && (await opened.groups.parked(group.name)).length > 0; tries++) await sleep(20);
      expect(await opened.groups.parked(group.name)).toEqual([]);
    });

    test('an ordered group works on one event at a time', async () => {
      const group = newGroup();
      await opened.store.append(newStream(), 'noStream', events(group, 3));
      await opened.groups.create(group);
      let [underWay, most] = [0, 0];
      await consume(
        group,
        (all) => all.length >= 3,
        async () => {
          most = Math.max(most, ++underWay);
          await sleep(50);
          underWay -= 1;
        },
      );
      expect(most).toBe(1);
    });

    test('an unordered group works on several events at once: one that takes long or fails keeps none waiting', async () => {
      const group = newGroup({ ordered: false });
      await opened.store.append(newStream(), 'noStream', events(group, 6));
      await opened.groups.create(group);
      const isSlow = ({ data }: StoredEvent): boolean => data['index'] === 0;
      const others = new Set<unknown>();
      let othersFirst = false;
      const handled = await consume(
        group,
        () => othersFirst,
        async (event, attempt) => {
          if (!isSlow(event)) others.add(event.data['index']);
          else if (attempt === 0) throw new Error('not yet');
          else {
            for (let tries = 0; tries < 500 && others.size < 5; tries++) await sleep(10);
            othersFirst = others.size === 5;
          }
        },
      );
      expect(othersFirst).toBe(true);
      expect(
        indexes(handled)
          .map(Number)
          .toSorted((one, other) => one - other),
      ).toEqual([0, 0, 1, 2, 3, 4, 5]);
    });

    test('an unordered group that stops while an early event is not done begins with it again', async () => {
      const group = newGroup({ ordered: false });
      await opened.store.append(newStream(), 'noStream', events(group, 3));
      await opened.groups.create(group);
      const failing = async ({ data }: StoredEvent): Promise<void> => {
        if (data['index'] === 0) throw new Error('not yet');
      };
      await consume(group, (all) => [0, 1, 2].every((index) => indexes(all).includes(index)), failing);
      const again = await consume(group, (all) => indexes(all).includes(0));
      expect(indexes(again)).toContain(0);
      expect(await opened.groups.parked(group.name)).toEqual([]);
    });

    test('whoever consumes is told that the connection holds', async () => {
      const group = newGroup();
      await opened.store.append(newStream(), 'noStream', events(group, 1));
      await opened.groups.create(group);
      const stop = new AbortController();
      await new Promise<void>((resolve, reject) => {
        const consumer = { handle: async () => undefined, onProblem: reject, onConnected: resolve };
        opened.groups.consume(group, { ...consumer, signal: stop.signal }).catch(reject);
      });
      stop.abort();
    });

    test('nothing parked: an empty list, and nothing to replay', async () => {
      const group = newGroup();
      await opened.groups.create(group);
      expect(await opened.groups.parked(group.name)).toEqual([]);
      expect(await opened.groups.replayParked(group.name)).toBe(0);
    });

    test('a stop lets the effect under way finish, and its event does not come again', async () => {
      const group = newGroup();
      await opened.store.append(newStream(), 'noStream', events(group, 1));
      await opened.groups.create(group);
      let finished = 0;
      await consume(
        group,
        (all) => all.length >= 1,
        async () => {
          await sleep(300);
          finished += 1;
        },
      );
      expect(finished).toBe(1);
      await sleep(1_000);
      expect(await consume(group, (all) => all.length >= 1, undefined, { milliseconds: 300 })).toEqual([]);
    });
  });
}
