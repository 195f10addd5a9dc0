/** Whether mailbox providers can tell that messages are the sender's: its domains' DKIM, SPF and DMARC records. */
import { isPublicName, type Resolver } from '../../net/dns.js';
import type { Domain } from '../../policy/facts.js';
import { type Check, fail, type Outcome, pass, unknown } from '../check.js';
import { said } from '../detail.js';
import { organisationOf } from '../organisation.js';
import type { SendingDomain } from '../subject.js';

/** The records of the last check, in words: `DKIM ok, SPF missing`. */
function recordsOf({ lastCheck }: Domain): string {
  const records = lastCheck?.records ?? [];
  const words = records.map(({ type, name, ok }) => `${type} ${name} ${ok ? 'ok' : 'not as expected'}`);
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** What the log says of a domain. One whose records were not to be read the last time is neither good nor bad. */
function stateOf({ name, domain }: SendingDomain): Outcome {
  if (domain === undefined) return fail('domain_unverified', `${name} was never added as a domain.`);
  if (domain.state === 'verified') return pass(`${name} is verified${recordsOf(domain)}.`);
  if (domain.lastCheck === undefined) return unknown(`The records of ${name} have not been looked at yet.`);
  if (domain.lastCheck.outcome === 'temporary_failure') {
    return unknown(`The records of ${name} could not be read the last time.`);
  }
  return fail('domain_unverified', `${name} is not verified${recordsOf(domain)}.`);
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
  run: async ({ sendingDomains }, { resolver }) => {
    const dmarc = await Promise.all(sendingDomains.map(({ name }) => dmarcOf(name, resolver)));
    return together([...sendingDomains.map(stateOf), ...dmarc]);
  },
};
