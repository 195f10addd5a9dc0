/** Whether the website belongs to those who send: its organisational domain is that of the sending domains. */
import { type Check, fail, pass, unknown } from '../check.js';
import { listed } from '../detail.js';
import { isWithin, mailDomainOf, organisationOf } from '../organisation.js';
import type { Subject } from '../subject.js';
import type { CheckTools } from '../check.js';

/** The organisations of the website: as named, and where it leads to. */
async function organisationsOf(website: string, tools: CheckTools): Promise<readonly string[]> {
  const visit = await tools.website();
  const hosts = [new URL(website).hostname, ...(visit.kind === 'answered' ? [new URL(visit.answer.url).hostname] : [])];
  return [...new Set(hosts.map(organisationOf))];
}

/** The domains of the people, without those at which anybody can have an address. */
function ownMailDomains({ people }: Subject, freeMailDomains: readonly string[]): string[] {
  return people.map(({ email }) => mailDomainOf(email)).filter((domain) => !isWithin(domain, freeMailDomains));
}

export const websiteDomain: Check = {
  name: 'website-domain',
  run: async (subject, tools) => {
    if (subject.website === undefined) return undefined;
    const websites = await organisationsOf(subject.website, tools);
    const sending = subject.sendingDomains.map(({ name }) => name);
    const mail = ownMailDomains(subject, tools.policy.screening.freeMailDomains);
    const matches = (domain: string): boolean => websites.includes(organisationOf(domain));
    const foreignMail = mail.filter((domain) => !matches(domain));
    const also = foreignMail.length === 0 ? '' : ` People write from ${listed(foreignMail)}.`;
    const foreign = sending.filter((domain) => !matches(domain));
    if (foreign.length > 0) {
      return fail(
        'website_domain_mismatch',
        `The website is at ${listed(websites)}, but sends from ${listed(foreign)}.${also}`,
      );
    }
    if (sending.length > 0) return pass(`The website and the sending domains are at ${listed(websites)}.${also}`);
    if (mail.length === 0) return unknown('There is no sending domain, and nobody has an address of the company.');
    if (mail.some(matches)) return pass(`The website and the people are at ${listed(websites)}.${also}`);
    return fail('website_domain_mismatch', `The website is at ${listed(websites)}.${also}`);
  },
};
