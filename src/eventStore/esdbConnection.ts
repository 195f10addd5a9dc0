/** The client, replaced when its connection is dead, and calls that end in time whatever the server does. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { EsdbAddress } from './esdbAddress.js';
import { esdb } from './esdbClient.js';
import { esdbError, NoAnswer } from './esdbErrors.js';
import { type EventStoreError, StoreClosed } from './eventStore.js';

/** Pauses between attempts, in milliseconds: doubled each time, up to the last; the half of each is left to chance. */
const firstPause = 50;
const lastPause = 5_000;

/** How often a call is tried within its deadline when nothing answers: a lost leader takes one, its successor the next. */
const attemptsWithinDeadline = 3;

export class EsdbConnection {
  readonly #closing = new AbortController();
  #client: EventStoreDBClient;

  constructor(readonly address: EsdbAddress) {
    // Each call that pauses before it tries again listens for the end: as many as there are calls under way.
    setMaxListeners(0, this.#closing.signal);
    this.#client = clientOf(address);
  }

  get client(): EventStoreDBClient {
    this.assertOpen();
    return this.#client;
  }

  /** How long one call may take, in milliseconds. */
  get deadline(): number {
    return this.address.options.defaultDeadline;
  }

  /** How long one attempt of a call may take, in milliseconds. */
  get attemptDeadline(): number {
    return Math.ceil(this.deadline / attemptsWithinDeadline);
  }

  /** Aborted by `close`. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Tries a call until it succeeds, fails for good, or its deadline is over. Only for calls that may be repeated
   * unchanged.
   * @throws {EventStoreError}
   */
  async call<T>(attempt: (client: EventStoreDBClient, milliseconds: number) => Promise<T>): Promise<T> {
    const end = performance.now() + this.deadline;
    for (let count = 0; ; count++) {
      const client = this.client;
      try {
        const milliseconds = Math.max(1, Math.min(this.attemptDeadline, end - performance.now()));
        return await inTime(attempt(client, milliseconds), milliseconds, this.address.described);
      } catch (error) {
        const failure = this.failed(client, error);
        const pause = this.pauseBefore(count);
        if (!failure.retryable || performance.now() + pause >= end) throw failure;
        await this.pause(pause);
      }
    }
  }

  /** Maps a failure, and replaces the client when its connection gave no answer. */
  failed(client: EventStoreDBClient, error: unknown): EventStoreError {
    const failure = this.closing.aborted ? closedError(this.address) : esdbError(error, this.address.described);
    if (failure instanceof NoAnswer) this.replace(client);
    return failure;
  }

  /** Goes on with a new client, unless that was done already. A half-open connection would keep the old one waiting. */
  replace(client: EventStoreDBClient): void {
    if (client !== this.#client || this.closing.aborted) return;
    this.#client = clientOf(this.address);
    dispose(client);
  }

  /** The pause before the next attempt, in milliseconds, with jitter so that many clients do not come back at once. */
  pauseBefore(attempt: number): number {
    const full = Math.min(firstPause * 2 ** Math.min(attempt, 16), lastPause);
    return full / 2 + (Math.random() * full) / 2;
  }

  /** Waits; `close` ends the wait. */
  async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.closing }).catch(() => undefined);
  }

  assertOpen(): void {
    if (this.closing.aborted) throw closedError(this.address);
  }

  close(): void {
    if (this.closing.aborted) return;
    this.#closing.abort();
    dispose(this.#client);
  }
}

function closedError({ described }: EsdbAddress): StoreClosed {
  return new StoreClosed(`The connection to ${described} was closed`);
}

/** Waits no longer than allowed; a late failure is dropped, for nobody waits for it. */
export async function inTime<T>(work: Promise<T>, milliseconds: number, where: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`${where} did not answer in time.`)), milliseconds);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function clientOf({ hosts, discover, tls, certificates, credentials, options }: EsdbAddress): EventStoreDBClient {
  const [first] = hosts;
  if (first === undefined) throw new Error('an address has a host');
  const { EventStoreDBClient: Client } = esdb();
  const security = {
    insecure: !tls,
    ...(certificates.ca === undefined ? {} : { rootCertificate: certificates.ca }),
    ...(certificates.userCertificate === undefined ? {} : { userCertFile: certificates.userCertificate }),
    ...(certificates.userKey === undefined ? {} : { userKeyFile: certificates.userKey }),
  };
  const { nodePreference, discoveryInterval, gossipTimeout, maxDiscoverAttempts, ...common } = options;
  const cluster = { nodePreference, discoveryInterval, gossipTimeout, maxDiscoverAttempts };
  if (discover) return new Client({ ...common, ...cluster, discover: first }, security, credentials);
  if (hosts.length === 1) return new Client({ ...common, endpoint: first }, security, credentials);
  return new Client({ ...common, ...cluster, endpoints: [...hosts] }, security, credentials);
}

/** `dispose` ends the client's streams, not its channel, which would go on trying to connect. */
type WithChannel = { readonly getChannel: () => Promise<{ readonly close: () => void }> };

function dispose(client: EventStoreDBClient): void {
  client.dispose().catch(() => undefined);
  // In a turn of its own: calls that have just asked for the channel use it first.
  setImmediate(() => {
    (client as unknown as WithChannel).getChannel().then(
      (channel) => channel.close(),
      () => undefined,
    );
  });
}
