/** The policies of the log, followed live: what this node decides on, without asking the store. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '../eventStore/eventStore.js';
import type { Instant } from '../events/time.js';
import type { Policy } from '../policy/policy.js';
import { ensurePolicy, publishedPolicies, publishedPolicy, type PublishedPolicy } from './policySource.js';

/** The pause before it tries again after a failure, in milliseconds: doubled each time, up to the last. */
const firstPause = 200;
const lastPause = 10_000;

export class PolicyFollower {
  readonly #stopping = new AbortController();
  #published: readonly PublishedPolicy[];
  /** How far the log was followed; what this node published itself may be further on. */
  #followed: string | undefined;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly store: EventStore,
    published: readonly PublishedPolicy[],
    readonly onError: (error: unknown) => void,
  ) {
    this.#published = published;
    this.#followed = published.at(-1)?.position;
  }

  /**
   * Reads the policies there are; the first start of a log publishes the built-in one.
   * @param onError told of each failure to follow; it tries again by itself, and the policy known so far holds
   * @throws {EventStoreError}
   */
  static async open(
    store: EventStore,
    now: () => Instant,
    onError: (error: unknown) => void = () => undefined,
  ): Promise<PolicyFollower> {
    await ensurePolicy(store, now);
    return new PolicyFollower(store, await publishedPolicies(store), onError);
  }

  start(): void {
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** The policy in force, as far as this node knows. */
  current(): Policy {
    return this.#last;
  }

  /** Every policy published so far, oldest first. */
  get published(): readonly PublishedPolicy[] {
    return this.#published;
  }

  /** Takes in a policy that this node has just published, without waiting for the log to bring it. */
  take(policy: PublishedPolicy): void {
    const others = this.#published.filter(({ position }) => position !== policy.position);
    this.#published = [...others, policy].toSorted((a, b) => a.revision - b.revision);
  }

  get #last(): PublishedPolicy {
    const last = this.#published.at(-1);
    if (last === undefined) throw new Error('a log without a policy');
    return last;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    for (let pause = firstPause; !signal.aborted; pause = Math.min(pause * 2, lastPause)) {
      try {
        const after = this.#followed === undefined ? {} : { after: this.#followed };
        for await (const item of this.store.subscribe({ ...after, types: ['PolicyPublished'], signal })) {
          if (item.kind === 'event') {
            this.take(publishedPolicy(item.event));
            this.#followed = item.event.position;
          }
          if (item.kind === 'lost') this.onError(item.error);
          if (item.kind === 'caughtUp') pause = firstPause;
        }
      } catch (error) {
        if (signal.aborted) break;
        this.onError(error);
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
