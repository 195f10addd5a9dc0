/** Which domains are due for a look, kept in memory: from the claims in the log, and from when they were looked at. */
import { claimKey, type DomainClaim } from '../../projections/domainClaims.js';
import { type Instant, plusMilliseconds } from '../events/time.js';
import { isPublicName } from '../net/dns.js';
import { nextLook } from '../policy/domainSchedule.js';
import type { Policy } from '../policy/policy.js';

/** A domain that is due. */
export type DueDomain = {
  readonly accountId: string;
  readonly domain: string;
  /** When it was due. */
  readonly due: Instant;
  /** Names this look, the same on every node: the claim that it is for, and when it was due. */
  readonly look: string;
};

type Entry = {
  readonly claim: DomainClaim;
  /** When it was looked at last as it is, as far as the log or this node knows; empty when it was not. */
  readonly lookedAt: Instant;
  readonly due: Instant | undefined;
};

/** The clocks of two nodes may differ by so much, in milliseconds. */
const clocksDiffer = 60 * 60_000;

/** Whether the schedule has no say: the domain is gone, cannot be looked up, or is verified on the provider's word. */
function isLeftAlone({ domain, removed, vouched, state }: DomainClaim): boolean {
  return removed || !isPublicName(domain) || (vouched && (state === 'verified' || state === 'temporaryFailure'));
}

export class DomainAgenda {
  readonly #entries = new Map<string, Entry>();
  #policy: Policy | undefined;

  /**
   * @param startedAt when this node began: a verified domain met then has its next look in its turn, so that a start does
   *   not look at all of them at once; whatever waits to be verified is looked at without delay
   */
  constructor(readonly startedAt: Instant) {}

  /** Takes in claims that are new or have changed. */
  absorb(claims: Iterable<DomainClaim>, now: Instant, policy: Policy): void {
    if (this.#policy?.hash !== policy.hash) this.#adopt(policy, now);
    for (const claim of claims) {
      const key = claimKey(claim.domain, claim.accountId);
      const known = [claim.checkedAt, this.#entries.get(key)?.lookedAt, claim.state === 'verified' && this.startedAt];
      // A new domain, or one with another key, has not been looked at as it is.
      const lookedAt = claim.checkedAt === null ? '' : latestOf(known);
      this.#put(key, claim, lookedAt, now);
    }
  }

  /** Somebody waits for an account's domains: those that are not in order are due now. */
  ask(accountId: string, now: Instant): void {
    for (const [key, entry] of this.#entries) {
      const { claim } = entry;
      if (claim.accountId !== accountId || claim.state === 'verified' || isLeftAlone(claim)) continue;
      this.#entries.set(key, { ...entry, due: now });
    }
  }

  /** What is due, the longest first. */
  due(now: Instant, most: number): readonly DueDomain[] {
    // Looked at much later than now: by a clock that has been put back since. The schedule goes on from now.
    const ahead = plusMilliseconds(now, clocksDiffer);
    for (const [key, { claim, lookedAt }] of this.#entries) if (lookedAt > ahead) this.#put(key, claim, now, now);
    const found: DueDomain[] = [];
    for (const { claim, due } of this.#entries.values()) {
      if (due === undefined || due > now) continue;
      const { accountId, domain, position } = claim;
      found.push({ accountId, domain, due, look: `${position}:${due}` });
    }
    return found.sort((one, other) => (one.due < other.due ? -1 : 1)).slice(0, most);
  }

  /** A domain was looked at, or need not be. */
  done({ accountId, domain }: DueDomain, at: Instant, now: Instant): void {
    const key = claimKey(domain, accountId);
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#put(key, entry.claim, at, now);
  }

  /** A look that could not be taken is due again then. */
  putOff({ accountId, domain }: DueDomain, until: Instant): void {
    const key = claimKey(domain, accountId);
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#entries.set(key, { ...entry, due: until });
  }

  #put(key: string, claim: DomainClaim, lookedAt: Instant, now: Instant): void {
    const policy = this.#policy?.document.domains;
    const due = isLeftAlone(claim) || policy === undefined ? undefined : nextLook(claim, lookedAt, now, policy);
    this.#entries.set(key, { claim, lookedAt, due });
  }

  #adopt(policy: Policy, now: Instant): void {
    this.#policy = policy;
    for (const [key, { claim, lookedAt }] of this.#entries) this.#put(key, claim, lookedAt, now);
  }
}

/** The latest of the instants that there are; empty where there is none. */
function latestOf(instants: readonly (Instant | null | undefined | false)[]): Instant {
  return (
    instants
      .filter((one): one is Instant => typeof one === 'string')
      .sort()
      .at(-1) ?? ''
  );
}
