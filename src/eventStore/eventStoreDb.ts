/** The event store on EventStoreDB: every event in the stream of its account, read back over `$all`. */
import { setMaxListeners } from 'node:events';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { endable } from './endable.js';
import { readEsdbAddress } from './esdbAddress.js';
import { esdb } from './esdbClient.js';
import { EsdbConnection } from './esdbConnection.js';
import { esdbEvent, storedEvent } from './esdbEvents.js';
import { esdbPosition, positionOf } from './esdbPosition.js';
import { readBatches } from './esdbRead.js';
import { follow } from './esdbSubscription.js';
import {
  type AppendConflict,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  isInPart,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  StoreClosed,
  type StoredEvent,
  type SubscribeOptions,
  type SubscriptionDrops,
  type SubscriptionItem,
} from './eventStore.js';

export type EventStoreDbOptions = {
  /** `esdb://…` or `esdb+discover://…`; its `defaultDeadline` bounds every call. */
  readonly connectionString: string;
  /** The streams of this log: whole names, or beginnings that end in `-`. Others in the same database are not read. */
  readonly streams: readonly string[];
  /** After this long without a sign of life, a subscription asks the server, in milliseconds. */
  readonly probeMilliseconds?: number;
};

/**
 * Opens the store. Nothing is asked of the server yet.
 * @throws {StoreMisconfigured} when the connection string is wrong
 */
export function openEventStoreDb(options: EventStoreDbOptions): EventStore {
  return new EventStoreDb(options, new EsdbConnection(readEsdbAddress(options.connectionString)));
}

/** Whether an event is in the part that is read, and can be read; told of when it cannot. */
function isReadable(event: StoredEvent, { part, onUnreadable }: ReadAllOptions): boolean {
  const { stream, revision, position } = event;
  if (part !== undefined && !isInPart(stream, part)) return false;
  if (onUnreadable === undefined || (isJsonObject(event.data) && isJsonObject(event.metadata))) return true;
  onUnreadable({ position, stream, revision, why: 'its data or its metadata is not a JSON object' });
  return false;
}

/** The client gives bytes that are no JSON as bytes. */
function isJsonObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

class EventStoreDb implements EventStore {
  readonly #connection: EsdbConnection;
  readonly #streams: readonly string[];
  readonly #probeMilliseconds: number;
  readonly #closing = new AbortController();
  readonly #appending = new Set<Promise<unknown>>();
  /** The last position of ours that this process knows of; the log's head is there or later. */
  #known: Position | undefined;
  #drops: SubscriptionDrops = { count: 0, last: null };

  constructor({ streams, probeMilliseconds }: EventStoreDbOptions, connection: EsdbConnection) {
    // Each subscription listens to it, and there may be many.
    setMaxListeners(0, this.#closing.signal);
    this.#connection = connection;
    this.#streams = streams;
    this.#probeMilliseconds = probeMilliseconds ?? connection.deadline;
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended | AppendConflict> {
    this.#assertOpen();
    const proposed = events.map(esdbEvent);
    // The same ids at the same expected revision: the server answers a repeated append with its first result.
    const appending = this.#connection.call((client, deadline) =>
      this.#appendOnce(client, deadline, stream, expected, proposed),
    );
    this.#appending.add(appending);
    try {
      return await appending;
    } finally {
      this.#appending.delete(appending);
    }
  }

  async #appendOnce(
    client: EventStoreDBClient,
    deadline: number,
    stream: string,
    expected: ExpectedRevision,
    events: ReturnType<typeof esdbEvent>[],
  ): Promise<Appended | AppendConflict> {
    try {
      const { nextExpectedRevision, position } = await client.appendToStream(stream, events, {
        expectedRevision: expected === 'noStream' ? esdb().NO_STREAM : BigInt(expected),
        credentials: this.#connection.address.credentials,
        deadline,
      });
      const revision = Number(nextExpectedRevision);
      const found = position === undefined ? await this.#positionAt(stream, revision) : positionOf(position);
      this.#learn(found);
      return { kind: 'appended', revision, position: found };
    } catch (error) {
      const { type, actualVersion } = error as { type?: string; actualVersion?: bigint | 'no_stream' };
      if (type !== 'wrong-expected-version') throw error;
      return { kind: 'conflict', actual: typeof actualVersion === 'bigint' ? Number(actualVersion) : 'noStream' };
    }
  }

