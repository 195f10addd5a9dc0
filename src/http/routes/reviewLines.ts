/** The review queue at a glance: a short line for each review, and how many there are. */
import { z } from 'zod';
import { type ReviewRow, type ReviewState, reviewStates } from '../../../projections/reviewQueue.js';
import { id, requirement } from '../../events/schemas.js';
import type { Instant } from '../../events/time.js';
import { answerBy } from '../../policy/facts.js';
import { missingToApprove } from '../../policy/requirements.js';
import { standingOf, statusOf } from '../../policy/status.js';
import { invalidParameter } from '../problem.js';
import { conditions, type QueueQuery, queuePage, queueQuery } from '../reviewFilters.js';
import type { Route } from '../route.js';
import { afterQuery, insiders, page, status, wholeNumber } from '../schemas.js';
import { reflects } from './accounts.js';

const lineSchema = z
  .object({
    accountId: z.string(),
    company: z.string().nullable(),
    status: status.nullable(),
    standing: z.string(),
    review: z.enum(reviewStates).nullable().meta({ description: 'Null: it waits for no reviewer any more.' }),
    suspensionAppeal: z.boolean(),
    appeal: z.boolean().meta({ description: 'The review decides an appeal against a rejection or a revocation.' }),
    waitingSince: z.string().nullable(),
    decideBy: z.string().nullable(),
    overdue: z.boolean(),
    assignee: z.string().nullable(),
    proposedBy: z.string().nullable(),
    escalatedTo: z.string().nullable(),
    missing: z.array(requirement).meta({ description: 'What is missing for approval.' }),
    respondBy: z.string().nullable(),
    requests: z.int(),
    revision: z.int(),
  })
  .meta({ id: 'ReviewLine' });

function lineOf(row: ReviewRow, now: Instant): z.input<typeof lineSchema> {
  const { accountId, facts, state, review, suspensionAppeal, waitingSince, decideBy, escalations, requests } = row;
  return {
    accountId,
    company: facts.company ?? null,
    status: statusOf(state) ?? null,
    standing: standingOf(state),
    review,
    suspensionAppeal,
    appeal: facts.decision?.appeal === 'open',
    waitingSince,
    decideBy,
    overdue: decideBy !== null && now >= decideBy,
    assignee: facts.assignee ?? null,
    proposedBy: facts.proposal?.by ?? null,
    escalatedTo: escalations.at(-1)?.to ?? null,
    missing: missingToApprove(facts).map((one) => one.requirement),
    respondBy: facts.information === undefined ? null : answerBy(facts.information),
    requests,
    revision: row.revision,
  };
}

const mostAccounts = 100;

const linesQuery = queueQuery.extend({
  limit: wholeNumber(1, 1_000).optional().meta({ description: 'Lines of a page; 50 unless given.' }),
  accounts: z
    .string()
    .max(mostAccounts * 129)
    .optional()
    .meta({
      description: `In place of filters: the lines of these accounts, whether they wait or not. Up to ${mostAccounts} ids with commas between.`,
    }),
});

/** @throws {HttpProblem} 422 */
function idsOf(accounts: string): string[] {
  const ids = [...new Set(accounts.split(','))];
  const wrong = ids.find((one) => !id.safeParse(one).success);
  if (wrong !== undefined) throw invalidParameter('accounts', 'must be account ids with commas between');
  if (ids.length > mostAccounts) throw invalidParameter('accounts', `must be at most ${mostAccounts} ids`);
  return ids;
}

const listLines: Route = {
  method: 'get',
  path: '/v1/review-lines',
  operationId: 'listReviewLines',
  tag: 'reviews',
  summary: 'The review queue in short lines, the longest waiting first.',
  roles: insiders,
  query: linesQuery,
  responses: { 200: { description: 'A page of the queue.', schema: page(lineSchema) } },
  handle: async (context) => {
    const { deps, query } = context;
    const runner = deps.readModels.reviewQueue;
    await reflects(runner as never, context);
    const now = deps.commands.now();
    const { accounts } = query as { accounts?: string };
    const { rows, next } =
      accounts === undefined
        ? queuePage(deps.readModels, query as QueueQuery, now)
        : { rows: idsOf(accounts).flatMap((one) => runner.row(one) ?? []), next: null };
    return {
      status: 200,
      body: { items: rows.map((row) => lineOf(row, now)), next, position: runner.position ?? null },
    };
  },
};

const countsSchema = z
  .object({
    all: z.int(),
    mine: z.int().meta({ description: 'Assigned to the actor of the token.' }),
    unassigned: z.int(),
    overdue: z.int(),
    states: z.record(z.enum(reviewStates), z.int()).meta({
      description: 'An appeal against a suspension may wait beside a review: it is then counted under both.',
    }),
    position: z.string().nullable(),
  })
  .meta({ id: 'ReviewCounts' });

const counts: Route = {
  method: 'get',
  path: '/v1/review-counts',
  operationId: 'getReviewCounts',
  tag: 'reviews',
  summary: 'How many reviews wait: in all, with the asker, with nobody, overdue, and in each state.',
  roles: insiders,
  query: afterQuery,
  responses: { 200: { description: 'Counts.', schema: countsSchema } },
  handle: async (context) => {
    const { deps, principal } = context;
    const runner = deps.readModels.reviewQueue;
    await reflects(runner as never, context);
    const now = deps.commands.now();
    const count = (filters: Parameters<typeof conditions>[0]): number =>
      runner.store.count(runner.generation, conditions(filters, now));
    const states = Object.fromEntries(reviewStates.map((state) => [state, count({ state })]));
    const body: z.input<typeof countsSchema> = {
      all: count({}),
      mine: count({ reviewer: principal.id }),
      unassigned: count({ reviewer: 'none' }),
      overdue: count({ overdue: 'true' }),
      states: states as Record<ReviewState, number>,
      position: runner.position ?? null,
    };
    return { status: 200, body };
  },
};

export const reviewLineRoutes: readonly Route[] = [listLines, counts];
