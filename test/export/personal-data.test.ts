/** A word in every field of every event that may hold personal data is in no export that did not ask for it. */
import { hashOf, seal } from '../../src/app/seal.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { eventTypes } from '../../src/events/catalogue.js';
import { accountStream, type EventMetadata } from '../../src/events/envelope.js';
import { exportedKinds, exportFormats } from '../../src/events/operations.js';
import { withoutPersonalData } from '../../src/events/personalData.js';
import { examplesOfEvent, placesOf } from '../support/canaries.js';
import { start } from '../support/examples.js';
import { exported, readBack, requestFor } from '../support/exports.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const word = 'CANARY';
let gatehouse: TestGatehouse;
/** How many words a full export must show, so that the test cannot pass by finding nothing. */
let words = 0;

/** An account with every event, whether or not the chart would take them in this order: exports do not ask it. */
async function appendEverything(store: EventStore): Promise<void> {
  const stream = accountStream('canary');
  let previousHash = stream;
  let revision = 0;
  for (const type of eventTypes) {
    for (const data of examplesOfEvent(type, word)) {
      const isPersonal = JSON.stringify(withoutPersonalData(type, data)) !== JSON.stringify(data);
      // A harmless field must not hide a word that got through.
      const kept = JSON.parse(JSON.stringify(data).replaceAll(word, isPersonal ? word : 'plain')) as object;
      const left = placesOf(withoutPersonalData(type, kept), word);
      words += placesOf(kept, word).length - left.length;
      const metadata: Omit<EventMetadata, 'hash'> = {
        commandId: `c-${revision}`,
        commandDigest: hashOf({}),
        correlationId: 'c',
        causationId: 'c',
        actor: { type: 'reviewer', id: 'reviewer-1' },
        occurredAt: start,
        recordedAt: start,
        schemaVersion: 1,
        machineVersion: 1,
        from: { verification: `s${revision}` },
        to: { verification: `s${revision + 1}` },
        previousHash,
      };
      const event = seal({ stream, revision, type, data: without(kept, left), metadata });
      await store.append(stream, revision === 0 ? 'noStream' : revision - 1, [event]);
      previousHash = String((event.metadata as { hash?: string }).hash);
      revision += 1;
    }
  }
}

/** The data with the word taken out of the places that may be told. */
function without(data: unknown, places: readonly string[], path = ''): unknown {
  if (typeof data === 'string') return places.includes(path) ? data.replaceAll(word, 'plain') : data;
  if (Array.isArray(data)) return data.map((item) => without(item, places, `${path}[]`));
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([name, inner]) => [
    name,
    without(inner, places, path === '' ? name : `${path}.${name}`),
  ]);
  return Object.fromEntries(entries) as unknown;
}

beforeAll(async () => {
  gatehouse = await newGatehouse();
  await appendEverything(gatehouse.store);
});
afterAll(async () => gatehouse.close());

describe.each(exportedKinds)('%s', (what) => {
  test.each(exportFormats)('%s without personal data: the word is nowhere', async (format) => {
    const bytes = await exported(gatehouse.store, requestFor(format, { what }));
    const rows = await readBack(format, bytes);
    expect(rows.length).toBeGreaterThan(eventTypes.length);
    expect(JSON.stringify(rows)).not.toContain(word);
    // Nor in what no reader shows: comments, statistics of columns.
    expect(bytes.toString('latin1')).not.toContain(word);
  });
});

test.each(exportFormats)('%s with personal data: every word is there', async (format) => {
  const bytes = await exported(gatehouse.store, requestFor(format, { personalData: true }));
  const found = JSON.stringify(await readBack(format, bytes)).split(word).length - 1;
  expect(words).toBeGreaterThan(60);
  expect(found).toBe(words);
});

test.each(exportFormats)('transitions as %s never hold it: they have no column for it', async (format) => {
  const request = requestFor(format, { what: 'transitions', personalData: true });
  expect(JSON.stringify(await readBack(format, await exported(gatehouse.store, request)))).not.toContain(word);
});
