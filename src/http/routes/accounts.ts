/** Questions about accounts. */
import { z } from 'zod';
import { publicItem, timelineKey, type TimelineItem } from '../../../projections/timeline.js';
import { guideOf } from '../../../projections/setupGuide.js';
import { readAccount } from '../../app/account.js';
import { accountView } from '../../app/accountView.js';
import { isInsider } from '../../app/answer.js';
import { recordsOf } from '../../domains/records.js';
import { mediaTypes } from '../../evidence/contentType.js';
import { statuses } from '../../policy/status.js';
import type { ProjectionRunner } from '../../readModels/runner.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { longestWait } from '../deps.js';
import { notUpToDate, unknownAccount } from '../problem.js';
import type { Context, Route } from '../route.js';
import {
  accountPath,
  accountView as accountViewSchema,
  afterQuery,
  everyone,
  insiders,
  page,
  presentGuideSchema,
  wholeNumber,
} from '../schemas.js';

/** Waits until a read model reflects `after`. @throws {HttpProblem} 503 when it takes too long */
export async function reflects(runner: ProjectionRunner<never>, { query }: Context): Promise<void> {
  const after = query['after'] as string | undefined;
  if (after !== undefined && !(await runner.waitFor(after, longestWait))) throw notUpToDate();
}

const showAccount: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}',
  operationId: 'getAccount',
  tag: 'accounts',
  summary: 'One account, folded from its stream: never stale.',
  roles: everyone,
  params: accountPath,
  query: afterQuery,
  responses: { 200: { description: 'The account.', schema: accountViewSchema } },
  handle: async ({ deps, path, principal }) => {
    const account = await readAccount(deps.commands.store, path['accountId'] ?? '');
    if (account.revision === -1) throw unknownAccount();
    const body = accountView(account, principal.type, deps.commands.now());
    return { status: 200, body, headers: { ETag: `"${account.revision}"` } };
  },
};

const setupGuide: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/setup-guide',
  operationId: 'getSetupGuide',
  tag: 'accounts',
  summary: 'The setup guide as the account’s own people see it.',
  roles: everyone,
  params: accountPath,
  query: afterQuery,
  responses: { 200: { description: 'The guide.', schema: presentGuideSchema } },
  handle: async (context) => {
    const runner = context.deps.readModels.setupGuide;
    await reflects(runner as never, context);
    const row = runner.row(context.path['accountId'] ?? '');
    if (row === undefined) throw unknownAccount();
    const { provider } = context.deps.commands.policy().document.domains;
    const { mostBytes } = context.deps.evidence;
    const evidence = { mostBytes, mediaTypes: Object.keys(mediaTypes) };
    return { status: 200, body: { ...guideOf(row, recordsOf(row.accountId, provider)), evidence } };
  },
};

const timelineQuery = afterQuery.extend({
  limit: wholeNumber(1, 1_000).optional().meta({ description: 'Items of a page; 100 unless given.' }),
  from: wholeNumber(0, 999_999_999).optional().meta({ description: 'From this revision on; all unless given.' }),
  cursor: z.string().max(500).optional(),
});

const timeline: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/timeline',
  operationId: 'getTimeline',
  tag: 'accounts',
  summary: 'What happened to the account, one item an event, oldest first. Customers see their part of it.',
  roles: everyone,
  params: accountPath,
  query: timelineQuery,
  responses: {
    200: { description: 'A page of items.', schema: page(z.looseObject({ revision: z.int(), type: z.string() })) },
  },
  handle: async (context) => {
    const { deps, query, principal } = context;
    const runner = deps.readModels.timeline;
    await reflects(runner as never, context);
    const accountId = context.path['accountId'] ?? '';
    const limit = (query['limit'] as number | undefined) ?? 100;
    const first = (query['from'] as number | undefined) ?? 0;
    const [after] = decodeCursor(query['cursor'] as string | undefined, 1) ?? [first - 1];
    const from = Number(after) < 0 ? '' : timelineKey(accountId, Number(after));
    const items = runner.store
      .byPrefix(runner.generation, `${accountId}/`, from, limit)
      .map((text) => JSON.parse(text) as TimelineItem);
    if (items.length === 0 && runner.row(timelineKey(accountId, 0)) === undefined) throw unknownAccount();
    const last = items.at(-1);
    const shown = isInsider(principal.type) ? items : items.map(publicItem).filter((item) => item !== undefined);
    const next = last === undefined || items.length < limit ? null : encodeCursor([last.revision]);
    return { status: 200, body: { items: shown, next, position: runner.position ?? null } };
  },
};

const funnel: Route = {
  method: 'get',
  path: '/v1/funnel',
  operationId: 'getFunnel',
  tag: 'accounts',
  summary: 'How many accounts are in each status, and how often verification was requested and decided.',
  roles: insiders,
  query: afterQuery,
  responses: {
    200: {
      description: 'Counts.',
      schema: z.object({
        statuses: z.record(z.string(), z.int()),
        totals: z.object({
          signups: z.int(),
          requests: z.int(),
          informationRequests: z.int(),
          withdrawals: z.int(),
          approvals: z.int(),
        }),
        position: z.string().nullable(),
      }),
    },
  },
  handle: async (context) => {
    const runner = context.deps.readModels.accounts;
    await reflects(runner as never, context);
    const sums = ['requests', 'information_requests', 'withdrawals', 'approvals'] as const;
    const rows = runner.store.aggregate(runner.generation, 'status', sums);
    const total = (column: string): number => rows.reduce((sum, row) => sum + Number(row[column]), 0);
    const counts = new Map(rows.map((row) => [row['status'], Number(row['count'])]));
    const body = {
      statuses: Object.fromEntries(statuses.map((status) => [status, counts.get(status) ?? 0])),
      totals: {
        signups: total('count'),
        requests: total('requests'),
        informationRequests: total('information_requests'),
        withdrawals: total('withdrawals'),
        approvals: total('approvals'),
      },
      position: runner.position ?? null,
    };
    return { status: 200, body };
  },
};

export const accountRoutes: readonly Route[] = [showAccount, setupGuide, timeline, funnel];
