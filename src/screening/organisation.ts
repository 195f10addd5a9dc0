/** Whose domain a name belongs to: the organisational domain, by the public suffix list. */
import { getDomain } from 'tldts';

/**
 * The organisational domain of a host: `acme.co.uk` of `mail.acme.co.uk`. Suffixes under which anybody can have a name
 * (`github.io`) count as public, so that two customers of one host are two organisations. The host itself where the list
 * says nothing.
 */
export function organisationOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return getDomain(name, { allowPrivateDomains: true }) ?? name;
}

/** The domain of an e-mail address, in lower case. */
export function mailDomainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Whether a domain is one of these, or below one. */
export function isWithin(domain: string, names: readonly string[]): boolean {
  return names.some((name) => domain === name || domain.endsWith(`.${name}`));
}
