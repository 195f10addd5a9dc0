/** The client of the public HTTP API, typed by its OpenAPI document. The console has no other way in. */
import createClient from 'openapi-fetch';
import type { Paths } from './openapi.js';
import { patientFetch } from './patientFetch.js';
import type { Problem } from './types.js';

export const api = createClient<Paths>({ baseUrl: '/', fetch: patientFetch });

/** What the service says against a request. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** A problem from whatever went wrong, in words that say what to do. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  const detail = 'Gatehouse could not be reached, or its answer could not be read. Try again in a moment.';
  return { type: 'about:blank', title: 'No answer', status: 0, code: 'no_answer', detail };
}

type Answered<Data> = { readonly data?: Data | undefined; readonly error?: unknown; readonly response: Response };

/**
 * The answer's body.
 * @throws {ApiProblem} when the service answers with a problem
 */
export async function bodyOf<Data>(answer: Promise<Answered<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await answer;
  if (response.ok && data !== undefined && data !== null) return data;
  throw new ApiProblem(isProblem(error) ? error : unreadable(response.status));
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

function unreadable(status: number): Problem {
  const detail = `The service answered ${status} in a way that this page cannot read. Reload the page; it may be of an older version.`;
  return { type: 'about:blank', title: 'Unreadable', status, code: 'unreadable', detail };
}
