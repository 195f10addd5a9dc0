/**
 * Pages of the provider's dashboards, on other origins, that ask with a token of their own (the embedded elements do).
 * Never with cookies: a session is for pages of ours alone, so credentials are not allowed.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

const asked = /^\/v1(?:[/?]|$)/;

const methods = 'GET, HEAD, POST, DELETE';
const taken = 'Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID';
const shown = 'ETag, Retry-After, X-Request-Id';
/** How long a browser may remember that it may ask, in seconds. */
const remembered = 600;

/**
 * Lets pages of these origins read what is answered, problems among it.
 * @returns true when the request only asked whether it may be sent, and was answered here
 */
export function admitEmbedding(
  origins: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (origins.length === 0 || !asked.test(request.url ?? '')) return false;
  response.setHeader('Vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return false;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', shown);
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false;
  response.writeHead(204, {
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': taken,
    'Access-Control-Max-Age': String(remembered),
  });
  response.end();
  return true;
}
