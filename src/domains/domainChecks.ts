/** Checks of domains, recorded on their accounts: on demand and on schedule alike. */
import { LRUCache } from 'lru-cache';
import { readAccount } from '../app/account.js';
import {
  type CommandEnvelope,
  type CommandHandlerDeps,
  type CommandResult,
  handleCommand,
} from '../app/handleCommand.js';
import { entryOf } from '../events/record.js';
import { type Instant, millisecondsBetween } from '../events/time.js';
import type { Resolver } from '../net/dns.js';
import type { DomainVerdict } from '../policy/domainVerdict.js';
import { isVouched } from '../policy/domainView.js';
import { canBeChecked, checkDomain } from './checkDomain.js';
import { recordsOf } from './records.js';

/** Why there was no check. `not_public` names are never looked up; `imported` history waits for a live event. */
export type LeftAlone = 'unknown_account' | 'unknown_domain' | 'closed' | 'not_public' | 'imported';

export type CheckResult =
  | { readonly kind: 'left_alone'; readonly why: LeftAlone }
  | {
      readonly kind: 'checked';
      readonly verdict: DomainVerdict;
      /** What became of RecordDomainCheck; undefined where the finding was not to be recorded. */
      readonly recorded: CommandResult | undefined;
    };

/** Which domain to check, why, and under which id the finding is recorded. */
export type CheckRequest = Pick<CommandEnvelope, 'accountId' | 'commandId' | 'correlationId'> & {
  readonly domain: string;
  /** Whether somebody asked for it: then imported history is looked at, too. */
  readonly onDemand?: boolean;
};

/** So often a check is made anew when the account changed while the DNS was asked. */
const mostAttempts = 3;

/** So many domains are remembered: when they were looked at last, and when somebody asked last. */
const mostRemembered = 100_000;

/** A domain is checked on demand at most once in so many milliseconds, on each node. */
const pauseOnDemand = 10_000;

const keyOf = (accountId: string, domain: string): string => `${domain}/${accountId}`;

export class DomainChecks {
  readonly #lookedAt = new LRUCache<string, Instant>({ max: mostRemembered });
  readonly #askedAt = new LRUCache<string, Instant>({ max: mostRemembered });

  constructor(
    readonly commands: CommandHandlerDeps,
    readonly resolver: Resolver,
  ) {}

  /** When this node last looked at a domain, whether or not it found anything new. */
  lookedAt(accountId: string, domain: string): Instant | undefined {
    return this.#lookedAt.get(keyOf(accountId, domain));
  }

  /**
   * Takes the turn of a check on demand.
   * @returns 0, or in how many milliseconds the next one may be asked for
   */
  waitOnDemand(accountId: string, domain: string): number {
    const key = keyOf(accountId, domain);
    const now = this.commands.now();
    const last = this.#askedAt.get(key);
    // One that was later than now was asked for by a clock that has been put back since.
    const wait = last === undefined || last > now ? 0 : pauseOnDemand - millisecondsBetween(last, now);
    if (wait <= 0) this.#askedAt.set(key, now);
    return Math.max(wait, 0);
  }

  /**
   * Checks a domain as the log has it now, and records what was found. A finding is recorded only against the account
   * that it was made for: when a key or a domain changed meanwhile, the check is made anew.
   * @throws {EventStoreError} when the store fails; a failing DNS is a finding
   */
  async check(request: CheckRequest): Promise<CheckResult> {
    for (let attempt = 1; ; attempt++) {
      const { result, revision } = await this.#look(request);
      if (result.kind === 'left_alone' || result.recorded === 'not_wanted') {
        return result.kind === 'left_alone' ? result : { ...result, recorded: undefined };
      }
      const recorded = await this.#record(request, result.verdict, revision);
      const isStale = recorded.kind === 'refused' && recorded.code === 'stale' && attempt < mostAttempts;
      if (!isStale) return { ...result, recorded };
    }
  }

  async #look({ accountId, domain: name, onDemand }: CheckRequest) {
    const leftAlone = (why: LeftAlone) => ({ result: { kind: 'left_alone' as const, why }, revision: -1 });
    const account = await readAccount(this.commands.store, accountId);
    const { facts } = account.snapshot.context;
    if (account.revision === -1) return leftAlone('unknown_account');
    if (facts.closed !== undefined) return leftAlone('closed');
    const domain = entryOf(facts.domains, name);
    if (domain === undefined) return leftAlone('unknown_domain');
    const records = recordsOf(accountId, this.commands.policy().document.domains.provider)(name, domain.dkim);
    if (!canBeChecked(name, records)) return leftAlone('not_public');
    if (account.imported && onDemand !== true) return leftAlone('imported');
    const verdict = await checkDomain(records, this.resolver);
    this.#lookedAt.set(keyOf(accountId, name), this.commands.now());
    const isWanted = !isVouched(domain) || verdict.outcome === 'verified';
    const recorded = isWanted ? ('wanted' as const) : ('not_wanted' as const);
    return { result: { kind: 'checked' as const, verdict, recorded }, revision: account.revision };
  }

  async #record(request: CheckRequest, verdict: DomainVerdict, ifMatch: number): Promise<CommandResult> {
    const { accountId, commandId, correlationId, domain } = request;
    return handleCommand(this.commands, {
      accountId,
      commandId,
      ...(correlationId === undefined ? {} : { correlationId }),
      ifMatch,
      command: {
        name: 'RecordDomainCheck',
        data: { domain, outcome: verdict.outcome, records: [...verdict.records] },
        actor: { type: 'system', id: 'domains' },
      },
    });
  }
}
