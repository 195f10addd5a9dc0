/** Whether mailbox providers can tell that messages are the sender's: its domains' DKIM, SPF and DMARC records. */
import { isPublicName, type Resolver } from '../../net/dns.js';
import { canBeChecked, checkDomain } from '../../domains/checkDomain.js';
import { recordsOf } from '../../domains/records.js';
import type { DnsRecord } from '../../policy/facts.js';
import { type Check, type CheckTools, fail, type Outcome, pass, unknown } from '../check.js';
import { said } from '../detail.js';
import { organisationOf } from '../organisation.js';
import type { SendingDomain } from '../subject.js';

/** Records as they were found, in words: `TXT k._domainkey… ok`. */
function inWords(records: readonly DnsRecord[]): string {
  const words = records.map(({ type, name, ok }) => `${type} ${name} ${ok ? 'ok' : 'not as expected'}`);
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/**
 * Whether a domain is in order. One that is not verified is looked at now: who has just published the records must not be
 * asked for them. Only a domain check records what it finds on the account; without that nothing is approved.
 */
async function stateOf({ name, domain }: SendingDomain, accountId: string, tools: CheckTools): Promise<Outcome> {
  if (domain === undefined) return fail('domain_unverified', `${name} was never added as a domain.`);
  if (domain.state === 'verified') return pass(`${name} is verified${inWords(domain.lastCheck?.records ?? [])}.`);
  const expected = recordsOf(accountId, tools.policy.domains.provider)(name, domain.dkim);
  if (!canBeChecked(name, expected)) return unknown(`${name} cannot be looked up in the public DNS.`);
  const { outcome, records } = await checkDomain(expected, tools.resolver);
  if (outcome === 'temporary_failure') return unknown(`The records of ${name} could not be read${inWords(records)}.`);
  if (outcome === 'failed') return fail('domain_unverified', `${name} is not verified${inWords(records)}.`);
  return pass(`The records of ${name} are in place${inWords(records)}; its next check verifies it.`);
}

/** The DMARC policy of a domain, found as RFC 7489 (section 6.6.3) says: its own, else its organisation's. */
async function dmarcOf(name: string, resolver: Resolver): Promise<Outcome> {
  if (!isPublicName(name)) return unknown(`${name} is a name for special use: its DMARC record was not looked up.`);
  for (const domain of new Set([name, organisationOf(name)])) {
    const lookup = await resolver.txt(`_dmarc.${domain}`);
    if (lookup.kind === 'unavailable')
      return unknown(`The DMARC record of ${domain} could not be read (${lookup.code}).`);
    const record = lookup.kind === 'found' ? lookup.values.find((value) => /^v=DMARC1\b/i.test(value)) : undefined;
    if (record !== undefined) return pass(`DMARC of ${domain}: ${record.slice(0, 200)}.`);
  }
  return pass(`${name} has no DMARC record, which is recommended.`);
}

/** The worst of several outcomes, with what all of them say. */
function together(outcomes: readonly Outcome[]): Outcome | undefined {
  const worst =
    outcomes.find(({ outcome }) => outcome === 'fail') ??
    outcomes.find(({ outcome }) => outcome === 'unknown') ??
    outcomes[0];
  const detail = said(outcomes.map((one) => one.detail ?? '').join(' '));
  return worst === undefined ? undefined : { ...worst, detail };
}

export const mailAuthentication: Check = {
  name: 'mail-authentication',
  run: async ({ sendingDomains, accountId }, tools) => {
    const states = sendingDomains.map(async (one) => stateOf(one, accountId, tools));
    const dmarc = sendingDomains.map(async ({ name }) => dmarcOf(name, tools.resolver));
    return together(await Promise.all([...states, ...dmarc]));
  },
};
