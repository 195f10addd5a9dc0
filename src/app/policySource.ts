/** The policies of the log: the last one published is in force, so that all nodes and all replays agree. */
import type { EventStore, Position, StoredEvent } from '../eventStore/eventStore.js';
import { type EventMetadata, policyStream } from '../events/envelope.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import { builtInPolicy, type Policy, type PolicyDocument, policyDocument } from '../policy/policy.js';
import { chainStart, hashOf, seal } from './seal.js';

/** A policy as the log has it: where it stands there, when and by whom it was published. */
export type PublishedPolicy = Policy & {
  readonly revision: number;
  readonly position: Position;
  readonly publishedAt: Instant;
  readonly publishedBy: Actor;
  /** The hash of its event, to which the next one chains. */
  readonly eventHash: string;
};

/** A published policy that this program cannot read. */
export class UnreadablePolicy extends Error {
  override readonly name = 'UnreadablePolicy';
}

/** A policy as it is published. */
export function policyOf(document: PolicyDocument): Policy {
  return { version: document.version, hash: hashOf(document), document };
}

/**
 * A stored `PolicyPublished`. Its hash is that of the document as it was published; parts that came to documents later
 * have their defaults.
 * @throws {UnreadablePolicy} when it is of a newer Gatehouse
 */
export function publishedPolicy(event: StoredEvent): PublishedPolicy {
  const { version, hash, document } = event.data as { version: string; hash: string; document: unknown };
  const parsed = policyDocument.safeParse(document);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
    throw new UnreadablePolicy(`The policy ${version} in the log is of a newer Gatehouse; run that one. (${where})`);
  }
  const { recordedAt, actor, hash: eventHash } = event.metadata as unknown as EventMetadata;
  const { revision, position } = event;
  return {
    version,
    hash,
    document: parsed.data,
    revision,
    position,
    publishedAt: recordedAt,
    publishedBy: actor,
    eventHash,
  };
}

/** Every published policy, oldest first; a version may be there again where it was put in force again. */
export async function publishedPolicies(store: EventStore): Promise<PublishedPolicy[]> {
  const found: PublishedPolicy[] = [];
  for await (const event of store.read(policyStream)) found.push(publishedPolicy(event));
  return found;
}

/** The last published policy; undefined while none is. */
export async function readPolicy(store: EventStore): Promise<PublishedPolicy | undefined> {
  return (await publishedPolicies(store)).at(-1);
}

/**
 * The policy that was in force at a place in the log or at an instant (of recording); undefined before the first. What a
 * decision was taken on is named by its event's `policyVersion`: another node may have followed some milliseconds later.
 */
export function policyAt(
  published: readonly PublishedPolicy[],
  when: { readonly position: Position } | { readonly instant: Instant },
): PublishedPolicy | undefined {
  return published.findLast((one) =>
    'position' in when ? one.position <= when.position : one.publishedAt <= when.instant,
  );
}

/** The policy of a version; a version never has another content. */
export function policyNamed(published: readonly PublishedPolicy[], version: string): PublishedPolicy | undefined {
  return published.findLast((one) => one.version === version);
}

/** The policy in force; the first start of a log publishes the built-in one. */
export async function ensurePolicy(store: EventStore, now: () => Instant): Promise<PublishedPolicy> {
  const known = await readPolicy(store);
  if (known !== undefined) return known;
  const actor: Actor = { type: 'system', id: 'gatehouse' };
  const made = await appendPolicy(store, policyOf(builtInPolicy), undefined, actor, now());
  // Otherwise another node published at the same moment; its policy is the one in force.
  const inForce = made ?? (await readPolicy(store));
  if (inForce === undefined) throw new Error('a policy was published, and cannot be read');
  return inForce;
}

/** Appends a policy after the last one; undefined when another one came first. */
export async function appendPolicy(
  store: EventStore,
  policy: Policy,
  last: PublishedPolicy | undefined,
  actor: Actor,
  at: Instant,
): Promise<PublishedPolicy | undefined> {
  const revision = (last?.revision ?? -1) + 1;
  const commandId = revision === 0 ? `publish-${policy.version}` : `publish-${policy.version}:${revision}`;
  const metadata: Omit<EventMetadata, 'hash'> = {
    commandId,
    commandDigest: hashOf({ name: 'PublishPolicy', data: policy }),
    correlationId: commandId,
    causationId: commandId,
    actor,
    occurredAt: at,
    recordedAt: at,
    schemaVersion: 1,
    machineVersion: 0,
    from: null,
    to: null,
    previousHash: last?.eventHash ?? chainStart(policyStream),
  };
  const event = seal({ stream: policyStream, revision, type: 'PolicyPublished', data: policy, metadata });
  const result = await store.append(policyStream, last?.revision ?? 'noStream', [event]);
  if (result.kind === 'conflict') return undefined;
  return publishedPolicy({ ...event, stream: policyStream, revision, position: result.position });
}
