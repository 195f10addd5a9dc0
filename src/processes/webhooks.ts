/** The process `webhooks`: events become deliveries, deliveries are made. */
import { LRUCache } from 'lru-cache';
import { evolveGate, type GateRow } from '../../projections/sendingGate.js';
import type { EventStore } from '../eventStore/eventStore.js';
import { eventTypes } from '../events/catalogue.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import type { GatePolicy } from '../policy/gate.js';
import type { Webhooks } from '../webhooks/index.js';
import { messagesOf } from '../webhooks/messages.js';
import type { Processes } from './process.js';

const webhooksProcess = 'webhooks';

type Known = { readonly store: EventStore; readonly policy: () => GatePolicy };

/** Accounts whose last state is kept, so that the next event need not read the ones before. */
const keptAccounts = 5_000;
const everyMilliseconds = 250;
const pruneEveryMilliseconds = 3_600_000;

/**
 * Events to deliveries in log order, by one node at a time; a delivery is durable before its event is acknowledged.
 * What a node has taken in, that node delivers: where several run, one of them should run this process, or an account's
 * messages can overtake each other when it changes places.
 */
export function webhookProcesses({ deliveries, sender }: Webhooks, { store, policy }: Known): Processes {
  const rows = new LRUCache<string, GateRow>({ max: keptAccounts });
  const prune = async (): Promise<void> => void deliveries.prune();
  return {
    consumers: [
      {
        name: webhooksProcess,
        types: eventTypes,
        ordered: true,
        from: 'now',
        run: async (event) => {
          const row = await rowAfter(event, rows.get(event.stream), store);
          deliveries.put(messagesOf(event, row, policy()));
          rows.set(event.stream, row);
        },
      },
    ],
    loops: [
      { name: webhooksProcess, part: 'delivery', everyMilliseconds, run: async (signal) => sender.deliverDue(signal) },
      { name: webhooksProcess, part: 'pruning', everyMilliseconds: pruneEveryMilliseconds, run: prune },
    ],
  };
}

/** What the gate knows of the account after an event; it follows from the log alone, so a repetition finds the same. */
async function rowAfter(event: RecordedEvent, known: GateRow | undefined, store: EventStore): Promise<GateRow> {
  if (known !== undefined && known.revision === event.revision - 1) return evolveGate(known, event);
  let row: GateRow | undefined;
  for await (const stored of store.read(event.stream)) {
    if (stored.revision > event.revision) break;
    row = evolveGate(row, decode(stored));
  }
  if (row === undefined || row.revision !== event.revision) {
    throw new Error(`${event.stream} ends before revision ${event.revision}`);
  }
  return row;
}
