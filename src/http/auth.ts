/** Who asks, and whether they may. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KnownToken, Principal } from '../access/tokens.js';
import { millisecondsBetween } from '../events/time.js';
import type { ActorType } from '../events/vocabulary.js';
import type { HttpDeps } from './deps.js';
import { HttpProblem, problem, unauthenticated } from './problem.js';
import { requireOurs } from './sameOrigin.js';
import { sessionCookie, sessionSecretOf } from './sessionCookie.js';

/** What knows who may come in. */
export type Doors = Pick<HttpDeps, 'tokens' | 'sessions'>;

/**
 * Who a request is from: by its bearer token, or else by its session. A session that is used is kept alive, and the
 * browser told.
 * @throws {HttpProblem} 401; 403 where another site's page made a request that is known by its session
 */
export function authenticate(doors: Doors, request: IncomingMessage, response: ServerResponse): Principal {
  return identify(doors, request, response).principal;
}

/** As `authenticate`, with the end of what they are known by. @throws {HttpProblem} */
export function identify(doors: Doors, request: IncomingMessage, response: ServerResponse): KnownToken {
  const { tokens, sessions } = doors;
  const token = bearerOf(request);
  if (token !== undefined) {
    const known = tokens.known(token);
    if (known === undefined) throw unauthenticated();
    return known;
  }
  const secret = sessionSecretOf(request);
  const session = secret === undefined ? undefined : sessions.find(secret);
  if (secret === undefined || session === undefined) throw unauthenticated();
  requireOurs(request);
  const { principal, expiresAt, renewed } = session;
  if (renewed) response.setHeader('Set-Cookie', sessionCookie(request, secret, secondsUntil(doors, expiresAt)));
  return { principal, expiresAt };
}

/**
 * The token that a request brings; empty where it is not well formed, and then nobody is known by it. Credentials of
 * other schemes are not for us: a proxy in front asks browsers for its own (Basic), and passes them on.
 */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  const credentials = /^Bearer(?: +(.*))?$/i.exec(headers.authorization?.trim() ?? '');
  if (credentials === null) return undefined;
  return /^[\w.~+/=-]+$/.exec(credentials[1] ?? '')?.[0] ?? '';
}

/** Whole seconds from now, for a cookie's age. */
export function secondsUntil({ sessions }: Pick<Doors, 'sessions'>, instant: string): number {
  return Math.max(0, Math.floor(millisecondsBetween(sessions.now(), instant) / 1_000));
}

/** Passes when the role is one of these, and a customer asks for the account that the token is bound to. @throws 403 */
export function authorize(principal: Principal, roles: readonly ActorType[], accountId: string | undefined): void {
  if (!roles.includes(principal.type)) {
    const detail = `This needs a token of one of these roles: ${roles.join(', ')}.`;
    throw new HttpProblem(problem(403, 'forbidden_role', detail));
  }
  if (principal.type === 'customer' && accountId !== undefined && principal.accountId !== accountId) {
    throw new HttpProblem(problem(403, 'forbidden_account', 'This token is bound to another account.'));
  }
}

/** Whether who was let in to an open stream is still known. A stream alone keeps no session alive. */
export function mayStill({ tokens, sessions }: Doors, request: IncomingMessage): boolean {
  const token = bearerOf(request);
  if (token !== undefined) return tokens.find(token) !== undefined;
  const secret = sessionSecretOf(request);
  return secret !== undefined && sessions.find(secret, false) !== undefined;
}
