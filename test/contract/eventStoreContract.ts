/**
 * The definition of the event store port: every adapter passes these tests, unchanged. They write only streams
 * `contract-<uuid>-…`, and never take the log to be empty, its positions to be dense, or its events to be only theirs.
 */
import { randomUUID } from 'node:crypto';
import {
  AppendTooLarge,
  type EventStore,
  isInPart,
  type JsonObject,
  type NewEvent,
  StoreClosed,
  type StoredEvent,
  type SubscriptionItem,
} from '../../src/eventStore/eventStore.js';

export type Opened = { readonly store: EventStore; readonly dispose: () => Promise<void> };

function event(data: JsonObject = {}, type = 'ContractTested'): NewEvent {
  return { id: randomUUID(), type, data, metadata: { note: 'contract' } };
}

function events(count: number, type?: string): NewEvent[] {
  return Array.from({ length: count }, (_, index) => event({ index }, type));
}

async function collect(items: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export function eventStoreContract(name: string, open: () => Promise<Opened>): void {
  describe(`event store port: ${name}`, () => {
    let opened: Opened;
    let store: EventStore;
    const run = randomUUID();
    let count = 0;
    const newStream = (): string => `contract-${run}-${++count}`;
    const ours = ({ stream }: StoredEvent): boolean => stream.startsWith(`contract-${run}-`);

    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(async () => opened.dispose());

    /** Our events of the whole log after a position. */
    const allAfter = async (after: string | undefined, types?: readonly string[]): Promise<StoredEvent[]> => {
      const options = { ...(after === undefined ? {} : { after }), ...(types === undefined ? {} : { types }) };
      return (await collect(store.readAll(options))).filter(ours);
    };

    describe('append', () => {
      test('to a stream that must not exist: the first revision is 0', async () => {
        const result = await store.append(newStream(), 'noStream', [event()]);
        expect(result).toEqual({ kind: 'appended', revision: 0, position: expect.stringMatching(/^[0-9-]+$/) });
      });

      test('to a stream that must not exist, but does: conflict with its actual revision', async () => {
        const stream = newStream();
        await store.append(stream, 'noStream', events(2));
        expect(await store.append(stream, 'noStream', [event()])).toEqual({ kind: 'conflict', actual: 1 });
      });

      test('at a revision of a stream that does not exist: conflict, actual noStream', async () => {
        expect(await store.append(newStream(), 0, [event()])).toEqual({ kind: 'conflict', actual: 'noStream' });
      });

      test.each([0, 2, 7])(
        'at revision %i of a stream whose head is 1: conflict, and nothing is written',
        async (expected) => {
          const stream = newStream();
          await store.append(stream, 'noStream', events(2));
          expect(await store.append(stream, expected, events(2))).toEqual({ kind: 'conflict', actual: 1 });
          expect(await collect(store.read(stream))).toHaveLength(2);
        },
      );

      test('several events are consecutive, and the answer speaks of the last', async () => {
        const stream = newStream();
        const three = events(3);
        const result = await store.append(stream, 'noStream', three);
        const stored = await collect(store.read(stream));
        expect(stored.map(({ revision }) => revision)).toEqual([0, 1, 2]);
        expect(stored.map(({ id }) => id)).toEqual(three.map(({ id }) => id));
        expect(result).toMatchObject({ kind: 'appended', revision: 2, position: stored[2]?.position });
      });

      test('what is too large: a clear error, and nothing is written', async () => {
        const stream = newStream();
        const large = event({ text: 'x'.repeat(1_100_000) });
        await expect(store.append(stream, 'noStream', [large])).rejects.toThrow(AppendTooLarge);
        expect(await collect(store.read(stream))).toEqual([]);
      });

      test('64 at once on one revision: exactly one wins', async () => {
        const stream = newStream();
        await store.append(stream, 'noStream', [event()]);
        const results = await Promise.all(Array.from({ length: 64 }, async () => store.append(stream, 0, [event()])));
        expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
        expect(await collect(store.read(stream))).toHaveLength(2);
      });

      test('64 at once on 64 streams: all are written', async () => {
        const streams = Array.from({ length: 64 }, newStream);
        const results = await Promise.all(streams.map(async (stream) => store.append(stream, 'noStream', [event()])));
        expect(results.every(({ kind }) => kind === 'appended')).toBe(true);
      });
    });

    describe('append, repeated with the same ids', () => {
      test('at the same expected revision: the first result again', async () => {
        const stream = newStream();
        const two = events(2);
        const first = await store.append(stream, 'noStream', two);
        expect(await store.append(stream, 'noStream', two)).toEqual(first);
        expect(await collect(store.read(stream))).toHaveLength(2);
      });

      test('also after later events', async () => {
        const stream = newStream();
        const one = [event()];
        await store.append(stream, 'noStream', [event()]);
        const first = await store.append(stream, 0, one);
        await store.append(stream, 1, events(3));
        expect(await store.append(stream, 0, one)).toEqual(first);
        expect(await collect(store.read(stream))).toHaveLength(5);
      });

      test('only half of them known: conflict', async () => {
        const stream = newStream();
        const known = event();
        await store.append(stream, 'noStream', [known]);
        expect(await store.append(stream, 'noStream', [known, event()])).toMatchObject({ kind: 'conflict' });
        expect(await collect(store.read(stream))).toHaveLength(1);
      });

      test('the same append twice at once: one result, written once', async () => {
        const stream = newStream();
        const one = [event()];
        const [first, second] = await Promise.all([
          store.append(stream, 'noStream', one),
          store.append(stream, 'noStream', one),
        ]);
        expect(second).toEqual(first);
        expect(await collect(store.read(stream))).toHaveLength(1);
      });
    });

    describe('read', () => {
      test('a stream that does not exist is empty', async () => {
        expect(await collect(store.read(newStream()))).toEqual([]);
      });

      test('from a revision on', async () => {
        const stream = newStream();
        await store.append(stream, 'noStream', events(5));
        expect((await collect(store.read(stream, { from: 3 }))).map(({ revision }) => revision)).toEqual([3, 4]);
        expect(await collect(store.read(stream, { from: 9 }))).toEqual([]);
      });

      test('gives back what was appended, to the letter', async () => {
        const stream = newStream();
        const data = {
          text: 'Grüße, 世界 🌍 \u0000 \u2028 "quoted" \\',
          nested: { list: [1, 2.5, -3e-7, null, true, { deep: [] }], empty: {} },
          large: Number.MAX_SAFE_INTEGER,
        };
        const appended = event(data, 'ContractFidelity');
        await store.append(stream, 'noStream', [appended]);
        expect(await collect(store.read(stream))).toEqual([
          { ...appended, stream, revision: 0, position: expect.stringMatching(/^[0-9-]+$/) },
        ]);
      });

      test('a long stream, whole and in order', async () => {
        const stream = newStream();
        await store.append(stream, 'noStream', events(1_500));
        await store.append(stream, 1_499, events(1_000));
        const revisions = (await collect(store.read(stream))).map(({ revision }) => revision);
        expect(revisions).toEqual(Array.from({ length: 2_500 }, (_, index) => index));
      });
    });

    describe('read the whole log', () => {
      test('positions have one width, and their byte order is the order of appends', async () => {
        const before = await store.head();
        const streams = [newStream(), newStream()] as const;
        for (let revision = 0; revision < 5; revision++) {
          for (const stream of streams)
            await store.append(stream, revision === 0 ? 'noStream' : revision - 1, [event()]);
        }
        const all = await allAfter(before);
        const positions = all.map(({ position }) => position);
        expect(all.map(({ stream, revision }) => [stream, revision])).toEqual(
          [0, 1, 2, 3, 4].flatMap((revision) => streams.map((stream) => [stream, revision])),
        );
        expect(positions.toSorted()).toEqual(positions);
        expect(new Set(positions).size).toBe(10);
        expect(new Set(positions.map(({ length }) => length)).size).toBe(1);
      });

      test('after a position: without the event at it', async () => {
        const stream = newStream();
        await store.append(stream, 'noStream', events(4));
        const [, second] = await collect(store.read(stream));
        const rest = (await allAfter(second?.position)).filter((one) => one.stream === stream);
        expect(rest.map(({ revision }) => revision)).toEqual([2, 3]);
      });

      test.each([1, 2, 3])('in %i parts: each stream in one of them, in log order, together the whole', async (of) => {
        const names = ['', '0', '1', '2', '-a', '-ß', '-🌍'].map((end) => `${newStream()}${end}`);
        for (const [revision, expected] of (['noStream', 0] as const).entries()) {
          for (const stream of names) await store.append(stream, expected, [event({ revision })]);
        }
        const parts: StoredEvent[][] = [];
        for (let index = 0; index < of; index++) {
          parts.push((await collect(store.readAll({ part: { index, of } }))).filter(ours));
        }
        for (const [index, part] of parts.entries()) {
          expect(part.every(({ stream }) => isInPart(stream, { index, of }))).toBe(true);
          expect(part.map(({ position }) => position)).toEqual(part.map(({ position }) => position).toSorted());
        }
        const together = parts.flat().toSorted((a, b) => (a.position < b.position ? -1 : 1));
        expect(together).toEqual(await allAfter(undefined));
      });

      test('told of what cannot be read: of nothing, in a log that is in order', async () => {
        await store.append(newStream(), 'noStream', [
          event({ text: 'ß🌍\u0000"\\', number: 1e21, nested: { a: [null] } }),
        ]);
        const unreadable: unknown[] = [];
        const read = await collect(store.readAll({ onUnreadable: (one) => unreadable.push(one) }));
        expect(read.filter(ours)).toEqual(await allAfter(undefined));
        expect(unreadable).toEqual([]);
        expect(await store.selfCheck()).toEqual([]);
      });

      test('only events of some types', async () => {
        const before = await store.head();
        const stream = newStream();
        await store.append(stream, 'noStream', [
          event({}, 'ContractA'),
          event({}, 'ContractB'),
          event({}, 'ContractA'),
        ]);
        expect((await allAfter(before, ['ContractA'])).map(({ revision }) => revision)).toEqual([0, 2]);
        expect(await allAfter(before, ['ContractNone'])).toEqual([]);
      });

      test('the head is the last position', async () => {
        const result = await store.append(newStream(), 'noStream', [event()]);
        const head = await store.head();
        expect(result.kind === 'appended' && head !== undefined && head >= result.position).toBe(true);
      });

      test('it ends while others keep writing', async () => {
        const stream = newStream();
        await store.append(stream, 'noStream', [event()]);
        const stop = new AbortController();
        const writer = (async () => {
          for (let head = 0; !stop.signal.aborted; head++) await store.append(stream, head, [event()]);
        })();
        await collect(store.readAll());
        stop.abort();
        await writer;
      });

      test('a signal ends it', async () => {
        await store.append(newStream(), 'noStream', events(20));
        const stop = new AbortController();
        let seen = 0;
        for await (const { position } of store.readAll({ signal: stop.signal })) {
          seen += position === '' ? 0 : 1;
          stop.abort();
        }
        expect(seen).toBe(1);
      });
    });

    describe('subscribe', () => {
      /** Our events, until so many have come or `until` says that it is enough. */
      const take = async (
        after: string | undefined,
        enough: (found: readonly StoredEvent[], item: SubscriptionItem) => boolean,
        onItem: (item: SubscriptionItem) => Promise<void> = async () => undefined,
      ): Promise<StoredEvent[]> => {
        const stop = new AbortController();
        const found: StoredEvent[] = [];
        for await (const item of store.subscribe({ ...(after === undefined ? {} : { after }), signal: stop.signal })) {
          if (item.kind === 'event' && ours(item.event)) found.push(item.event);
          await onItem(item);
          if (enough(found, item)) break;
        }
        stop.abort();
        return found;
      };

      test('catches up, says so, and goes live, without a gap and without a double', async () => {
        const before = await store.head();
        const stream = newStream();
        await store.append(stream, 'noStream', events(50));
        let head = 49;
        let writing: Promise<void> | undefined;
        const write = async (): Promise<void> => {
          for (; head < 149; head++) await store.append(stream, head, [event()]);
        };
        const found = await take(
          before,
          (all) => all.length >= 150,
          async (item) => {
            if (item.kind === 'event') writing ??= write();
          },
        );
        await writing;
        expect(found.map(({ revision }) => revision)).toEqual(Array.from({ length: 150 }, (_, index) => index));
      });

      test('the mark comes after everything stored before, with a position that reaches it', async () => {
        const before = await store.head();
        const stream = newStream();
        await store.append(stream, 'noStream', events(3));
        const last = (await collect(store.read(stream))).at(-1)?.position ?? '';
        let mark: SubscriptionItem | undefined;
        const found = await take(before, (_all, item) => {
          mark = item;
          return item.kind === 'caughtUp';
        });
        expect(found).toHaveLength(3);
        expect(mark?.kind === 'caughtUp' && (mark.position ?? '') >= last).toBe(true);
      });

      test('the mark also passes events that the filter leaves out', async () => {
        const stop = new AbortController();
        const result = await store.append(newStream(), 'noStream', events(3, 'ContractLeftOut'));
        for await (const item of store.subscribe({ types: ['ContractNone'], signal: stop.signal })) {
          if (item.kind !== 'caughtUp') continue;
          if (result.kind === 'appended' && (item.position ?? '') >= result.position) break;
        }
        // And live: a mark for what was left out since.
        const later = store.append(newStream(), 'noStream', events(1, 'ContractLeftOut'));
        for await (const item of store.subscribe({ types: ['ContractNone'], signal: stop.signal })) {
          const appended = await later;
          if (item.kind === 'caughtUp' && appended.kind === 'appended' && (item.position ?? '') >= appended.position)
            break;
        }
        stop.abort();
      });

      test('resumes after the last processed position', async () => {
        const before = await store.head();
        const stream = newStream();
        await store.append(stream, 'noStream', events(10));
        const first = await take(before, (all) => all.length === 4);
        const rest = await take(first.at(-1)?.position, (all) => all.length === 6);
        expect([...first, ...rest].map(({ revision }) => revision)).toEqual(
          Array.from({ length: 10 }, (_, index) => index),
        );
      });

      test('a slow reader misses nothing', async () => {
        const before = await store.head();
        const stream = newStream();
        await store.append(stream, 'noStream', [event()]);
        let written = false;
        const found = await take(
          before,
          (all) => all.length >= 12_001,
          async () => {
            if (written) return;
            written = true;
            for (let head = 0; head < 12_000; head += 1_000) await store.append(stream, head, events(1_000));
          },
        );
        expect(found.map(({ revision }) => revision)).toEqual(Array.from({ length: 12_001 }, (_, index) => index));
      });

      test('a reader that is slow once it is live misses nothing, in bursts and beyond any buffer', async () => {
        const before = await store.head();
        const stream = newStream();
        await store.append(stream, 'noStream', [event()]);
        let bursts: Promise<void> | undefined;
        const write = async (): Promise<void> => {
          // Several bursts while the reader does not look, more events together than a reader's buffer holds.
          for (let head = 0; head < 12_000; head += 500) await store.append(stream, head, events(500));
        };
        const found = await take(
          before,
          (all) => all.length >= 12_001,
          async (item) => {
            if (item.kind !== 'caughtUp' || bursts !== undefined) return;
            bursts = write();
            await bursts;
          },
        );
        expect(found.map(({ revision }) => revision)).toEqual(Array.from({ length: 12_001 }, (_, index) => index));
      });

      test('a burst that comes while the one before is read is not lost', async () => {
        const before = await store.head();
        const stream = newStream();
        await store.append(stream, 'noStream', [event()]);
        let head = 0;
        const found = await take(
          before,
          (all) => all.length >= 61,
          async (item) => {
            const live = item.kind === 'caughtUp' || (item.kind === 'event' && item.event.stream === stream);
            if (!live || head >= 60) return;
            await store.append(stream, head, [event(), event()]);
            head += 2;
          },
        );
        expect(found.map(({ revision }) => revision)).toEqual(Array.from({ length: 61 }, (_, index) => index));
      });

      test('a signal ends it while it waits', async () => {
        const stop = new AbortController();
        let marks = 0;
        for await (const item of store.subscribe({ signal: stop.signal })) {
          if (item.kind === 'caughtUp' && ++marks === 1) setTimeout(() => stop.abort(), 20);
        }
        expect(marks).toBeGreaterThan(0);
      });
    });

    describe('close', () => {
      test('writes what is under way, ends subscriptions, and refuses what comes after', async () => {
        const other = await open();
        const stream = newStream();
        const subscription = (async () => {
          for await (const item of other.store.subscribe({ signal: new AbortController().signal })) {
            if (item.kind === 'caughtUp') continue;
          }
        })();
        const underWay = other.store.append(stream, 'noStream', [event()]);
        await other.store.close();
        expect(await underWay).toMatchObject({ kind: 'appended' });
        await subscription;
        await expect(other.store.append(stream, 0, [event()])).rejects.toThrow(StoreClosed);
        await expect(collect(other.store.read(stream))).rejects.toThrow(StoreClosed);
        await other.store.close();
        await other.dispose();
      });
    });
  });
}
