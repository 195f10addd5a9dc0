/** One line for each account and domain: who claims which domain, and since when it is as it is. */
import { accountOf } from '../src/events/envelope.js';
import { entryOf } from '../src/events/record.js';
import { type Domain, type DomainState, evolveFacts, noFacts } from '../src/policy/facts.js';
import type { ProjectedEvent, Projection } from './projection.js';

export type DomainClaim = {
  readonly accountId: string;
  readonly domain: string;
  /** As it is, or as it was when it was removed. */
  readonly state: DomainState;
  readonly removed: boolean;
  /** Since when it has been in this state, lapsed or not, or has had its key; as recorded. */
  readonly since: string;
  readonly failures: number;
  /** Since when a domain that may still send has failed its checks. */
  readonly failingSince?: string | undefined;
  readonly lapsed: boolean;
  /** Whether it was verified without a look at its records: on the word of the provider. */
  readonly vouched: boolean;
  /** When a check of it as it is last found something new; null where none did since it was added, or had its key. */
  readonly checkedAt: string | null;
  readonly position: string;
};

/** The events of a domain. */
const types = ['DomainAdded', 'DomainRemoved', 'DomainVerified', 'DomainCheckFailed', 'DomainLapsed'] as const;

function domainOf({ fact }: ProjectedEvent): string | undefined {
  return 'domain' in fact.data ? fact.data.domain : undefined;
}

/** The key of a claim. */
export function claimKey(domain: string, accountId: string): string {
  return `${domain}/${accountId}`;
}

/** Labels from the right, each with a dot: whatever is below a domain begins as the domain does. */
export function reversedName(domain: string): string {
  return domain
    .split('.')
    .toReversed()
    .map((label) => `${label}.`)
    .join('');
}

function key(event: ProjectedEvent): string | undefined {
  const accountId = accountOf(event.stream);
  const domain = domainOf(event);
  return accountId === undefined || domain === undefined ? undefined : claimKey(domain, accountId);
}

/** The domain as the account's facts have it, before the event and after it. */
function domainAfter(row: DomainClaim | undefined, domain: string, event: ProjectedEvent): Domain | undefined {
  const before: Record<string, Domain> =
    row === undefined || row.removed
      ? {}
      : {
          [domain]: {
            state: row.state,
            lapsed: row.lapsed,
            failures: row.failures,
            ...(row.failingSince === undefined ? {} : { failingSince: row.failingSince }),
          },
        };
  return entryOf(evolveFacts({ ...noFacts, domains: before }, event.fact).domains, domain);
}

/** What was checked, and found no records to speak of, was verified on somebody's word. */
function isVouched(row: DomainClaim | undefined, { fact }: ProjectedEvent): boolean {
  if (fact.type === 'DomainVerified' || fact.type === 'DomainCheckFailed') return fact.data.records.length === 0;
  return row?.vouched === true && fact.type !== 'DomainRemoved';
}

function evolve(row: DomainClaim | undefined, event: ProjectedEvent): DomainClaim {
  const { fact, metadata, position } = event;
  const domain = domainOf(event) ?? '';
  const after = domainAfter(row, domain, event);
  const state = after?.state ?? row?.state ?? 'pending';
  const isAsBefore = row?.state === state && row.lapsed === after?.lapsed && fact.type !== 'DomainAdded';
  return {
    accountId: accountOf(event.stream) ?? event.stream,
    domain,
    state,
    removed: after === undefined,
    since: isAsBefore ? row.since : metadata.recordedAt,
    failures: after?.failures ?? 0,
    ...(after?.failingSince === undefined ? {} : { failingSince: after.failingSince }),
    lapsed: after?.lapsed ?? false,
    vouched: isVouched(row, event),
    checkedAt: fact.type === 'DomainAdded' ? null : metadata.recordedAt,
    position,
  };
}

export const domainClaims: Projection<DomainClaim> = {
  name: 'domain_claims',
  version: 1,
  types,
  key,
  evolve,
  columns: {
    domain: (row) => row.domain,
    reversed: (row) => reversedName(row.domain),
    account: (row) => row.accountId,
    state: (row) => (row.removed ? 'removed' : row.state),
    position: (row) => row.position,
  },
  indexes: [['domain'], ['reversed'], ['account'], ['position']],
};
