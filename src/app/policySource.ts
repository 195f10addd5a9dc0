/** The policy in force: the last one published in the log, so that all nodes and all replays agree. */
import type { EventStore } from '../eventStore/eventStore.js';
import { type EventMetadata, policyStream } from '../events/envelope.js';
import type { Instant } from '../events/time.js';
import { builtInPolicy, type Policy, type PolicyDocument, policyDocument } from '../policy/policy.js';
import { chainStart, hashOf, seal } from './seal.js';

/** A policy as it is published. */
export function policyOf(document: PolicyDocument): Policy {
  return { version: document.version, hash: hashOf(document), document };
}

/** The last published policy; undefined while none is. */
export async function readPolicy(store: EventStore): Promise<Policy | undefined> {
  let latest: Policy | undefined;
  for await (const event of store.read(policyStream)) {
    const { version, hash, document } = event.data as { version: string; hash: string; document: unknown };
    latest = { version, hash, document: policyDocument.parse(document) };
  }
  return latest;
}

/** The policy in force; the first start of a log publishes the built-in one. */
export async function ensurePolicy(store: EventStore, now: () => Instant): Promise<Policy> {
  const known = await readPolicy(store);
  if (known !== undefined) return known;
  const policy = policyOf(builtInPolicy);
  const at = now();
  const metadata: Omit<EventMetadata, 'hash'> = {
    commandId: `publish-${policy.version}`,
    commandDigest: hashOf({ name: 'PublishPolicy', data: policy }),
    correlationId: `publish-${policy.version}`,
    causationId: `publish-${policy.version}`,
    actor: { type: 'system', id: 'gatehouse' },
    occurredAt: at,
    recordedAt: at,
    schemaVersion: 1,
    machineVersion: 0,
    from: null,
    to: null,
    previousHash: chainStart(policyStream),
  };
  const event = seal({ stream: policyStream, revision: 0, type: 'PolicyPublished', data: policy, metadata });
  const result = await store.append(policyStream, 'noStream', [event]);
  if (result.kind === 'appended') return policy;
  // Another node published at the same moment; its policy is the one in force.
  return (await readPolicy(store)) ?? policy;
}
