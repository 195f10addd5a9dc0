/** Where a request may go: the address checked, its name resolved, every address that it has looked at. */
import { isAddress } from './addresses.js';
import { isPublicName, type Resolver } from './dns.js';
import { Unreachable } from './unreachable.js';

/**
 * An address that a request may be sent to, if its host may be reached. The URL parser has already brought hosts into
 * their usual form: numbers in any base and with parts left out, full-width digits, upper case.
 * @throws {Unreachable}
 */
export function targetOf(address: string): URL {
  if (!URL.canParse(address)) throw new Unreachable('bad_address', 'It is not a web address.');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Unreachable('bad_address', `It is a ${url.protocol} address; only http and https are fetched.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Unreachable('bad_address', 'It carries a user name or password, which is never sent.');
  }
  if (hostOf(url) === '') throw new Unreachable('bad_address', 'It names no host.');
  url.hash = '';
  return url;
}

/** The host of an address: without brackets around IPv6, and without the final dot. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** RFC 6761: these names are this machine, and need no question to the DNS. */
function isLocalhost(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

/**
 * The addresses that a connection may be made to.
 * @throws {Unreachable} when there are none, or when one of them may not be reached
 */
export async function addressesOf(
  url: URL,
  resolver: Pick<Resolver, 'addresses'>,
  mayReach: (address: string) => boolean,
): Promise<readonly string[]> {
  const host = hostOf(url);
  if (isAddress(host)) {
    if (mayReach(host)) return [host];
    throw new Unreachable('address_refused', `${host} is not a public address.`);
  }
  const addresses = isLocalhost(host) ? ['127.0.0.1', '::1'].filter(mayReach) : await resolved(host, resolver);
  const refused = addresses.length === 0 ? 'this machine' : addresses.find((address) => !mayReach(address));
  if (refused === undefined) return addresses;
  throw new Unreachable('address_refused', `${host} leads to ${refused}, which is not a public address.`);
}

async function resolved(name: string, resolver: Pick<Resolver, 'addresses'>): Promise<readonly string[]> {
  if (!isPublicName(name)) {
    throw new Unreachable('address_refused', `${name} is a name for special use, which the public DNS does not have.`);
  }
  const lookup = await resolver.addresses(name);
  if (lookup.kind === 'found') return lookup.values;
  if (lookup.kind === 'absent') throw new Unreachable('name_absent', `${name} has no address in the DNS.`);
  throw new Unreachable('name_unavailable', `The DNS did not say where ${name} is (${lookup.code}).`);
}
