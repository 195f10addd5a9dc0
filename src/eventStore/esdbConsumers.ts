/** Consumer groups on EventStoreDB: persistent subscriptions to `$all`, kept and handed out by the server. */
import type {
  EventStoreDBClient,
  PersistentSubscriptionToAll,
  PersistentSubscriptionToAllResolvedEvent,
  ResolvedEvent,
} from '@eventstore/db-client';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Consumer,
  type ConsumerGroup,
  type ConsumerGroups,
  mostRetries,
  type ParkedEvent,
  retryPause,
} from './consumerGroups.js';
import { readEsdbAddress } from './esdbAddress.js';
import { esdb } from './esdbClient.js';
import { EsdbConnection, inTime } from './esdbConnection.js';
import { storedEvent } from './esdbEvents.js';
import { Inbox } from './esdbInbox.js';
import { readBatches } from './esdbRead.js';
import { StoreUnavailable } from './eventStore.js';

export type EsdbConsumersOptions = {
  readonly connectionString: string;
  /** The streams of this log: whole names, or beginnings that end in `-`. */
  readonly streams: readonly string[];
  /** An event that is not acknowledged within this time goes to another consumer, in milliseconds. */
  readonly messageTimeout?: number;
  /** After this long without an event the connection is tried, in milliseconds. */
  readonly probeMilliseconds?: number;
};

/** How many events one consumer of an unordered group works on at once. */
const sideBySide = 10;

/** @throws {StoreMisconfigured} when the connection string is wrong */
export function openEsdbConsumers(options: EsdbConsumersOptions): ConsumerGroups {
  return new EsdbConsumers(options, new EsdbConnection(readEsdbAddress(options.connectionString)));
}

type Delivered = PersistentSubscriptionToAllResolvedEvent;

class EsdbConsumers implements ConsumerGroups {
  readonly #options: EsdbConsumersOptions;
  readonly #connection: EsdbConnection;

  constructor(options: EsdbConsumersOptions, connection: EsdbConnection) {
    this.#options = options;
    this.#connection = connection;
  }

