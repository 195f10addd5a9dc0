/** A visit to the account's website, over https, and over http to see what is there instead. */
import { isPublicName } from '../net/dns.js';
import { type SafeFetch, type SafeResponse, Unreachable } from '../net/safeFetch.js';
import { type Page, readPage } from './page.js';

export type Visit =
  /** The account named no website. */
  | { readonly kind: 'none' }
  /** It cannot be in the public DNS, so it was not looked for. */
  | { readonly kind: 'special_use'; readonly host: string }
  | { readonly kind: 'unreachable'; readonly error: Unreachable; readonly overHttp: boolean }
  | {
      readonly kind: 'answered';
      readonly answer: SafeResponse;
      /** Undefined when it is not HTML. */
      readonly page: Page | undefined;
    };

/** The most bytes of a page that are read; few home pages have a tenth of it. */
const mostBytes = 2_097_152;

const headers = { 'accept': 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5', 'accept-language': 'en,*;q=0.5' };

/** The share of the time that goes to https, so that some is left to see whether only http answers. */
const forHttps = 0.7;

function overHttps(website: string): string {
  const url = new URL(website);
  url.protocol = 'https:';
  return url.href;
}

function isHtml({ headers: { 'content-type': type = 'text/html' } }: SafeResponse): boolean {
  return /html/i.test(type);
}

/**
 * Visits a website.
 * @param withinMilliseconds how long all of it may take
 * @throws {TypeError} when the website is no web address; events hold none such
 */
export async function visit(
  website: string | undefined,
  fetch: SafeFetch,
  withinMilliseconds: number,
  signal: AbortSignal,
): Promise<Visit> {
  if (website === undefined) return { kind: 'none' };
  const { hostname } = new URL(website);
  if (!isPublicName(hostname)) return { kind: 'special_use', host: hostname };
  const within = (share: number) => ({
    headers,
    mostBytes,
    mostRedirects: 5,
    signal,
    withinMilliseconds: Math.round(withinMilliseconds * share),
  });
  try {
    const answer = await fetch(overHttps(website), within(forHttps));
    const contentType = answer.headers['content-type'];
    return { kind: 'answered', answer, page: isHtml(answer) ? readPage(answer.body, contentType) : undefined };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const mayBeHttpOnly = error.reason === 'connection_failed' || error.reason === 'tls_failed';
    const overHttp = mayBeHttpOnly && (await answersOverHttp(website, fetch, within(1 - forHttps - 0.1)));
    return { kind: 'unreachable', error, overHttp };
  }
}

async function answersOverHttp(website: string, fetch: SafeFetch, request: Parameters<SafeFetch>[1]): Promise<boolean> {
  const url = new URL(website);
  url.protocol = 'http:';
  try {
    const { status } = await fetch(url.href, { ...request, mostRedirects: 0 });
    return status < 400;
  } catch (error) {
    if (error instanceof Unreachable) return false;
    throw error;
  }
}