  /** Of an append that was repeated, an older server may leave out the position. */
  async #positionAt(stream: string, revision: number): Promise<Position> {
    for await (const event of this.read(stream, { from: revision })) return event.position;
    throw new Error(`${stream} has no revision ${revision}`);
  }

  async *read(stream: string, { from = 0, signal }: ReadOptions = {}): AsyncGenerator<StoredEvent, void, void> {
    this.#assertOpen();
    let next = from;
    const start = (client: EventStoreDBClient) => client.readStream(stream, { fromRevision: BigInt(next) });
    for await (const batch of readBatches(this.#connection, start, storedEvent)) {
      for (const event of batch) {
        if (signal?.aborted === true) return;
        next = event.revision + 1;
        yield event;
      }
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<StoredEvent, void, void> {
    const { after, types, signal } = options;
    this.#assertOpen();
    const head = await this.head();
    if (head === undefined || (after ?? '') >= head) return;
    const wanted = types === undefined ? undefined : new Set(types);
    let last = after;
    const start = (client: EventStoreDBClient) =>
      client.readAll({ fromPosition: last === undefined ? esdb().START : esdbPosition(last) });
    for await (const batch of readBatches(this.#connection, start, storedEvent, () => (last ?? '') >= head)) {
      for (const event of batch) {
        if (signal?.aborted === true || event.position > head) return;
        // A read includes its first position.
        if (last !== undefined && event.position <= last) continue;
        last = event.position;
        const isWanted = this.#isOurs(event.stream) && (wanted === undefined || wanted.has(event.type));
        if (isWanted && isReadable(event, options)) yield event;
        if (last === head) return;
      }
    }
  }

  subscribe({ after, types, signal }: SubscribeOptions): AsyncIterable<SubscriptionItem> {
    const source = {
      connection: this.#connection,
      prefixes: this.#streams,
      isOurs: (stream: string) => this.#isOurs(stream),
      head: () => this.head(),
      probeMilliseconds: this.#probeMilliseconds,
      lostAfter: this.#probeMilliseconds + this.#connection.attemptDeadline,
      onDrop: (error: Error) => {
        this.#drops = { count: this.#drops.count + 1, last: error.message };
      },
    };
    const wanted = types === undefined ? undefined : new Set(types);
    const start = (): AsyncIterator<SubscriptionItem, void, void> => {
      this.#assertOpen();
      return endable([signal, this.#closing.signal], (ended) => follow(source, after, wanted, ended));
    };
    return { [Symbol.asyncIterator]: start };
  }

  /** Looks backwards from the end, past what is not ours, to where an event of ours is or is known to be. */
  async head(): Promise<Position | undefined> {
    this.#assertOpen();
    let before: Position | undefined;
    for (let count = 16; ; count = Math.min(count * 8, 4_096)) {
      const from = before;
      let seen = 0;
      const start = (client: EventStoreDBClient) =>
        client.readAll({
          direction: esdb().BACKWARDS,
          fromPosition: from === undefined ? esdb().END : esdbPosition(from),
          maxCount: count,
          // A node without a leader answers reads, and takes no appends: that is not a log that works.
          requiresLeader: this.#connection.address.options.nodePreference === 'leader',
        });
      for await (const batch of readBatches(this.#connection, start, storedEvent)) {
        for (const { stream, position } of batch) {
          seen += 1;
          if (this.#known !== undefined && position <= this.#known) return this.#known;
          if (this.#isOurs(stream)) return this.#learn(position);
          before = position;
        }
      }
      if (seen === 0 || before === from) return this.#known;
    }
  }

  /** EventStoreDB checks its files itself, at start and while it scavenges; it has no call that asks for it. */
  async selfCheck(): Promise<readonly string[]> {
    this.#assertOpen();
    return [];
  }

  get drops(): SubscriptionDrops {
    return this.#drops;
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await Promise.allSettled(this.#appending);
    this.#connection.close();
  }

  #isOurs(stream: string): boolean {
    return this.#streams.some((name) => (name.endsWith('-') ? stream.startsWith(name) : stream === name));
  }

  #learn(position: Position): Position {
    if (this.#known === undefined || position > this.#known) this.#known = position;
    return this.#known;
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new StoreClosed(`${this.#connection.address.described} was closed`);
  }
}
