/** Backtests: what another policy would have decided, worked out beside the gate. */
import { z } from 'zod';
import { policyNamed } from '../../app/policySource.js';
import { type BacktestRun, isOver } from '../../backtestRuns/run.js';
import { checkPolicy, isPublishable, type PolicyProblem } from '../../policy/checkPolicy.js';
import type { PolicyDocument } from '../../policy/policy.js';
import { backtestBody, difference, outcome, problemOfPolicy, run, runSummary } from '../backtestSchemas.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { HttpProblem, invalidField, notFound, problem } from '../problem.js';
import type { Context, Route } from '../route.js';
import { insiders, page, wholeNumber } from '../schemas.js';

const path = z.object({ backtestId: z.uuid() });

/** Who asks for backtests: whoever studies history, and whoever puts policies in force. */
const askers = ['auditor', 'analyst', 'admin'] as const;

function summaryOf({ candidate, result: _result, ...rest }: BacktestRun): object {
  return { ...rest, policyVersion: candidate.version };
}

function viewOf(one: BacktestRun): object {
  return { ...summaryOf(one), policy: one.candidate, result: one.result };
}

const unknownRun = (): HttpProblem =>
  notFound('There is no such backtest, or it made room for later ones. See /v1/backtests.', 'unknown_backtest');

/** The candidate and the warnings that it comes with. @throws {HttpProblem} 422 */
function candidateOf({ body, deps }: Context): { document: PolicyDocument; warnings: readonly PolicyProblem[] } {
  const { policy, policyVersion } = body as z.output<typeof backtestBody>;
  if (policy !== undefined && policyVersion !== undefined) {
    throw invalidField('/policyVersion', 'leave it out where the policy itself is given');
  }
  if (policyVersion !== undefined) {
    const published = policyNamed(deps.policies.published, policyVersion);
    if (published !== undefined) return { document: published.document, warnings: [] };
    throw invalidField('/policyVersion', 'no policy of this version was published; see /v1/policies');
  }
  if (policy === undefined)
    throw invalidField('/policy', 'give the policy to try, or the policyVersion of a published one');
  const problems = checkPolicy(policy);
  if (isPublishable(problems)) return { document: policy, warnings: problems };
  const errors = problems.map(({ pointer, problem: what, remedy, severity }) => ({
    in: 'body',
    pointer: `/policy${pointer}`,
    detail: `${what}. ${remedy}`,
    severity,
  }));
  throw new HttpProblem(problem(422, 'invalid_policy', 'The policy cannot be meant so. See `errors`.', { errors }));
}

const startBacktest: Route = {
  method: 'post',
  path: '/v1/backtests',
  operationId: 'startBacktest',
  tag: 'analytics',
  summary: 'Decides the requests of the log again by another policy; no check runs again.',
  description:
    'It runs beside everything else, one at a time; ask for it by its `id` meanwhile. 503 when several wait already. ' +
    'The policy is checked as publishing does, and nothing is published.',
  roles: askers,
  body: backtestBody,
  responses: {
    202: {
      description: 'It runs, or waits for its turn. `warnings`: parts of the policy that have no effect.',
      schema: run.extend({ warnings: z.array(problemOfPolicy) }),
    },
  },
  handle: async (context) => {
    const { deps, principal } = context;
    const { since, until } = context.body as z.output<typeof backtestBody>;
    const { document, warnings } = candidateOf(context);
    if (since !== undefined && until !== undefined && since >= until) {
      throw invalidField('/since', 'must be before until');
    }
    const asked = { candidate: document, since, until };
    const started = deps.backtests.start(asked, { type: principal.type, id: principal.id });
    if (started === undefined) {
      const detail = 'Several backtests wait or run already. Ask again when one is over, or end one.';
      throw new HttpProblem(problem(503, 'busy', detail), { 'Retry-After': '10' });
    }
    const headers = { Location: `/v1/backtests/${started.id}` };
    return { status: 202, body: { ...viewOf(started), warnings }, headers };
  },
};

