/** How often somebody may fail to sign in. A token cannot be guessed; this tells those who try to stop. */
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import { HttpProblem, problem } from './problem.js';

/** So many failures of one address within the window, in milliseconds; then it waits for the window to end. */
const mostFailures = 20;
const window = 5 * 60_000;
/** Addresses remembered: those that failed longest ago are forgotten first. */
const mostAddresses = 10_000;

export class SignInLimit {
  readonly #failures = new LRUCache<string, number>({ max: mostAddresses, ttl: window, noUpdateTTL: true });

  /** Passes an address that has not failed too often. @throws {HttpProblem} 429 */
  admit(address: string): void {
    if ((this.#failures.get(address) ?? 0) < mostFailures) return;
    const seconds = Math.max(1, Math.ceil(this.#failures.getRemainingTTL(address) / 1_000));
    const detail = `Too many failed sign-ins from this address. Check the token, and try again in ${seconds} seconds.`;
    throw new HttpProblem(problem(429, 'too_many_failures', detail), { 'Retry-After': String(seconds) });
  }

  failed(address: string): void {
    this.#failures.set(address, (this.#failures.get(address) ?? 0) + 1);
  }
}

/**
 * The address that a request came from. A proxy beside us (on a private or loopback address) puts its own client's last
 * into `X-Forwarded-For`; anybody else may write there what they like. Of IPv6 the network counts: one host has all of it.
 */
export function remoteAddressOf({ socket, headers }: IncomingMessage): string {
  const peer = parsed(socket.remoteAddress ?? '');
  const forwarded = headers['x-forwarded-for'];
  const last = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim();
  const behindProxy = peer !== undefined && ['loopback', 'private', 'uniqueLocal'].includes(peer.range());
  const address = (behindProxy && last !== undefined ? parsed(last) : undefined) ?? peer;
  if (address === undefined) return 'unknown';
  return address.kind() === 'ipv6' ? address.toByteArray().slice(0, 8).join('.') : address.toString();
}

function parsed(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}
