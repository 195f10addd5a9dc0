/** What is wrong with one event, seen by itself and after the one before it in its stream. */
import { v5 as uuidV5 } from 'uuid';
import { chainStart, eventIdNamespace, hashOf } from '../app/seal.js';
import type { StoredEvent } from '../eventStore/eventStore.js';
import { eventCatalogue } from '../events/catalogue.js';
import { accountOf, operationsStreams, policyStream } from '../events/envelope.js';
import { isOperationType, operationCatalogue } from '../events/operations.js';
import { decode, UnreadableEvent } from '../events/upcast.js';
import type { FindingKind, Report } from './findings.js';
import { type Head, recordedHash } from './leaves.js';

function reporter({ position, stream, revision }: StoredEvent, report: Report) {
  return (kind: FindingKind, detail: string): void => report({ kind, position, stream, revision, detail });
}

/** The hash of a value; undefined where it has no canonical JSON, such as text that is not well-formed Unicode. */
function hashIfAny(value: unknown): string | undefined {
  try {
    return hashOf(value);
  } catch {
    return undefined;
  }
}

/** Whether it is the next of its stream, and its hash and id are its own. @param before the stream's last event, if any */
export function checkChain(event: StoredEvent, before: Head | undefined, report: Report): void {
  const { stream, revision, type, id, data } = event;
  const { hash, ...metadata } = event.metadata;
  const found = reporter(event, report);
  const expected = (before?.revision ?? -1) + 1;
  if (revision !== expected) {
    found('revision', `Revision ${expected} should stand here: events are missing, doubled or out of order.`);
  }
  if (metadata['previousHash'] !== (before?.hash ?? chainStart(stream))) {
    found('chain', 'It does not chain to the event before it in its stream.');
  }
  if (hash === undefined || hash !== hashIfAny({ stream, revision, type, data, metadata })) {
    found('hash', 'Its hash is not that of its content: stream, revision, type, data or metadata were changed.');
  }
  if (id !== uuidV5(recordedHash(event), eventIdNamespace)) found('id', 'Its id does not follow from its hash.');
}

/** Whether its content is what this product writes: the catalogue's data, a policy under its own hash. */
export function checkContent(event: StoredEvent, report: Report): void {
  const { stream, type, data } = event;
  const found = reporter(event, report);
  if (stream === policyStream) {
    if (type !== 'PolicyPublished') found('schema', `A ${type} among the published policies.`);
    else if (data['hash'] === undefined || data['hash'] !== hashIfAny(data['document'])) {
      found('policy', 'The hash of this policy is not that of its document.');
    }
    return;
  }
  if (accountOf(stream) === undefined) {
    if (!stream.startsWith(operationsStreams)) found('stream', 'No stream of this product has such a name.');
    else if (!isOperationType(type)) found('unreadable', `unknown type ${type}`);
    else if (!operationCatalogue[type].safeParse(data).success)
      found('schema', `${type} is not as the catalogue says.`);
    return;
  }
  try {
    const { fact } = decode(event);
    const parsed = eventCatalogue[fact.type].data.safeParse(fact.data);
    if (!parsed.success) found('schema', `${type} is not as the catalogue says: ${parsed.error.issues[0]?.message}`);
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    found('unreadable', error.message);
  }
}