  get #credentials() {
    return this.#connection.address.credentials;
  }

  async create({ name, ordered, from }: ConsumerGroup): Promise<void> {
    const settings = esdb().persistentSubscriptionToAllSettingsFromDefaults({
      startFrom: from === 'start' ? esdb().START : esdb().END,
      consumerStrategyName: ordered ? 'DispatchToSingle' : 'RoundRobin',
      maxRetryCount: mostRetries,
      messageTimeout: this.#options.messageTimeout ?? 60_000,
      // After a crash of the server the events since its last note come again: it notes often.
      checkPointAfter: 500,
      checkPointLowerBound: 1,
      checkPointUpperBound: 100,
    });
    // By stream and not by type: a later version of a process may want other types, and a filter cannot be changed.
    const filter = esdb().streamNameFilter({ prefixes: [...this.#options.streams] });
    await this.#connection.call(async (client, deadline) => {
      try {
        await client.createPersistentSubscriptionToAll(name, settings, {
          filter,
          credentials: this.#credentials,
          deadline,
        });
      } catch (error) {
        if ((error as { type?: string }).type !== 'persistent-subscription-exists') throw error;
      }
    });
  }

  async consume(group: ConsumerGroup, consumer: Consumer): Promise<void> {
    for (let attempt = 0; !consumer.signal.aborted; attempt++) {
      const { client } = this.#connection;
      try {
        await this.#consumeOnce(client, group, consumer, () => (attempt = 0));
        if (consumer.signal.aborted) return;
        throw new StoreUnavailable(`${this.#connection.address.described} ended the subscription ${group.name}.`);
      } catch (error) {
        if (consumer.signal.aborted) return;
        if ((error as { type?: string }).type === 'persistent-subscription-does-not-exist') await this.create(group);
        const failure = this.#connection.failed(client, error);
        if (!failure.retryable) throw failure;
        consumer.onProblem(failure);
        const pause = this.#connection.pauseBefore(attempt);
        await sleep(pause, undefined, { signal: consumer.signal }).catch(() => undefined);
      }
    }
  }

  async #consumeOnce(
    client: EventStoreDBClient,
    group: ConsumerGroup,
    consumer: Consumer,
    onEvent: () => void,
  ): Promise<void> {
    const subscription = client.subscribeToPersistentSubscriptionToAll(group.name, {
      bufferSize: group.ordered ? 1 : sideBySide,
      credentials: this.#credentials,
    });
    const inbox = new Inbox<Delivered, Delivered>(subscription, (delivered) => delivered);
    const wake = (): void => inbox.wake();
    consumer.signal.addEventListener('abort', wake);
    const working = new Set<Promise<void>>();
    try {
      while (!consumer.signal.aborted) {
        const batch = await inbox.take(this.#options.probeMilliseconds ?? this.#connection.deadline);
        if (batch.kind === 'ended' || consumer.signal.aborted) return;
        if (batch.kind === 'silent') await this.#probe(client);
        consumer.onConnected?.();
        if (batch.kind === 'silent') continue;
        onEvent();
        for (const delivered of batch.items) {
          const work = this.#handle(subscription, group, delivered, consumer);
          working.add(work);
          void work.finally(() => working.delete(work));
          if (group.ordered) await work;
        }
      }
    } finally {
      consumer.signal.removeEventListener('abort', wake);
      await Promise.allSettled(working);
      if (consumer.signal.aborted) await this.#letThrough(client);
      inbox.close();
    }
  }

  /** Never rejects: what cannot be acknowledged comes again. */
  async #handle(
    subscription: PersistentSubscriptionToAll,
    group: ConsumerGroup,
    delivered: Delivered,
    { handle, onProblem, signal }: Consumer,
  ): Promise<void> {
    const answer = async (send: () => Promise<void>): Promise<void> => send().catch(() => undefined);
    const event = storedEvent(delivered);
    const attempt = delivered.retryCount;
    if (event === undefined || !group.types.includes(event.type) || !this.#isOurs(event.stream)) {
      await answer(() => subscription.ack(delivered));
      return;
    }
    try {
      await handle(event, attempt);
      await answer(() => subscription.ack(delivered));
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      onProblem(failure);
      if (attempt >= mostRetries) {
        await answer(() => subscription.nack('park', failure.message.slice(0, 1_000), delivered));
      } else {
        await sleep(retryPause(attempt), undefined, { signal }).catch(() => undefined);
        await answer(() => subscription.nack('retry', failure.message.slice(0, 1_000), delivered));
      }
    }
  }

  /**
   * A call that is cancelled takes with it what the server has not read of it yet: an acknowledgement would be lost, and
   * its event come again. The answer to a question behind it on the same connection says that it was read.
   */
  async #letThrough(client: EventStoreDBClient): Promise<void> {
    const { attemptDeadline, address } = this.#connection;
    await inTime(this.#probe(client), attemptDeadline, address.described).catch(() => undefined);
  }

  /** Quiet or dead? Asks the server something over the same connection. */
  async #probe(client: EventStoreDBClient): Promise<void> {
    const last = (current: EventStoreDBClient) =>
      current.readAll({ maxCount: 1, direction: esdb().BACKWARDS, fromPosition: esdb().END });
    for await (const batch of readBatches(this.#connection, last, storedEvent)) if (batch.length > 0) break;
    if (client !== this.#connection.client) throw new StoreUnavailable('The connection was replaced.');
  }

  async parked(name: string, most = Infinity): Promise<ParkedEvent[]> {
    const stream = `$persistentsubscription-$all::${name}-parked`;
    const start = (client: EventStoreDBClient) =>
      client.readStream(stream, { resolveLinkTos: true, credentials: this.#credentials });
    // By id: a read that was interrupted begins anew.
    const parked = new Map<string, ParkedEvent>();
    for await (const batch of readBatches(this.#connection, start, parkedEvent)) {
      for (const event of batch) parked.set(event.id, event);
      if (parked.size >= most) break;
    }
    return [...parked.values()].slice(0, most);
  }

  async replayParked(name: string): Promise<number> {
    const { length } = await this.parked(name);
    if (length === 0) return 0;
    await this.#connection.call((client, deadline) =>
      client.replayParkedMessagesToAll(name, { credentials: this.#credentials, deadline }),
    );
    return length;
  }

  close(): void {
    this.#connection.close();
  }

  #isOurs(stream: string): boolean {
    return this.#options.streams.some((name) => (name.endsWith('-') ? stream.startsWith(name) : stream === name));
  }
}

function parkedEvent(resolved: ResolvedEvent): ParkedEvent | undefined {
  const event = storedEvent(resolved);
  if (event === undefined) return undefined;
  const { id, stream, revision, type } = event;
  const { reason = '', added = '' } = (resolved.link?.metadata ?? {}) as { reason?: string; added?: string };
  return { id, stream, revision, type, reason, parkedAt: added };
}
