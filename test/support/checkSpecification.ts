/** Specifies checks: a subject in order with one thing changed, and what the check then finds. */
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import type { CheckTools, DomainHolder } from '../../src/screening/check.js';
import { checks } from '../../src/screening/checks/index.js';
import type { Lookup, Resolver } from '../../src/net/dns.js';
import { Unreachable, type UnreachableReason } from '../../src/net/safeFetch.js';
import { readPage } from '../../src/screening/page.js';
import { readSample } from '../../src/screening/sampleText.js';
import type { Subject } from '../../src/screening/subject.js';
import type { Visit } from '../../src/screening/visit.js';
import { start } from './examples.js';

export const subject: Subject = {
  accountId: 'acme',
  website: 'https://www.acme-shop.co.uk/',
  people: [
    { role: 'owner', email: 'owner@acme-shop.co.uk', signedUp: true },
    { role: 'technical contact', email: 'tech@acme-shop.co.uk' },
  ],
  sendingDomains: [
    {
      name: 'mail.acme-shop.co.uk',
      domain: {
        state: 'verified',
        lapsed: false,
        failures: 0,
        lastCheck: { outcome: 'verified', records: [], at: start },
      },
    },
  ],
  domains: ['mail.acme-shop.co.uk'],
  messageTypes: ['newsletter'],
  subscriptionProcess: 'A form in the shop, with a confirmation by mail',
  sample: {
    kind: 'message',
    name: 'News',
    subject: 'News of May',
    body: '<p>Hello!</p><p>Acme Ltd, 12 Main Street, London</p><a href="https://acme-shop.co.uk/u">Unsubscribe</a>',
  },
};

export const words = 'We make anvils and everything that goes with them, in our workshop in London since 1930.';
export const homePage = `<html><head><title>Acme Shop</title></head><body><h1>Anvils</h1><p>${words}</p></body></html>`;

export function answered(
  html: string,
  { status = 200, url = 'https://www.acme-shop.co.uk/', headers = {}, redirects = [] as readonly string[] } = {},
): Visit {
  const body = Buffer.from(html);
  return {
    kind: 'answered',
    answer: { url, status, headers, body, redirects },
    page: readPage(body, 'text/html; charset=utf-8'),
  };
}

export const unreachable = (reason: UnreachableReason, overHttp = false, code = 'ECONNREFUSED'): Visit => ({
  kind: 'unreachable',
  error: new Unreachable(reason, `It is ${reason}.`, { cause: Object.assign(new Error(code), { code }) }),
  overHttp,
});

const absent: Lookup<string> = { kind: 'absent' };
export const found = (...values: string[]): Lookup<string> => ({ kind: 'found', values });
export const broken: Lookup<string> = { kind: 'unavailable', code: 'ESERVFAIL' };

export type World = {
  readonly subject?: Partial<Subject>;
  readonly website?: Visit;
  readonly screening?: Partial<PolicyDocument['screening']>;
  readonly dns?: Readonly<Record<string, Lookup<string>>>;
  readonly holders?: readonly DomainHolder[];
};

const noFetch = async (): Promise<never> => {
  throw new Error('nothing is fetched here');
};

export async function look(name: string, { subject: changes, website, screening, dns = {}, holders = [] }: World) {
  const ask = async (question: string): Promise<Lookup<string>> => dns[question] ?? absent;
  const resolver: Resolver = { txt: ask, cname: ask, mx: ask, addresses: ask };
  const one = { ...subject, ...changes };
  const tools: CheckTools = {
    policy: { ...builtInPolicy, screening: { ...builtInPolicy.screening, ...screening } },
    resolver,
    domainHolders: () => holders,
    website: async () => website ?? answered(homePage),
    sample: async () => readSample(one.sample, noFetch, 1_000, new AbortController().signal),
  };
  const check = checks.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`no check ${name}`);
  return check.run(one, tools, new AbortController().signal);
}

export type Case = readonly [given: string, world: World, then: string | undefined, says?: RegExp];

/** `then` is `pass`, `unknown`, the reason code of a failure, or undefined for no finding. */
export function specify(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    for (const [given, world, then, says = /./] of cases) {
      test(`${given}: ${then ?? 'no finding'}`, async () => {
        const outcome = await look(name, world);
        expect(outcome?.reasonCode ?? outcome?.outcome).toBe(then);
        if (then !== undefined) expect(outcome?.detail).toMatch(says);
      });
    }
  });
}
