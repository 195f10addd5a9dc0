/** Checks a whole log independently of the code that wrote it: chains, ids, revisions, and what the chart says. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v5 } from 'uuid';
import { type AccountSnapshot, foldOne, initialSnapshot, stateOf } from '../../machines/fold.js';
import { eventIdNamespace } from '../../src/app/seal.js';
import type { EventStore, StoredEvent } from '../../src/eventStore/eventStore.js';
import { accountOf, type EventMetadata, operationsStreams } from '../../src/events/envelope.js';
import { isOperationType, operationCatalogue } from '../../src/events/operations.js';
import { eventCatalogue } from '../../src/events/catalogue.js';
import { decode } from '../../src/events/upcast.js';

type StreamState = { revision: number; hash: string; snapshot: AccountSnapshot };

export type Audit = { readonly events: number; readonly streams: number; readonly findings: readonly string[] };

export async function auditLog(store: EventStore): Promise<Audit> {
  const streams = new Map<string, StreamState>();
  const findings: string[] = [];
  let events = 0;
  for await (const event of store.readAll()) {
    events += 1;
    const before = streams.get(event.stream) ?? { revision: -1, hash: event.stream, snapshot: initialSnapshot };
    findings.push(...chainFindings(event, before));
    findings.push(...operationFindings(event));
    const snapshot = accountOf(event.stream) === undefined ? before.snapshot : folded(event, before, findings);
    streams.set(event.stream, { revision: event.revision, hash: metadataOf(event).hash, snapshot });
  }
  return { events, streams: streams.size, findings };
}

function metadataOf(event: StoredEvent): EventMetadata {
  return event.metadata as unknown as EventMetadata;
}

function chainFindings(event: StoredEvent, before: StreamState): string[] {
  const { stream, revision, type, data, id } = event;
  const { hash, ...metadata } = metadataOf(event);
  const place = `${stream}@${revision}`;
  const text = canonicalize({ stream, revision, type, data, metadata }) ?? '';
  const computed = createHash('sha256').update(text).digest('hex');
  const findings: string[] = [];
  if (revision !== before.revision + 1) findings.push(`${place}: follows ${before.revision}`);
  if (metadata.previousHash !== before.hash) findings.push(`${place}: does not chain`);
  if (computed !== hash) findings.push(`${place}: its hash is not its own`);
  if (v5(hash, eventIdNamespace) !== id) findings.push(`${place}: its id does not follow from its hash`);
  return findings;
}

/** What stands in the streams of operations is as their catalogue says. */
function operationFindings({ stream, revision, type, data }: StoredEvent): string[] {
  if (!stream.startsWith(operationsStreams)) return [];
  if (!isOperationType(type)) return [`${stream}@${revision}: ${type} is no event of operations`];
  const valid = operationCatalogue[type].safeParse(data);
  return valid.success ? [] : [`${stream}@${revision}: ${type} is not as the catalogue says: ${valid.error.message}`];
}

function folded(event: StoredEvent, before: StreamState, findings: string[]): AccountSnapshot {
  const { fact, metadata } = decode(event);
  const place = `${event.stream}@${event.revision}`;
  const valid = eventCatalogue[fact.type].data.safeParse(fact.data);
  if (!valid.success) findings.push(`${place}: ${fact.type} is not as the catalogue says: ${valid.error.message}`);
  try {
    const next = foldOne(event.stream, before.snapshot, event.revision, fact);
    if (JSON.stringify(metadata.from) !== JSON.stringify(stateOf(before.snapshot))) findings.push(`${place}: from`);
    if (JSON.stringify(metadata.to) !== JSON.stringify(stateOf(next))) findings.push(`${place}: to`);
    return next;
  } catch (error) {
    findings.push(String(error));
    return before.snapshot;
  }
}
