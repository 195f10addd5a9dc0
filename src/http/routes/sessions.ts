/** Signing in and out: a token exchanged for a session, which a browser can keep where no script reads it. */
import { z } from 'zod';
import { actorTypes } from '../../events/vocabulary.js';
import type { ActorType } from '../../events/vocabulary.js';
import { bearerOf, identify, secondsUntil } from '../auth.js';
import { HttpProblem, problem, unauthenticated } from '../problem.js';
import type { OpenRoute } from '../route.js';
import { crossSite, provenanceOf, requireOurs } from '../sameOrigin.js';
import { sessionCookie, sessionSecretOf } from '../sessionCookie.js';
import { remoteAddressOf, SignInLimit } from '../signInLimit.js';

const session = z
  .object({
    role: z.enum(actorTypes),
    actor: z.string(),
    expiresAt: z.string().nullable().meta({
      description: 'When it ends unless it is used again before; null for a token that does not end by itself.',
    }),
  })
  .meta({ id: 'Session' });

/** Where those have their place who do not sign in here. */
const elsewhere: Partial<Record<ActorType, string>> = {
  product:
    'A product’s token belongs in your own backend, which calls the API with it; it must never be in a browser. To sign ' +
    'in here, use the token of a reviewer, an auditor, an analyst or an admin.',
  customer:
    'A customer’s token is for the setup guide that is embedded in the dashboard of the product; it opens nothing here.',
};

const signInBody = z.strictObject({
  token: z.string().min(1, { error: 'must be a token, as `gatehouse token create` prints it' }).max(500),
});

/** Failures are counted for each service: several may live in one process. */
const limits = new WeakMap<object, SignInLimit>();
function limitOf(sessions: object): SignInLimit {
  const limit = limits.get(sessions) ?? new SignInLimit();
  limits.set(sessions, limit);
  return limit;
}

const signIn: OpenRoute = {
  method: 'post',
  path: '/v1/session',
  operationId: 'signIn',
  tag: 'access',
  summary: 'Signs in to the console: a token for a session cookie.',
  description:
    'For reviewers, auditors, analysts, system and admins. The cookie is HttpOnly and SameSite=Strict (and Secure where ' +
    '`X-Forwarded-Proto` says https); it ends after 30 minutes without use, after 12 hours in all, and with its token.',
  body: signInBody,
  responses: {
    200: { description: 'Signed in; `Set-Cookie` has the session.', schema: session },
    429: { description: 'Too many failed sign-ins from this address; see `Retry-After`.' },
  },
  handle: async ({ deps, request, body }) => {
    // Another site could otherwise sign a person in to an account of its choosing.
    if (provenanceOf(request) === 'elsewhere') throw crossSite();
    const { token } = body as z.output<typeof signInBody>;
    const limit = limitOf(deps.sessions);
    const address = remoteAddressOf(request);
    const principal = deps.tokens.find(token.trim());
    if (principal === undefined) {
      // Only whoever fails is sent away: others have the same address behind a proxy or a firewall.
      limit.admit(address);
      limit.failed(address);
      const detail = 'This token is not known here, was revoked, or has expired. Check that it was copied whole.';
      throw new HttpProblem(problem(401, 'unauthenticated', detail), unauthenticated().headers);
    }
    const place = elsewhere[principal.type];
    if (place !== undefined) throw new HttpProblem(problem(403, 'forbidden_role', place));
    const before = sessionSecretOf(request);
    if (before !== undefined) deps.sessions.end(before);
    const secret = deps.sessions.open(token.trim());
    const opened = deps.sessions.find(secret);
    if (opened === undefined) throw unauthenticated();
    const cookie = sessionCookie(request, secret, secondsUntil(deps, opened.expiresAt));
    deps.log.info({ role: principal.type, actor: principal.id }, 'signed in');
    return {
      status: 200,
      body: { role: principal.type, actor: principal.id, expiresAt: opened.expiresAt },
      headers: { 'Set-Cookie': cookie },
    };
  },
};

const showSession: OpenRoute = {
  method: 'get',
  path: '/v1/session',
  operationId: 'getSession',
  tag: 'access',
  summary: 'Who is signed in, or whom the token speaks for.',
  responses: {
    200: { description: 'Who asks.', schema: session },
    204: { description: 'Nobody is signed in. A page that asks at its start is answered, not refused.' },
  },
  handle: async ({ deps, request, response }) => {
    const secret = sessionSecretOf(request);
    const isKnown = secret !== undefined && deps.sessions.find(secret, false) !== undefined;
    if (bearerOf(request) === undefined && !isKnown) return { status: 204, body: undefined };
    const { principal, expiresAt } = identify(deps, request, response);
    return { status: 200, body: { role: principal.type, actor: principal.id, expiresAt } };
  },
};

const signOut: OpenRoute = {
  method: 'delete',
  path: '/v1/session',
  operationId: 'signOut',
  tag: 'access',
  summary: 'Signs out: ends the session on the server and takes the cookie away. Without a session it does nothing.',
  responses: { 204: { description: 'Signed out.' } },
  handle: async ({ deps, request }) => {
    const secret = sessionSecretOf(request);
    if (secret !== undefined) {
      requireOurs(request);
      deps.sessions.end(secret);
    }
    return { status: 204, body: undefined, headers: { 'Set-Cookie': sessionCookie(request, '', 0) } };
  },
};

export const sessionRoutes: readonly OpenRoute[] = [signIn, showSession, signOut];
