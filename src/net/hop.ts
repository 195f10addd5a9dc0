/** One request and its answer, over a connection of its own to addresses that were checked before. */
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Client } from 'undici';
import { acceptedEncodings, readBounded } from './boundedBody.js';

/** What is asked of one place. */
export type Hop = {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly mostBytes: number;
};

export type HopAnswer = {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type HopLimits = {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  readonly secureContext: SecureContext;
};

/** What is sent where the caller says nothing else. */
const plainHeaders = { 'user-agent': 'Gatehouse', 'accept': '*/*' };

/** Headers that are never sent: they would carry an identity, or contradict the address. */
const withheld: ReadonlySet<string> = new Set(['cookie', 'host', 'proxy-authorization', 'accept-encoding']);

/** Headers of an answer of which nothing is kept. */
const dropped: ReadonlySet<string> = new Set(['set-cookie', 'set-cookie2']);

/** The lookup of a connection: it knows only the addresses that were checked. */
function only(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_hostname, options, done) => {
    const wanted = all.filter(({ family }) => !options.family || options.family === family);
    const [first] = wanted;
    if (first === undefined) done(Object.assign(new Error('no address of this family'), { code: 'ENOTFOUND' }), '', 0);
    else if (options.all === true) done(null, wanted);
    else done(null, first.address, first.family);
  };
}

function sent({ headers }: Hop): Record<string, string> {
  const given = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  return {
    ...plainHeaders,
    ...Object.fromEntries(given.filter(([name]) => !withheld.has(name))),
    'accept-encoding': acceptedEncodings,
  };
}

function kept(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || dropped.has(name.toLowerCase())
        ? []
        : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/**
 * Asks one place, without following a redirect. The connection is made for this request and closed after it: nothing of
 * an earlier one is left that could lead elsewhere.
 * @throws {Error} when there is no whole answer
 */
export async function ask(
  url: URL,
  addresses: readonly string[],
  hop: Hop,
  { signal, secureContext }: HopLimits,
): Promise<HopAnswer> {
  const client = new Client(url.origin, {
    // The caller's signal bounds all of it; undici's own limits are for single steps.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup: only(addresses), secureContext, rejectUnauthorized: true, timeout: 0 },
  });
  try {
    const answer = await client.request({
      path: `${url.pathname}${url.search}`,
      method: hop.method,
      headers: sent(hop),
      ...(hop.body === undefined ? {} : { body: hop.body }),
      signal,
    });
    const headers = kept(answer.headers);
    const body = await readBounded(answer.body, headers['content-encoding'] ?? '', hop.mostBytes);
    return { url: url.href, status: answer.statusCode, headers, body };
  } finally {
    // Also ends a body that was not read to its end.
    await client.destroy();
  }
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer redirects to; undefined when it does not. The address is not checked here. */
export function redirectOf(url: URL, { status, headers }: HopAnswer): string | undefined {
  const { location } = headers;
  if (!redirectStatuses.has(status) || location === undefined) return undefined;
  return URL.canParse(location, url.href) ? new URL(location, url.href).href : location;
}
