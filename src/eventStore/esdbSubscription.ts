/** A subscription that survives: restarts, leader changes, half-open connections, slow readers. */
import type { AllStreamResolvedEvent, EventStoreDBClient } from '@eventstore/db-client';
import { esdb } from './esdbClient.js';
import type { EsdbConnection } from './esdbConnection.js';
import { NoAnswer } from './esdbErrors.js';
import { storedEvent } from './esdbEvents.js';
import { Inbox } from './esdbInbox.js';
import { esdbPosition, positionOf } from './esdbPosition.js';
import { type Position, type StoredEvent, StoreUnavailable, type SubscriptionItem } from './eventStore.js';

export type SubscriptionSource = {
  readonly connection: EsdbConnection;
  /** What stream names begin with; the server leaves out the rest. */
  readonly prefixes: readonly string[];
  readonly isOurs: (stream: string) => boolean;
  /** The last position of our events in the log, within the deadline. */
  readonly head: () => Promise<Position | undefined>;
  /** After this long without a sign of life the server is asked, in milliseconds. */
  readonly probeMilliseconds: number;
  /** After this long without the server the subscriber is told, in milliseconds. */
  readonly lostAfter: number;
  /** Told of each drop, with its cause. */
  readonly onDrop: (error: Error) => void;
};

type Message =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** Nothing of ours up to here is missing. */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'confirmed' | 'live' | 'behind' };

type Messages = Inbox<Message, AllStreamResolvedEvent>;

/** The server looks through so many foreign events before it says how far it got. */
const searchWindow = 32;
const windowsBetweenCheckpoints = 16;

/**
 * Events of some types after a position, and marks. The first connection fails with the port's error when the server
 * does not answer in time; from then on drops are survived for as long as it takes.
 */
export async function* follow(
  source: SubscriptionSource,
  after: Position | undefined,
  types: ReadonlySet<string> | undefined,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem, void, void> {
  const { connection } = source;
  const place: Place = { last: after, from: after, established: false, sign: performance.now() };
  let isLost = false;
  for (let attempt = 0; !signal.aborted; attempt++) {
    const { client } = connection;
    try {
      for await (const item of oneConnection(source, client, place, signal)) {
        attempt = 0;
        if (item.kind === 'caughtUp') isLost = false;
        if (item.kind === 'event' && types !== undefined && !types.has(item.event.type)) continue;
        yield item;
        if (signal.aborted) return;
      }
      if (signal.aborted) return;
      throw new StoreUnavailable(`${connection.address.described} ended the subscription.`);
    } catch (error) {
      if (signal.aborted) return;
      const failure = connection.failed(client, error);
      source.onDrop(failure);
      if (!failure.retryable || !place.established) throw failure;
      if (!isLost && performance.now() - place.sign > source.lostAfter) {
        isLost = true;
        yield { kind: 'lost', error: failure };
      }
      await connection.pause(connection.pauseBefore(attempt));
    }
  }
}

/**
 * How far a subscription is: `last` is what was delivered; from `from` on it goes on; `established` once the server has
 * answered; `sign` is when it last gave a sign of life.
 */
type Place = { last: Position | undefined; from: Position | undefined; established: boolean; sign: number };

async function* oneConnection(
  source: SubscriptionSource,
  client: EventStoreDBClient,
  place: Place,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem, void, void> {
  const inbox = open(source, client, place.from);
  const wake = (): void => inbox.wake();
  signal.addEventListener('abort', wake);
  // The first connection may take as long as any call; later ones are tried more often.
  const patience = place.established ? source.connection.attemptDeadline : source.connection.deadline;
  let live = false;
  let confirmed = false;
  try {
    while (!signal.aborted) {
      const batch = await inbox.take(confirmed ? source.probeMilliseconds : patience);
      if (signal.aborted || batch.kind === 'ended') return;
      if (batch.kind === 'silent') {
        if (!confirmed) throw new NoAnswer(`${source.connection.address.described} did not answer in time.`);
        await probe(source, inbox, place, signal);
        place.sign = performance.now();
        continue;
      }
      place.sign = performance.now();
      let delivered = false;
      for (const message of batch.items) {
        confirmed = place.established = true;
        if (message.kind === 'checkpoint') place.from = message.position;
        else if (message.kind === 'live' || message.kind === 'behind') live = message.kind === 'live';
        if (message.kind !== 'event') continue;
        const { event } = message;
        // The server's filter knows prefixes only; and after a reconnect nothing is delivered twice.
        if (!source.isOurs(event.stream) || (place.last !== undefined && event.position <= place.last)) continue;
        place.last = place.from = event.position;
        delivered = true;
        yield { kind: 'event', event };
        if (signal.aborted) return;
      }
      const turnedLive = batch.items.some(({ kind }) => kind === 'live');
      if (live && inbox.isEmpty && (delivered || turnedLive)) yield { kind: 'caughtUp', position: place.last };
    }
  } finally {
    signal.removeEventListener('abort', wake);
    inbox.close();
  }
}

function open({ prefixes }: SubscriptionSource, client: EventStoreDBClient, from: Position | undefined): Messages {
  const subscription = client.subscribeToAll({
    fromPosition: from === undefined ? esdb().START : esdbPosition(from),
    filter: esdb().streamNameFilter({
      prefixes: [...prefixes],
      maxSearchWindow: searchWindow,
      checkpointInterval: windowsBetweenCheckpoints,
      // Never rejects: the client would stall.
      checkpointReached: async (_subscription, position) =>
        inbox.mark({ kind: 'checkpoint', position: positionOf(position) }),
    }),
  });
  const inbox = new Inbox<Message, AllStreamResolvedEvent>(subscription, (resolved) => {
    const event = storedEvent(resolved);
    return event === undefined ? undefined : { kind: 'event', event };
  });
  subscription.on('confirmation', () => inbox.mark({ kind: 'confirmed' }));
  subscription.on('caughtUp', () => inbox.mark({ kind: 'live' }));
  subscription.on('fellBehind', () => inbox.mark({ kind: 'behind' }));
  return inbox;
}

/**
 * Quiet or dead? A server that does not answer, or that has events which the subscription did not bring, is dead.
 * @throws {StoreUnavailable}
 */
async function probe(source: SubscriptionSource, inbox: Messages, place: Place, signal: AbortSignal): Promise<void> {
  const head = await source.head();
  if (signal.aborted || !inbox.isEmpty || head === undefined || (place.last ?? '') >= head) return;
  // What was written just now is on its way.
  await source.connection.pause(Math.min(source.probeMilliseconds, source.connection.attemptDeadline));
  if (!signal.aborted && inbox.isEmpty && (place.last ?? '') < head) {
    throw new StoreUnavailable(`${source.connection.address.described} no longer brings events to a subscription.`);
  }
}
