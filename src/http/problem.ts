/** Problems, as RFC 9457 has them: what went wrong, and what to do. */
import type { z } from 'zod';
import type { RefusalCode } from '../commands/refusal.js';
import type { Refused } from '../app/handleCommand.js';
import type { ActorType } from '../events/vocabulary.js';
import { commandsFor, isInsider } from '../app/answer.js';

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly [extra: string]: unknown;
};

/** Thrown by handlers; the edge writes the problem. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(
    readonly body: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(body.detail);
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Timeout',
  409: 'Refused',
  412: 'Stale',
  413: 'Too large',
  414: 'URL too long',
  415: 'Unsupported media type',
  417: 'Expectation failed',
  422: 'Invalid',
  429: 'Too many requests',
  431: 'Too large',
  500: 'Internal error',
  503: 'Unavailable',
};

/** A problem of a kind that `code` names. */
export function problem(status: number, code: string, detail: string, extra: object = {}): Problem {
  return { type: `urn:gatehouse:problem:${code}`, title: titles[status] ?? 'Problem', status, detail, code, ...extra };
}

export const unauthenticated = (): HttpProblem =>
  new HttpProblem(
    problem(
      401,
      'unauthenticated',
      'Send a token: `Authorization: Bearer <token>` (`gatehouse token create` makes one), or sign in to the console.',
    ),
    { 'WWW-Authenticate': 'Bearer realm="gatehouse"' },
  );

export const notFound = (detail: string, code = 'not_found'): HttpProblem =>
  new HttpProblem(problem(404, code, detail));

export const unknownAccount = (): HttpProblem =>
  notFound('There is no such account. Sign it up first.', 'unknown_account');

export const notUpToDate = (): HttpProblem =>
  new HttpProblem(
    problem(503, 'not_up_to_date', 'The answer does not reflect the position in `after` yet. Try again shortly.'),
    { 'Retry-After': '1' },
  );

/** What is wrong with each field, by JSON pointer. */
export function invalid(error: z.ZodError, place: 'body' | 'query' | 'path'): HttpProblem {
  const errors = error.issues.flatMap((issue) => {
    // A key that should not be there is named itself, not the object around it.
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const detail = issue.code === 'unrecognized_keys' ? 'is not a known field' : issue.message;
    return keys.map((path) => ({ in: place, pointer: pointerOf(path), detail }));
  });
  const first = errors[0];
  const detail = first === undefined ? 'The request is invalid.' : `${first.pointer || '/'}: ${first.detail}`;
  return new HttpProblem(problem(422, 'invalid', detail, { errors }));
}

/** One field that is wrong, by its JSON pointer. */
export function invalidField(pointer: string, detail: string): HttpProblem {
  const errors = [{ in: 'body', pointer, detail }];
  return new HttpProblem(problem(422, 'invalid', `${pointer || '/'}: ${detail}`, { errors }));
}

/** One query parameter that is wrong, by its name. */
export function invalidParameter(name: string, detail: string): HttpProblem {
  const errors = [{ in: 'query', pointer: `/${name}`, detail }];
  return new HttpProblem(problem(422, 'invalid', `/${name}: ${detail}`, { errors }));
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const statusOfRefusal: Partial<Record<RefusalCode, number>> = {
  forbidden_role: 403,
  idempotency_key_reused: 422,
  stale: 412,
  unknown_account: 404,
};

/** A refusal as a problem, for a sender of this role. `accountStatus` is the account's; `status` is HTTP's. */
export function refusalProblem(refusal: Refused, role: ActorType): HttpProblem {
  const { code, detail, status, state, allowedCommands, missing, changes, revision } = refusal;
  const insider = isInsider(role);
  return new HttpProblem(
    problem(statusOfRefusal[code] ?? 409, code, detail, {
      accountStatus: status,
      ...(insider ? { state } : {}),
      allowedCommands: commandsFor(role, allowedCommands),
      missing,
      ...(code === 'stale' ? { revision, ...(insider ? { changes } : {}) } : {}),
    }),
  );
}
