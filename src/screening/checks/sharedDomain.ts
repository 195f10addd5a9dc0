/** Whether another account has the domains of this one; accounts that were suspended or closed above all. */
import { type Check, fail, pass, unknown } from '../check.js';
import { listed } from '../detail.js';
import { organisationOf } from '../organisation.js';
import type { DomainHolder } from '../check.js';
import type { Subject } from '../subject.js';

function domainsOf({ domains, website }: Subject): string[] {
  return [...new Set([...domains, ...(website === undefined ? [] : [organisationOf(new URL(website).hostname)])])];
}

/** Suspended, or closed by the provider; who closed an account of their own may well come back. */
function isBad({ standing, closedBy }: DomainHolder): boolean {
  return standing === 'suspended' || (standing === 'closed' && closedBy !== 'customer');
}

export const sharedDomain: Check = {
  name: 'shared-domain',
  run: async (subject, { domainHolders }) => {
    const held = domainsOf(subject).flatMap((domain) =>
      domainHolders(domain, subject.accountId).map((holder) => ({ ...holder, domain })),
    );
    const say = (holders: readonly (DomainHolder & { readonly domain: string })[]): string =>
      listed(holders.map(({ accountId, standing, domain }) => `${accountId} (${standing}) has ${domain}`));
    const bad = held.filter(isBad);
    if (bad.length > 0) return fail('linked_to_suspended_account', `${say(bad)}.`);
    const refused = held.filter((holder) => holder.refused === true);
    if (refused.length > 0) return unknown(`Of accounts that were refused: ${say(refused)}. A person must look at it.`);
    const same = held.filter(({ exact }) => exact);
    if (same.length > 0) return fail('duplicate_account', `${say(same)}.`);
    return pass(held.length === 0 ? 'No other account has these domains.' : `Of the same organisation: ${say(held)}.`);
  },
};
