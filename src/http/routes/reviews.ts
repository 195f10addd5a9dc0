/** The review queue. */
import { z } from 'zod';
import { type ReviewRow, reviewStates } from '../../../projections/reviewQueue.js';
import { id, requirement } from '../../events/schemas.js';
import { readAccount } from '../../app/account.js';
import { verdictsFor } from '../../commands/verdicts.js';
import { type Instant, plusHours } from '../../events/time.js';
import { reasonCodes } from '../../events/vocabulary.js';
import { mailReference } from '../../mail/reference.js';
import { answerBy } from '../../policy/facts.js';
import { standingOf, suspensionAppealOf } from '../../policy/status.js';
import { missingToApprove } from '../../policy/requirements.js';
import type { RowQuery } from '../../readModels/store.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { unknownAccount } from '../problem.js';
import type { Context, Route } from '../route.js';
import { accountPath, afterQuery, insiders, page, wholeNumber } from '../schemas.js';
import { reflects } from './accounts.js';

const reviewsQuery = afterQuery.extend({
  state: z.enum(reviewStates).optional(),
  reviewer: id.optional().meta({ description: 'Assigned to this reviewer; `none`: to nobody.' }),
  waitingHours: wholeNumber(0, 100_000).optional().meta({ description: 'Waiting for at least so many hours.' }),
  overdue: z.literal('true').optional().meta({ description: 'Only those that were to be decided by now.' }),
  limit: wholeNumber(1, 200).optional(),
  cursor: z.string().max(500).optional(),
});

const reviewSchema = z
  .looseObject({
    accountId: z.string(),
    review: z.enum(reviewStates).nullable(),
    suspensionAppeal: z.boolean(),
    waitingSince: z.string().nullable(),
    decideBy: z.string().nullable(),
    overdue: z.boolean(),
    escalations: z.array(z.object({ at: z.string(), by: z.string(), to: z.string(), reason: z.string() })),
    revision: z.int(),
    form: z.looseObject({}).nullable(),
    evidence: z.array(z.looseObject({})),
    findings: z.array(z.looseObject({})),
    rounds: z.array(z.looseObject({})),
    notes: z.array(z.looseObject({})),
    questionsUnreachable: z
      .boolean()
      .meta({ description: 'No mail with the questions went out; the time to answer stands still.' }),
    unreachableContacts: z.array(z.string()).meta({ description: 'Addresses that the last mail did not reach.' }),
    mailReference: z.string().meta({ description: 'As it stands in mails to this account.' }),
  })
  .meta({ id: 'Review' });

