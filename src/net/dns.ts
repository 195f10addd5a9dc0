/** Questions to the domain name system, answered in three ways: found, absent, or not to be known just now. */
import { Resolver as NodeResolver } from 'node:dns/promises';

/**
 * What a question found. `unavailable` is no answer: the name servers failed, refused or did not answer in time, so
 * nothing follows from it. `absent` is an answer: there is no such name or no such record.
 */
export type Lookup<T> =
  | { readonly kind: 'found'; readonly values: readonly T[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly code: string };

export interface Resolver {
  /** TXT records, each with its parts joined. */
  txt(name: string): Promise<Lookup<string>>;
  cname(name: string): Promise<Lookup<string>>;
  mx(name: string): Promise<Lookup<string>>;
  /** IPv4 and IPv6 addresses; absent only when both kinds are. */
  addresses(name: string): Promise<Lookup<string>>;
}

/**
 * Top-level domains that are set apart for documentation, tests and private use, and never in the public DNS (RFC 6761,
 * RFC 6762, RFC 7686).
 */
const specialUse = new Set(['example', 'test', 'invalid', 'localhost', 'local', 'onion', 'internal']);

/** Whether a name can be in the public DNS at all. A check of one that cannot be says nothing about its owner. */
export function isPublicName(name: string): boolean {
  return !specialUse.has(name.toLowerCase().replace(/\.$/, '').split('.').at(-1) ?? '');
}

/** Codes of node:dns that say that something is not there. */
const absence: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

export type ResolverOptions = {
  /** Name servers such as `9.9.9.9` or `127.0.0.1:5353`; the system's when there are none. */
  readonly servers: readonly string[];
  /** How long one try may take, in milliseconds; there are two. */
  readonly tryMilliseconds?: number;
};

/** A resolver on node:dns. @throws {TypeError} when a server is not an address */
export function createResolver({ servers, tryMilliseconds = 2_000 }: ResolverOptions): Resolver {
  const resolver = new NodeResolver({ timeout: tryMilliseconds, tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);

  async function ask<T>(question: () => Promise<readonly T[]>): Promise<Lookup<T>> {
    try {
      const values = await question();
      return values.length === 0 ? { kind: 'absent' } : { kind: 'found', values };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
      return absence.has(code) ? { kind: 'absent' } : { kind: 'unavailable', code };
    }
  }

  return {
    txt: (name) => ask(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join(''))),
    cname: (name) => ask(() => resolver.resolveCname(name)),
    mx: (name) => ask(async () => (await resolver.resolveMx(name)).map(({ exchange }) => exchange)),
    addresses: async (name) => {
      const both = await Promise.all([ask(() => resolver.resolve4(name)), ask(() => resolver.resolve6(name))]);
      const values = both.flatMap((one) => (one.kind === 'found' ? one.values : []));
      if (values.length > 0) return { kind: 'found', values };
      return both.find(({ kind }) => kind === 'unavailable') ?? { kind: 'absent' };
    },
  };
}
