/** Which addresses are public, and which others an operator lets requests reach. */
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Global unicast (RFC 4291, IANA's IPv6 address space); what lies outside is not routed in public. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** The well-known prefix of NAT64 (RFC 6052): the last four bytes are the IPv4 address that is really reached. */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** The address that is really reached: an IPv4 one that is mapped into IPv6, or translated by NAT64, is itself. */
function reached(text: string): Address {
  const address = ipaddr.process(text);
  if (address.kind() !== 'ipv6' || !address.match(nat64)) return address;
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

/**
 * Whether an address is public: not private, loopback, link-local, unique-local, shared (CGNAT), multicast, reserved, for
 * documentation or benchmarks (the IANA special-purpose registries, as ipaddr.js has them). IPv4 embedded into IPv6
 * counts as what is embedded where that is how it is reached (mapped, NAT64); the tunnels 6to4 and Teredo and the
 * IPv4-compatible form are out of use, and refused whole.
 * @throws {Error} when it is not an address
 */
export function isPublicAddress(text: string): boolean {
  const address = reached(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(globalUnicast);
}

/** Whether a text is an IPv4 or IPv6 address in its usual form. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/**
 * Tells which addresses may be reached: public ones, and those in these ranges.
 * @param ranges CIDRs such as `10.0.0.0/8` or `fd00::/8`
 * @throws {Error} when a range is not one
 */
export function reachableAddresses(ranges: readonly string[]): (address: string) => boolean {
  const allowed = ranges.map((range) => ipaddr.parseCIDR(range));
  return (text) => {
    if (isPublicAddress(text)) return true;
    const address = reached(text);
    return allowed.some(([base, bits]) => base.kind() === address.kind() && address.match([base, bits]));
  };
}
