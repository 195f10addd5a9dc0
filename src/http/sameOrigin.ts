/**
 * Whether a request comes from a page of ours. A browser sends the session's cookie by itself, so a request that is
 * known by it must not be one that another site's page made. Browsers say where a request comes from in headers that no
 * script can set: `Sec-Fetch-Site` (only over TLS and on localhost), else `Origin`.
 */
import type { IncomingMessage } from 'node:http';
import { HttpProblem, problem } from './problem.js';

export type Provenance = 'ours' | 'elsewhere' | 'unsaid';

/** Where the request says that it comes from; `unsaid` by programs, and by browsers that only follow a link or an address. */
export function provenanceOf({ headers }: IncomingMessage): Provenance {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') {
    if (site === 'same-origin') return 'ours';
    return site === 'none' ? 'unsaid' : 'elsewhere';
  }
  const { origin } = headers;
  if (origin === undefined) return 'unsaid';
  const forwarded = headers['x-forwarded-host'];
  const host = (typeof forwarded === 'string' ? forwarded.split(',')[0] : headers.host)?.trim();
  return host !== undefined && hostOf(origin) === withoutUsualPort(host) ? 'ours' : 'elsewhere';
}

/** The host of an origin; the scheme is not compared, as TLS ends in front of us. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? withoutUsualPort(new URL(origin).host) : undefined;
}

function withoutUsualPort(host: string): string {
  return host.toLowerCase().replace(/:(?:80|443)$/, '');
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Passes a request by cookie that a page of ours made, or that changes nothing and says nothing else. @throws 403 */
export function requireOurs(request: IncomingMessage): void {
  const provenance = provenanceOf(request);
  if (provenance === 'ours' || (provenance === 'unsaid' && safe.has(request.method ?? ''))) return;
  throw crossSite();
}

export const crossSite = (): HttpProblem =>
  new HttpProblem(
    problem(
      403,
      'cross_site',
      'A session works only for pages of Gatehouse itself. Open the console at its own address; other pages and ' +
        'programs send a token: `Authorization: Bearer <token>`. Behind a proxy, pass on Host or X-Forwarded-Host.',
    ),
  );
