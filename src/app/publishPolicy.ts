/** Publishing a policy: appended to the log, in force from there on. Nothing old changes. */
import type { EventStore } from '../eventStore/eventStore.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import { checkPolicy, isPublishable, type PolicyProblem } from '../policy/checkPolicy.js';
import type { PolicyDocument } from '../policy/policy.js';
import { appendPolicy, policyNamed, policyOf, publishedPolicies, type PublishedPolicy } from './policySource.js';
import { hashOf } from './seal.js';

export type Publishing = {
  readonly document: PolicyDocument;
  readonly actor: Actor;
  readonly now: () => Instant;
  /** The version that the publisher took to be in force; another one makes it stale. */
  readonly replaces?: string | undefined;
};

export type Published =
  | {
      /** `unchanged` when exactly this is in force already. */
      readonly kind: 'published' | 'unchanged';
      readonly policy: PublishedPolicy;
      /** What was in force before; undefined for the first one of a log. */
      readonly before: PublishedPolicy | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'invalid_policy' | 'version_taken' | 'stale' | 'conflict';
      readonly detail: string;
      readonly problems: readonly PolicyProblem[];
      readonly inForce: string | undefined;
    };

/** So often it is tried again when others publish at the same time. */
const mostAttempts = 5;

/**
 * Publishes a policy. A version names one content for ever: another content under it is refused; the same content under
 * an earlier version puts that one in force again.
 * @throws {EventStoreError} whether it was published is then unknown, and publishing it again is safe
 */
export async function publishPolicy(store: EventStore, publishing: Publishing): Promise<Published> {
  const { document, actor, now, replaces } = publishing;
  const problems = checkPolicy(document);
  if (!isPublishable(problems)) {
    return refused('invalid_policy', 'The policy cannot be meant so. See `errors`.', undefined, problems);
  }
  for (let attempt = 1; ; attempt++) {
    const published = await publishedPolicies(store);
    const before = published.at(-1);
    const namesake = policyNamed(published, document.version);
    if (namesake !== undefined && hashOf(namesake.document) !== hashOf(document)) {
      const detail = `The version ${document.version} was published with another content. Give the new one another version.`;
      return refused('version_taken', detail, before);
    }
    if (namesake !== undefined && before?.version === document.version) {
      return { kind: 'unchanged', policy: before, before };
    }
    if (replaces !== undefined && before !== undefined && before.version !== replaces) {
      const detail = `The policy in force is ${before.version}, not ${replaces} any more. Compare with it, then publish again.`;
      return refused('stale', detail, before);
    }
    const policy = await appendPolicy(store, policyOf(document), before, actor, now());
    if (policy !== undefined) return { kind: 'published', policy, before };
    if (attempt >= mostAttempts) {
      return refused('conflict', 'Others published at the same time, again and again. Try once more.', before);
    }
  }
}

function refused(
  code: 'invalid_policy' | 'version_taken' | 'stale' | 'conflict',
  detail: string,
  inForce: PublishedPolicy | undefined,
  problems: readonly PolicyProblem[] = [],
): Published {
  return { kind: 'refused', code, detail, problems, inForce: inForce?.version };
}
