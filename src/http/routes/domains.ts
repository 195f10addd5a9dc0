/** Sending domains: what to publish for each, what was found, and a check on demand. */
import { v4 as randomId } from 'uuid';
import { z } from 'zod';
import { type Account, readAccount } from '../../app/account.js';
import type { CheckResult, LeftAlone } from '../../domains/domainChecks.js';
import { recordsOf } from '../../domains/records.js';
import { hostname } from '../../events/schemas.js';
import { entryOf } from '../../events/record.js';
import { type DomainView, domainView } from '../../policy/domainView.js';
import type { Domain } from '../../policy/facts.js';
import type { HttpDeps } from '../deps.js';
import { HttpProblem, notFound, problem, refusalProblem, unknownAccount } from '../problem.js';
import type { Context, Route } from '../route.js';
import { accountPath, afterQuery, domainSchema, everyone, problemSchema } from '../schemas.js';

/** A domain of an account under the policy in force. */
export function viewOf(deps: HttpDeps, accountId: string, name: string, domain: Domain): DomainView {
  const view = domainView(name, domain, recordsOf(accountId, deps.commands.policy().document.domains.provider));
  const lookedAt = deps.domainChecks.lookedAt(accountId, name) ?? null;
  // The log knows of the checks that found something new; this node also knows of its own that did not.
  const isLater = lookedAt !== null && lookedAt > (view.lastCheckAt ?? '');
  return isLater ? { ...view, lastCheckAt: lookedAt } : view;
}

/** @throws {HttpProblem} 404 */
async function existing({ deps, path }: Context): Promise<Account> {
  const account = await readAccount(deps.commands.store, path['accountId'] ?? '');
  if (account.revision === -1) throw unknownAccount();
  return account;
}

const reflected = { accountId: z.string(), revision: z.int(), position: z.string().nullable() };

const listDomains: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/domains',
  operationId: 'listDomains',
  tag: 'accounts',
  summary: 'The account’s sending domains, each with the DNS records to publish and what was found. Never stale.',
  roles: everyone,
  params: accountPath,
  query: afterQuery,
  responses: {
    200: { description: 'The domains.', schema: z.object({ ...reflected, domains: z.array(domainSchema) }) },
  },
  handle: async (context) => {
    const { accountId, revision, position, snapshot } = await existing(context);
    const domains = Object.entries(snapshot.context.facts.domains).map(([name, domain]) =>
      viewOf(context.deps, accountId, name, domain),
    );
    const body = { accountId, revision, position: position ?? null, domains };
    return { status: 200, body, headers: { ETag: `"${revision}"` } };
  },
};

const unknownDomain = (): HttpProblem =>
  notFound('The account has no such domain. Add it first: POST …/commands/add-domain.', 'unknown_domain');

/** Why there was no check, for whoever asked for it. */
const reasons: { readonly [W in LeftAlone]: () => HttpProblem } = {
  unknown_account: unknownAccount,
  unknown_domain: unknownDomain,
  closed: () => new HttpProblem(problem(409, 'closed', 'The account is closed; its domains are not checked any more.')),
  not_public: () =>
    new HttpProblem(
      problem(
        409,
        'domain_not_public',
        'This name cannot be in the public DNS: names such as *.example, *.test and *.local are set apart for documentation, tests and private use, and a name longer than 253 characters with its records does not fit. Add a domain that you own.',
      ),
    ),
  imported: () => new HttpProblem(problem(409, 'not_in_this_state', 'The account is history that was brought in.')),
};

function tooSoon(wait: number): HttpProblem {
  const seconds = Math.ceil(wait / 1_000);
  return new HttpProblem(
    problem(429, 'too_soon', `This domain was checked just now. Please try again in ${seconds} s.`),
    { 'Retry-After': String(seconds) },
  );
}

/** The domain as it is after the check, its records as this check found them. */
async function answerOf(context: Context, name: string, result: Extract<CheckResult, { kind: 'checked' }>) {
  const { verdict, recorded } = result;
  const { accountId, revision, position, snapshot } = await existing(context);
  const domain = entryOf(snapshot.context.facts.domains, name);
  if (domain === undefined) throw unknownDomain();
  const at = context.deps.domainChecks.lookedAt(accountId, name) ?? context.deps.commands.now();
  const view = viewOf(context.deps, accountId, name, { ...domain, lastCheck: { ...verdict, at } });
  return {
    accountId,
    revision,
    position: position ?? null,
    outcome: verdict.outcome,
    news: recorded?.kind === 'accepted',
    domain: view,
  };
}

const checkOnDemand: Route = {
  method: 'post',
  path: '/v1/accounts/{accountId}/domains/{domain}/check',
  operationId: 'checkDomain',
  tag: 'accounts',
  summary: 'Looks at a domain’s DNS records now, and records what was found; at most once in ten seconds.',
  roles: ['product', 'customer', 'reviewer', 'admin'],
  params: accountPath.extend({ domain: hostname }),
  responses: {
    200: {
      description: 'What was found. `news` says whether it differs from what the last check found.',
      schema: z.object({
        ...reflected,
        outcome: z.enum(['verified', 'failed', 'temporary_failure']),
        news: z.boolean(),
        domain: domainSchema,
      }),
    },
    429: {
      description: 'Checked less than ten seconds ago; see `Retry-After`.',
      schema: problemSchema,
      contentType: 'application/problem+json',
    },
  },
  handle: async (context) => {
    const { deps, path, principal, response } = context;
    const { accountId = '', domain = '' } = path;
    // Nobody learns of another domain by being told to wait for it, and only what is there is remembered.
    const known = (await existing(context)).snapshot.context.facts.domains;
    if (entryOf(known, domain) === undefined) throw unknownDomain();
    const wait = deps.domainChecks.waitOnDemand(accountId, domain);
    if (wait > 0) throw tooSoon(wait);
    const result = await deps.domainChecks.check({
      accountId,
      domain,
      commandId: `domains:asked:${randomId()}`,
      correlationId: String(response.locals['requestId']),
      onDemand: true,
    });
    if (result.kind === 'left_alone') throw reasons[result.why]();
    if (result.recorded?.kind === 'refused') throw refusalProblem(result.recorded, principal.type);
    const body = await answerOf(context, domain, result);
    return { status: 200, body, headers: { ETag: `"${body.revision}"` } };
  },
};

export const domainRoutes: readonly Route[] = [listDomains, checkOnDemand];