const listBacktests: Route = {
  method: 'get',
  path: '/v1/backtests',
  operationId: 'listBacktests',
  tag: 'analytics',
  summary: 'The latest backtests of this node, the newest first. A few are kept.',
  roles: insiders,
  responses: { 200: { description: 'Backtests.', schema: z.object({ items: z.array(runSummary) }) } },
  handle: async ({ deps }) => ({ status: 200, body: { items: deps.backtests.list().map(summaryOf) } }),
};

const showBacktest: Route = {
  method: 'get',
  path: '/v1/backtests/{backtestId}',
  operationId: 'getBacktest',
  tag: 'analytics',
  summary: 'One backtest: how far it came, and what it found once it is over.',
  roles: insiders,
  params: path,
  responses: { 200: { description: 'The backtest.', schema: run } },
  handle: async ({ deps, path: { backtestId = '' } }) => {
    const found = deps.backtests.get(backtestId);
    if (found === undefined) throw unknownRun();
    return { status: 200, body: viewOf(found) };
  },
};

const differencesQuery = z.strictObject({
  was: outcome.optional().meta({ description: 'Only where screening led to this.' }),
  becomes: outcome.optional().meta({ description: 'Only where the candidate’s screening leads to this.' }),
  approval: z.literal('refused').optional().meta({ description: 'Only where it refuses a person’s approval.' }),
  limit: wholeNumber(1, 500).optional().meta({ description: 'Requests of a page; 100 unless given.' }),
  cursor: z.string().max(500).optional(),
});

type DifferencesQuery = z.output<typeof differencesQuery>;

const listDifferences: Route = {
  method: 'get',
  path: '/v1/backtests/{backtestId}/differences',
  operationId: 'listBacktestDifferences',
  tag: 'analytics',
  summary: 'The requests that the candidate decides otherwise, in the order of the log.',
  description:
    '`revision` is that of the request in the account’s stream. `rule` says why, `missing` and `doubts` on what it ' +
    'rests, `later` what became of the sender. While the backtest runs, `next` leads on to those that come.',
  roles: insiders,
  params: path,
  query: differencesQuery,
  responses: { 200: { description: 'A page.', schema: page(difference).omit({ position: true }) } },
  handle: async ({ deps, path: { backtestId = '' }, query }) => {
    const found = deps.backtests.get(backtestId);
    if (found === undefined) throw unknownRun();
    const asked = query as DifferencesQuery;
    const [from] = decodeCursor(asked.cursor, 1) ?? [0];
    if (typeof from !== 'number') throw new HttpProblem(problem(400, 'malformed_cursor', 'Use the value of `next`.'));
    const limit = asked.limit ?? 100;
    const rows = deps.backtests.differences(backtestId, {
      before: asked.was,
      after: asked.becomes,
      refused: asked.approval === undefined ? undefined : true,
      from,
      limit,
    });
    const isLast = rows.length < limit && isOver(found);
    return {
      status: 200,
      body: {
        items: rows.map(({ number, request }) => ({ number, ...request })),
        next: isLast ? null : encodeCursor([rows.at(-1)?.number ?? from]),
      },
    };
  },
};

const endQuery = z.strictObject({
  keep: z
    .literal('true')
    .optional()
    .meta({ description: 'Only end it: one that is over meanwhile stays as it is, and is not forgotten.' }),
});

const endBacktest: Route = {
  method: 'delete',
  path: '/v1/backtests/{backtestId}',
  operationId: 'endBacktest',
  tag: 'analytics',
  summary: 'Ends a backtest that is under way, and keeps what it has found; forgets one that is over.',
  roles: askers,
  params: path,
  query: endQuery,
  responses: { 200: { description: 'The backtest, as it was or is now.', schema: run } },
  handle: async ({ deps, path: { backtestId = '' }, query }) => {
    const { keep } = query as z.output<typeof endQuery>;
    const ended = await deps.backtests.end(backtestId, keep === 'true');
    if (ended === undefined) throw unknownRun();
    return { status: 200, body: viewOf(ended) };
  },
};

export const backtestRoutes: readonly Route[] = [
  startBacktest,
  listBacktests,
  showBacktest,
  listDifferences,
  endBacktest,
];