/** One review with what the reader may do about it. */
const pageSchema = reviewSchema
  .extend({
    secondPerson: z.object({
      compulsory: z.boolean(),
      proposedBy: z.string().nullable(),
      proposedAt: z.string().nullable(),
    }),
    allowedCommands: z.array(z.string()),
    refusedCommands: z.array(z.object({ command: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'ReviewPage' });

/** A row as reviewers read it. */
function reviewView({ facts, ...row }: ReviewRow, now: Instant): object {
  const { standing } = facts;
  return {
    ...row,
    overdue: row.decideBy !== null && now >= row.decideBy,
    standing: {
      state: standingOf(row.state),
      since: standing?.at ?? null,
      reasons: standing?.reasons ?? [],
      appeal: suspensionAppealOf(row.state),
    },
    company: facts.company ?? null,
    assignee: facts.assignee ?? null,
    proposal: facts.proposal ?? null,
    waived: facts.waived,
    missing: missingToApprove(facts),
    respondBy: facts.information === undefined ? null : answerBy(facts.information),
    // Nobody runs out of time with questions that reached nobody: see `ExpireInformationRequest`.
    questionsUnreachable: facts.information?.unreachable === true,
    unreachableContacts: facts.unreachableContacts ?? [],
    mailReference: mailReference(row.accountId),
    profile: facts.profile,
    channels: facts.channels,
    domains: facts.domains,
    decision: facts.decision ?? null,
  };
}

function filters({ query, deps }: Context): NonNullable<RowQuery['where']> {
  const { state, reviewer, waitingHours, overdue } = query as {
    state?: string;
    reviewer?: string;
    waitingHours?: number;
    overdue?: 'true';
  };
  const where: { column: string; op: '=' | '<=' | 'is not null' | 'is null'; value?: string | null }[] = [
    state === undefined
      ? { column: 'review', op: 'is not null' }
      : // An appeal against a suspension may wait beside a review.
        state === 'suspension_appeal'
        ? { column: 'suspension_appeal', op: 'is not null' }
        : { column: 'review', op: '=', value: state },
  ];
  if (reviewer === 'none') where.push({ column: 'reviewer', op: 'is null' });
  else if (reviewer !== undefined) where.push({ column: 'reviewer', op: '=', value: reviewer });
  if (waitingHours !== undefined) {
    where.push({ column: 'waiting_since', op: '<=', value: plusHours(deps.commands.now(), -waitingHours) });
  }
  if (overdue === 'true') where.push({ column: 'decide_by', op: '<=', value: deps.commands.now() });
  return where;
}

const listReviews: Route = {
  method: 'get',
  path: '/v1/reviews',
  operationId: 'listReviews',
  tag: 'reviews',
  summary: 'What waits for reviewers, the longest first.',
  roles: insiders,
  query: reviewsQuery,
  responses: { 200: { description: 'A page of the queue.', schema: page(reviewSchema) } },
  handle: async (context) => {
    const { deps, query } = context;
    const runner = deps.readModels.reviewQueue;
    await reflects(runner as never, context);
    const limit = (query['limit'] as number | undefined) ?? 50;
    const after = decodeCursor(query['cursor'] as string | undefined, 2);
    const rows = runner.store
      .query(runner.generation, {
        where: filters(context),
        orderBy: ['waiting_since', 'key'],
        ...(after === undefined ? {} : { after }),
        limit,
      })
      .map((text) => JSON.parse(text) as ReviewRow);
    const last = rows.at(-1);
    const next = last === undefined || rows.length < limit ? null : encodeCursor([last.waitingSince, last.accountId]);
    return {
      status: 200,
      body: { items: rows.map((row) => reviewView(row, deps.commands.now())), next, position: runner.position ?? null },
    };
  },
};

const showReview: Route = {
  method: 'get',
  path: '/v1/reviews/{accountId}',
  operationId: 'getReview',
  tag: 'reviews',
  summary: 'All that a reviewer needs to decide about one account.',
  roles: insiders,
  params: accountPath,
  query: afterQuery,
  responses: { 200: { description: 'The review.', schema: pageSchema } },
  handle: async (context) => {
    const { deps, path, principal } = context;
    const runner = deps.readModels.reviewQueue;
    await reflects(runner as never, context);
    const row = runner.row(path['accountId'] ?? '');
    if (row === undefined) throw unknownAccount();
    const [now, policy] = [deps.commands.now(), deps.commands.policy()];
    // What may be done is said of the revision that is shown, by the chart itself.
    const { snapshot } = await readAccount(deps.commands.store, row.accountId, row.revision);
    const { proposal } = row.facts;
    const body = {
      ...reviewView(row, now),
      secondPerson: {
        compulsory: policy.document.review.secondPerson,
        proposedBy: proposal?.by ?? null,
        proposedAt: proposal?.at ?? null,
      },
      policyVersion: policy.version,
      ...verdictsFor({ type: principal.type, id: principal.id }, snapshot, policy.document, now),
    };
    return { status: 200, body, headers: { ETag: `"${row.revision}"` } };
  },
};

const templates: Route = {
  method: 'get',
  path: '/v1/review-templates',
  operationId: 'listReviewTemplates',
  tag: 'reviews',
  summary: 'Questions to the customer by reason code, as the policy in force has them.',
  roles: insiders,
  responses: {
    200: {
      description: 'Templates.',
      schema: z.object({
        policyVersion: z.string(),
        items: z.array(z.object({ reasonCode: z.enum(reasonCodes), requirement, message: z.string() })),
      }),
    },
  },
  handle: async ({ deps }) => {
    const { version, document } = deps.commands.policy();
    const items = Object.entries(document.questions).map(([reasonCode, question]) => ({ reasonCode, ...question }));
    return { status: 200, body: { policyVersion: version, items } };
  },
};

export const reviewRoutes: readonly Route[] = [listReviews, showReview, templates];
