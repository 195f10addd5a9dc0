/** Reads that end in time and go on after a dropped connection from where they were. */
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { EsdbConnection } from './esdbConnection.js';
import { NoAnswer } from './esdbErrors.js';
import { type ClientStream, Inbox } from './esdbInbox.js';
import { StoreUnavailable } from './eventStore.js';

/**
 * Batches of what a read delivers, to its end. After a failure that may pass it is started again; `start` begins after
 * what was taken so far. `isWhole` is asked when the server ends it: whether everything that must come has come.
 * Between two batches no more than the deadline goes by.
 * @throws {EventStoreError}
 */
export async function* readBatches<T, Delivered>(
  connection: EsdbConnection,
  start: (client: EventStoreDBClient) => ClientStream<Delivered>,
  convert: (delivered: Delivered) => T | undefined,
  isWhole: () => boolean = () => true,
): AsyncGenerator<readonly T[], void, void> {
  let end = performance.now() + connection.deadline;
  for (let attempt = 0; ; attempt++) {
    const { client } = connection;
    const inbox = new Inbox<T, Delivered>(start(client), convert);
    try {
      for (;;) {
        const milliseconds = Math.max(1, Math.min(connection.attemptDeadline, end - performance.now()));
        const batch = await inbox.take(milliseconds);
        connection.assertOpen();
        if (batch.kind === 'ended') {
          // The reads of a client that was replaced end as if they were through.
          if (client === connection.client && isWhole()) return;
          throw new StoreUnavailable(`${connection.address.described} ended a read before its end.`);
        }
        if (batch.kind === 'silent') throw new NoAnswer(`${connection.address.described} did not answer in time.`);
        yield batch.items;
        attempt = 0;
        end = performance.now() + connection.deadline;
      }
    } catch (error) {
      if (isMissingStream(error)) return;
      const failure = connection.failed(client, error);
      const pause = Math.max(1, connection.pauseBefore(attempt));
      if (!failure.retryable || performance.now() + pause >= end) throw failure;
      await connection.pause(pause);
    } finally {
      inbox.close();
    }
  }
}

function isMissingStream(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { type?: unknown }).type === 'stream-not-found';
}
