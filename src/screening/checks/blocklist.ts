/** Whether a DNS blocklist of domains lists the website or a sending domain. */
import { isPublicName, type Lookup } from '../../net/dns.js';
import { type Check, fail, pass, unknown } from '../check.js';
import { listed } from '../detail.js';
import { organisationOf } from '../organisation.js';
import type { Subject } from '../subject.js';

type Verdict = { readonly kind: 'listed' | 'clean' | 'unknown'; readonly says: string };

/**
 * What an answer of a list means. Listed is 127.0.0.x or 127.0.1.x (RFC 5782; Spamhaus DBL), but 127.0.0.1 is no listing
 * (RFC 5782, section 2.1) and is how SURBL and URIBL refuse whom they do not serve; Spamhaus refuses with 127.255.255.252
 * (mistyped zone), .254 (a public resolver) and .255 (too many questions). Whatever else comes is not a blocklist's.
 */
function verdictOf(lookup: Lookup<string>, question: string): Verdict {
  if (lookup.kind === 'absent') return { kind: 'clean', says: question };
  if (lookup.kind === 'unavailable') return { kind: 'unknown', says: `${question}: no answer (${lookup.code})` };
  const isListing = (code: string): boolean =>
    /^127\.0\.[01]\.\d+$/.test(code) && !/^127\.0\.(0\.1|1\.255)$/.test(code);
  const says = `${question}: ${listed(lookup.values)}`;
  return { kind: lookup.values.every(isListing) ? 'listed' : 'unknown', says };
}

/** The names that lists know: the organisational domains, of the website and of what is sent from. */
function namesOf({ website, domains }: Subject): string[] {
  const hosts = [...domains, ...(website === undefined ? [] : [new URL(website).hostname])];
  return [...new Set(hosts.filter((host) => /[a-z]/.test(host) && !host.startsWith('[')).map(organisationOf))];
}

export const blocklist: Check = {
  name: 'domain-blocklist',
  run: async (subject, { policy, resolver }) => {
    const zones = policy.screening.domainBlocklists;
    const names = namesOf(subject);
    if (zones.length === 0 || names.length === 0) return undefined;
    const special = names.filter((name) => !isPublicName(name));
    const questions = names
      .filter(isPublicName)
      .flatMap((name) =>
        zones.map(async (zone) => verdictOf(await resolver.addresses(`${name}.${zone}`), `${name} at ${zone}`)),
      );
    const verdicts = await Promise.all(questions);
    const of = (kind: Verdict['kind']): string[] => verdicts.filter((one) => one.kind === kind).map(({ says }) => says);
    if (of('listed').length > 0) return fail('domain_listed', `Listed: ${listed(of('listed'))}.`);
    if (of('unknown').length > 0) return unknown(`The list did not say: ${listed(of('unknown'))}.`);
    if (special.length > 0) return unknown(`Not looked up, as a name for special use: ${listed(special)}.`);
    return pass(`Not listed: ${listed(of('clean'))}.`);
  },
};
