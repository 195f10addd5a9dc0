/**
 * Requests to addresses that somebody else named: a customer's website, a webhook's target. They reach public addresses
 * only (and those that the operator allows), within limits of time and size.
 */
import { createSecureContext, rootCertificates } from 'node:tls';
import { reachableAddresses } from './addresses.js';
import type { Resolver } from './dns.js';
import { ask, redirectOf } from './hop.js';
import { addressesOf, targetOf } from './target.js';
import { Unreachable, unreachable } from './unreachable.js';

export { Unreachable, type UnreachableReason } from './unreachable.js';

export type SafeRequest = {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The most bytes of the body that are read; a longer one is refused. */
  readonly mostBytes: number;
  /** How long all of it may take, redirects included, in milliseconds. */
  readonly withinMilliseconds: number;
  /** How many redirects are followed, each target checked anew; 0 when the first answer is wanted. */
  readonly mostRedirects?: number;
  readonly signal?: AbortSignal;
};

export type SafeResponse = {
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The addresses passed on the way. */
  readonly redirects: readonly string[];
};

/** @throws {Unreachable} */
export type SafeFetch = (url: string, request: SafeRequest) => Promise<SafeResponse>;

export type SafeFetchOptions = {
  readonly resolver: Pick<Resolver, 'addresses'>;
  /** Address ranges (CIDRs) that are reached although they are not public. */
  readonly allowAddresses: readonly string[];
  /** Certificates (PEM) of authorities that are trusted beside the well-known ones. */
  readonly trustedCa?: string;
};

/**
 * Makes the safe fetcher. A name is resolved once for each connection, every address of it is checked, and the
 * connection is made to one of these very addresses: a name that changes its answer in between changes nothing. A name
 * with one address that may not be reached is refused whole: which one a connection picks is chance, and mixing public
 * with private is how rebinding looks.
 *
 * Redirects are followed for GET alone; the answer to a POST is its first.
 * @throws {Error} when a range or the certificates cannot be read
 */
export function createSafeFetch({ resolver, allowAddresses, trustedCa }: SafeFetchOptions): SafeFetch {
  const mayReach = reachableAddresses(allowAddresses);
  const secureContext = createSecureContext(trustedCa === undefined ? {} : { ca: [...rootCertificates, trustedCa] });

  return async (address, request) => {
    const { withinMilliseconds, mostRedirects = 0, signal } = request;
    const limit = new AbortController();
    const timer = setTimeout(
      () => limit.abort(new Unreachable('timed_out', `There was no whole answer within ${withinMilliseconds} ms.`)),
      withinMilliseconds,
    );
    const abandon = (): void =>
      limit.abort(new Unreachable('timed_out', 'The request was given up before its answer.'));
    signal?.addEventListener('abort', abandon, { once: true });
    if (signal?.aborted === true) abandon();
    try {
      const redirects: string[] = [];
      for (let url = targetOf(address); ;) {
        const addresses = await raced(addressesOf(url, resolver, mayReach), limit.signal);
        const hop = { method: 'GET' as const, ...request, headers: headersFor(url, address, request) };
        const answer = await ask(url, addresses, hop, { signal: limit.signal, secureContext });
        const next = request.method === 'POST' ? undefined : redirectOf(url, answer);
        if (next === undefined || mostRedirects === 0) return { ...answer, redirects };
        if (redirects.length === mostRedirects) {
          throw new Unreachable('too_many_redirects', `It redirects more than ${mostRedirects} times.`);
        }
        redirects.push(url.href);
        url = targetOf(next);
      }
    } catch (error) {
      throw limit.signal.aborted ? limit.signal.reason : unreachable(error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abandon);
    }
  };
}

/** What was meant for one place is not shown to another that it redirects to. */
function headersFor(url: URL, first: string, { headers = {} }: SafeRequest): Readonly<Record<string, string>> {
  return url.origin === new URL(first).origin ? headers : {};
}

/** A promise that is left alone once the time is over. */
async function raced<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
