/** Who asks, and whether they may. */
import type { Principal, TokenStore } from '../access/tokens.js';
import type { ActorType } from '../events/vocabulary.js';
import { HttpProblem, problem, unauthenticated } from './problem.js';

/** The principal of a request's bearer token. @throws {HttpProblem} 401 */
export function authenticate(tokens: TokenStore, authorization: string | undefined): Principal {
  const match = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '');
  const principal = match?.[1] === undefined ? undefined : tokens.find(match[1]);
  if (principal === undefined) throw unauthenticated();
  return principal;
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
