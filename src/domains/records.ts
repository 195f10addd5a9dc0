/** The records of an account's domains: the pure ones, with the token and the organisational domain filled in. */
import { getDomain } from 'tldts';
import { expectedRecords, type ProviderRecords } from '../policy/domainRecords.js';
import type { RecordsOfDomain } from '../policy/domainView.js';
import { ownershipToken } from './ownership.js';

/**
 * The organisational domain: what one owner registered (`acme.co.uk` for `mail.acme.co.uk`), by the Public Suffix List.
 * Its private part counts, too: the tenants of a shared host are not one owner. Undefined for a public suffix itself.
 */
export function organisationalDomainOf(domain: string): string | undefined {
  return getDomain(domain, { allowPrivateDomains: true }) ?? undefined;
}

/** What each domain of an account must publish under a policy. */
export function recordsOf(accountId: string, provider: ProviderRecords): RecordsOfDomain {
  return (domain, dkim) =>
    expectedRecords({
      domain,
      organisationalDomain: organisationalDomainOf(domain),
      dkim,
      provider,
      ownershipToken: ownershipToken(accountId, domain),
    });
}
