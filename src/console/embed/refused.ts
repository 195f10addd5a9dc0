/** What the service says against something, and what is said where it says nothing. */
import type { Problem } from './model.js';
import { TokenExhausted } from './tokens.js';

export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** A problem of ours where there is none of the service's. */
export function ownProblem(code: string, detail: string): Problem {
  return { type: 'about:blank', title: detail, status: 0, code, detail };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  if (error instanceof TokenExhausted) return ownProblem('unauthenticated', 'The page gave no token.');
  return ownProblem('no_answer', 'The service could not be reached.');
}
