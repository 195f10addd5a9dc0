/** Whether the website belongs to those who send: its organisational domain is that of the sending domains. */
import { type Check, fail, type Outcome, pass, unknown } from '../check.js';
import { listed, said } from '../detail.js';
import { isWithin, mailDomainOf, organisationOf } from '../organisation.js';
import type { Subject } from '../subject.js';
import type { CheckTools } from '../check.js';

/** The organisations of the website: as named, and where it leads to, if it could be visited. */
type Organisations = { readonly named: string; readonly reached: string | undefined };

async function organisationsOf(website: string, tools: CheckTools): Promise<Organisations> {
  const visit = await tools.website();
  const reached = visit.kind === 'answered' ? organisationOf(new URL(visit.answer.url).hostname) : undefined;
  return { named: organisationOf(new URL(website).hostname), reached };
}

/** The domains of the people, without those at which anybody can have an address. */
function ownMailDomains(people: Subject['people'], freeMailDomains: readonly string[]): string[] {
  return people.map(({ email }) => mailDomainOf(email)).filter((domain) => !isWithin(domain, freeMailDomains));
}

/** What belongs to the account has been shown for these domains; the website must be at one of them. */
function belongs({ named, reached }: Organisations, shown: readonly string[], whose: string): Outcome {
  const own = new Set(shown.map(organisationOf));
  // Anybody can lead visitors to the website of a company that they are not.
  if (reached !== undefined && !own.has(reached)) {
    return unknown(`The website ${named} leads to ${reached}, which is not of the account: a person must look at it.`);
  }
  return pass(`The website and ${whose} are at ${listed([named, ...(reached === undefined ? [] : [reached])])}.`);
}

/** Where nothing is sent from a domain, only who signed up can speak for the website: other addresses are just named. */
function byPeople(organisations: Organisations, { people }: Subject, freeMailDomains: readonly string[]): Outcome {
  const mail = ownMailDomains(people, freeMailDomains);
  if (mail.length === 0) return unknown('There is no sending domain, and nobody has an address of the company.');
  const { named, reached } = organisations;
  const matches = (domain: string): boolean => [named, reached].includes(organisationOf(domain));
  const signedUp = ownMailDomains(
    people.filter((person) => person.signedUp === true),
    freeMailDomains,
  );
  if (signedUp.some(matches)) return belongs(organisations, signedUp, 'who signed up');
  if (mail.some(matches)) {
    return unknown(`Nobody at ${named} signed up; addresses there are only named: a person must look at it.`);
  }
  return fail('website_domain_mismatch', `The website is at ${named}. People write from ${listed(mail)}.`);
}

export const websiteDomain: Check = {
  name: 'website-domain',
  run: async (subject, tools) => {
    if (subject.website === undefined) return undefined;
    const { freeMailDomains } = tools.policy.screening;
    const organisations = await organisationsOf(subject.website, tools);
    const sending = subject.sendingDomains.map(({ name }) => name);
    if (sending.length === 0) return byPeople(organisations, subject, freeMailDomains);
    const { named, reached } = organisations;
    const matches = (domain: string): boolean => [named, reached].includes(organisationOf(domain));
    const foreignMail = ownMailDomains(subject.people, freeMailDomains).filter((domain) => !matches(domain));
    const also = foreignMail.length === 0 ? '' : ` People write from ${listed(foreignMail)}.`;
    const foreign = sending.filter((domain) => !matches(domain));
    if (foreign.length > 0) {
      return fail('website_domain_mismatch', `The website is at ${named}, but sends from ${listed(foreign)}.${also}`);
    }
    const outcome = belongs(organisations, sending, 'the sending domains');
    return { ...outcome, detail: said(`${outcome.detail ?? ''}${also}`) };
  },
};
