/** The review queue. */
import { z } from 'zod';
import type { ReviewRow } from '../../../projections/reviewQueue.js';
import { requirement } from '../../events/schemas.js';
import { readAccount } from '../../app/account.js';
import { verdictsFor } from '../../commands/verdicts.js';
import type { Instant } from '../../events/time.js';
import { reasonCodes } from '../../events/vocabulary.js';
import { mailReference } from '../../mail/reference.js';
import { type AccountFacts, answerBy } from '../../policy/facts.js';
import { standingOf, statusOf, suspensionAppealOf } from '../../policy/status.js';
import { missingToApprove } from '../../policy/requirements.js';
import { unknownAccount } from '../problem.js';
import { type QueueQuery, queuePage, queueQuery } from '../reviewFilters.js';
import { reviewPageSchema, reviewSchema } from '../reviewSchemas.js';
import type { Route } from '../route.js';
import { accountPath, afterQuery, insiders, page } from '../schemas.js';
import { reflects } from './accounts.js';

type Proposal = NonNullable<AccountFacts['proposal']>;

/** What the author of the standing proposal wrote beside it. */
function noteOfProposal({ notes }: Pick<ReviewRow, 'notes'>, { by, at }: Proposal): string | null {
  const own = notes.findLast((note) => note.event === 'ApprovalProposed' && note.by === by && note.at === at);
  return own?.text ?? null;
}

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
    status: statusOf(row.state) ?? null,
    owner: {
      email: facts.ownerEmail ?? null,
      holder: facts.holder ?? null,
      signedUpAt: facts.signedUpAt ?? null,
    },
    contacts: facts.contacts,
    assignee: facts.assignee ?? null,
    proposal: facts.proposal === undefined ? null : { ...facts.proposal, note: noteOfProposal(row, facts.proposal) },
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
    scope: facts.scope ?? null,
  };
}

const listReviews: Route = {
  method: 'get',
  path: '/v1/reviews',
  operationId: 'listReviews',
  tag: 'reviews',
  summary: 'What waits for reviewers, the longest first.',
  roles: insiders,
  query: queueQuery,
  responses: { 200: { description: 'A page of the queue.', schema: page(reviewSchema) } },
  handle: async (context) => {
    const { deps, query } = context;
    const runner = deps.readModels.reviewQueue;
    await reflects(runner as never, context);
    const { rows, next } = queuePage(deps.readModels, query as QueueQuery, deps.commands.now());
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
  responses: { 200: { description: 'The review.', schema: reviewPageSchema } },
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
