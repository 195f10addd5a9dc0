/** Whose domain a name belongs to: the organisational domain, by the public suffix list. */
import { organisationalDomainOf } from '../domains/records.js';

/**
 * The organisational domain of a host: `acme.co.uk` of `mail.acme.co.uk`; the host itself where the list says nothing.
 */
export function organisationOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return organisationalDomainOf(name) ?? name;
}

/** The domain of an e-mail address, in lower case. */
export function mailDomainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Whether a domain is one of these, or below one. */
export function isWithin(domain: string, names: readonly string[]): boolean {
  return names.some((name) => domain === name || domain.endsWith(`.${name}`));
}
