/** Policies for tests that change the policy in the middle of a log. */
import { publishPolicy } from '../../src/app/publishPolicy.js';
import type { PublishedPolicy } from '../../src/app/policySource.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { admin } from './examples.js';

/** A policy that differs where guide and gate show it: test sends a day, and the records of domains. */
export function variantOf(version: string, perDay: number): PolicyDocument {
  return {
    ...builtInPolicy,
    version,
    testSends: { recipients: 'own', perDay },
    domains: { ...builtInPolicy.domains, provider: { spfInclude: `${version}.spf.example` } },
  };
}

/** Publishes a policy at an instant. */
export async function publishAt(store: EventStore, document: PolicyDocument, at: string): Promise<PublishedPolicy> {
  const published = await publishPolicy(store, { document, actor: admin, now: () => at });
  if (published.kind === 'refused') throw new Error(published.detail);
  return published.policy;
}
