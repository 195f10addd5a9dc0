/**
 * Makes an event what it is for ever: its metadata, its place in the stream's hash chain, and an id that follows from
 * its bytes (so the same id means the same bytes).
 */
import { hash as digest } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v5 as uuidV5 } from 'uuid';
import type { NewEvent } from '../eventStore/eventStore.js';
import { type EventMetadata, toJson } from '../events/envelope.js';

/** Namespace of event ids: UUIDv5 of an event's hash in this namespace is its id. */
export const eventIdNamespace = '7d9f0b1e-3c52-5a86-9f41-6d0c2b8e4a17';

/** An event before it has its place in the chain. */
export type Unsealed = {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: Omit<EventMetadata, 'hash'>;
};

/** The SHA-256, in hexadecimal, of a value's canonical JSON (RFC 8785). */
export function hashOf(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value without a JSON form cannot be hashed');
  return digest('sha256', text);
}

/**
 * Seals an event: `hash` over `{stream, revision, type, data, metadata without hash}` as stored, `id` from the hash.
 */
export function seal(event: Unsealed): NewEvent {
  const { stream, revision, type } = event;
  const data = toJson(event.data) as NewEvent['data'];
  const metadata = toJson(event.metadata) as NewEvent['metadata'];
  const hash = hashOf({ stream, revision, type, data, metadata });
  return { id: uuidV5(hash, eventIdNamespace), type, data, metadata: { ...metadata, hash } };
}

/** The value of `previousHash` in a stream's first event: the stream's own name. */
export function chainStart(stream: string): string {
  return stream;
}
