/** What stands around an event's data in the log. */
import type { Json } from '../eventStore/eventStore.js';
import type { Instant } from './time.js';
import type { Actor } from './vocabulary.js';

/** An XState state value, such as `{verification: {verified: 'current'}, standing: 'good', …}`. */
export type StateValue = string | { readonly [region: string]: StateValue };

/**
 * The metadata of every appended event.
 *
 * `occurredAt` is when it happened, `recordedAt` when it was written; they differ for imported history. `from` and `to`
 * are what the event did to the chart; null in streams that have no chart (`policy`). `hash` is the SHA-256 of the
 * canonical JSON (RFC 8785) of `{stream, revision, type, data, metadata without hash}` as stored; `previousHash` is the
 * hash of the stream's event before, or the stream's own name for the first one.
 */
export type EventMetadata = {
  readonly commandId: string;
  readonly commandDigest: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly imported?: true;
  readonly schemaVersion: number;
  readonly machineVersion: number;
  readonly policyVersion?: string;
  readonly from: StateValue | null;
  readonly to: StateValue | null;
  readonly previousHash: string;
  readonly hash: string;
};

/** The streams of the log: one for each account, and the policy's. */
const accountPrefix = 'account-';

/** The stream of an account. */
export function accountStream(accountId: string): string {
  return accountPrefix + accountId;
}

/** The account that a stream belongs to; undefined when it is not an account's. */
export function accountOf(stream: string): string | undefined {
  return stream.startsWith(accountPrefix) ? stream.slice(accountPrefix.length) : undefined;
}

/** The stream of published policies. */
export const policyStream = 'policy';

/** What the names of streams of operations (exports, deliveries) begin with. */
export const operationsStreams = 'ops-';

/** A value without the keys that are undefined, all the way down: what JSON would keep. */
export function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null) {
    const kept: Record<string, Json> = {};
    for (const [key, inner] of Object.entries(value)) if (inner !== undefined) kept[key] = toJson(inner);
    return kept;
  }
  return value as Json;
}
