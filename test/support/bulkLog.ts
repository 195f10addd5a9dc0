/** A log of many events in little time: sealed and chained, but not a run of the chart, which exports do not ask. */
import { hashOf, seal } from '../../src/app/seal.js';
import type { EventStore, NewEvent } from '../../src/eventStore/eventStore.js';
import { accountStream, type EventMetadata } from '../../src/events/envelope.js';
import { plusMinutes } from '../../src/events/time.js';
import { start } from './examples.js';

/**
 * Appends accounts with so many events each.
 * @param size characters of a free text in each event
 */
export async function appendBulk(store: EventStore, accounts: number, eventsEach: number, size: number): Promise<void> {
  const appends: Promise<unknown>[] = [];
  for (let account = 0; account < accounts; account++) {
    const stream = accountStream(`bulk-${account}`);
    const events: NewEvent[] = [];
    for (let revision = 0; revision < eventsEach; revision++) {
      const previousHash = events.at(-1)?.metadata['hash'] as string | undefined;
      events.push(event(stream, revision, previousHash ?? stream, size));
    }
    appends.push(store.append(stream, 'noStream', events));
    if (appends.length === 64) await Promise.all(appends.splice(0));
  }
  await Promise.all(appends);
}

function event(stream: string, revision: number, previousHash: string, size: number): NewEvent {
  const at = plusMinutes(start, revision);
  const type = revision === 0 ? 'AccountSignedUp' : 'VerificationWithdrawn';
  const data =
    revision === 0
      ? { holder: 'business', ownerEmail: 'owner@bulk.example' }
      : { reason: `${stream} ${revision} ${'word '.repeat(size / 5)}` };
  const metadata: Omit<EventMetadata, 'hash'> = {
    commandId: `${stream}:${revision}`,
    commandDigest: hashOf({ stream, revision }),
    correlationId: stream,
    causationId: `${stream}:${revision}`,
    actor: { type: 'product', id: 'backend' },
    occurredAt: at,
    recordedAt: at,
    schemaVersion: 1,
    machineVersion: 1,
    from: { setup: 'none', verification: `state-${revision}`, standing: 'good' },
    to: { setup: 'none', verification: `state-${revision + 1}`, standing: 'good' },
    previousHash,
  };
  return seal({ stream, revision, type, data, metadata });
}
