/** The review queue. */
import { z } from 'zod';
import { type ReviewRow, reviewStates } from '../../../projections/reviewQueue.js';
import { id } from '../../events/schemas.js';
import { plusHours } from '../../events/time.js';
import { mailReference } from '../../mail/reference.js';
import { answerBy } from '../../policy/facts.js';
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
  limit: wholeNumber(1, 200).optional(),
  cursor: z.string().max(500).optional(),
});

const reviewSchema = z
  .looseObject({
    accountId: z.string(),
    review: z.enum(reviewStates).nullable(),
    suspensionAppeal: z.boolean(),
    waitingSince: z.string().nullable(),
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

/** A row as reviewers read it. */
function reviewView({ facts, ...row }: ReviewRow): object {
  return {
    ...row,
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
  const { state, reviewer, waitingHours } = query as { state?: string; reviewer?: string; waitingHours?: number };
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
    return { status: 200, body: { items: rows.map(reviewView), next, position: runner.position ?? null } };
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
  responses: { 200: { description: 'The review.', schema: reviewSchema } },
  handle: async (context) => {
    const runner = context.deps.readModels.reviewQueue;
    await reflects(runner as never, context);
    const row = runner.row(context.path['accountId'] ?? '');
    if (row === undefined) throw unknownAccount();
    return { status: 200, body: reviewView(row), headers: { ETag: `"${row.revision}"` } };
  },
};

export const reviewRoutes: readonly Route[] = [listReviews, showReview];
