/** The cookie that carries a session. Scripts cannot read it, and no other site can make a browser send it. */
import type { IncomingMessage } from 'node:http';

/** Whether the browser's side of the connection is TLS: it ends in front of us, and what ends it says so. */
function cameOverTls({ headers }: IncomingMessage): boolean {
  const said = headers['x-forwarded-proto'];
  return typeof said === 'string' && said.split(',')[0]?.trim().toLowerCase() === 'https';
}

/** Over TLS the prefix has the browser refuse a cookie of this name from any other host or over plain HTTP (RFC 6265bis). */
function nameFor(request: IncomingMessage): string {
  return cameOverTls(request) ? '__Host-gatehouse_session' : 'gatehouse_session';
}

/** The session's secret that a request brings; undefined without one. */
export function sessionSecretOf(request: IncomingMessage): string | undefined {
  const { cookie } = request.headers;
  if (cookie === undefined) return undefined;
  const prefix = `${nameFor(request)}=`;
  const pair = cookie.split(';').find((part) => part.trimStart().startsWith(prefix));
  const value = pair?.trim().slice(prefix.length);
  return value === undefined || !/^[\w-]{1,200}$/.test(value) ? undefined : value;
}

/** @param seconds how long the browser keeps it; 0 takes it away */
export function sessionCookie(request: IncomingMessage, secret: string, seconds: number): string {
  const secure = cameOverTls(request) ? '; Secure' : '';
  return `${nameFor(request)}=${secret}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}
