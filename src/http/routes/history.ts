/** Accounts at a glance: as they were, and as they are. */
import { z } from 'zod';
import { accountView } from '../../app/accountView.js';
import { readAccountThen, sayNothingThen, type NothingThen, type Then } from '../../app/asOf.js';
import { readByWaypoints } from '../../app/waypoints.js';
import { instant } from '../../events/schemas.js';
import { glanceOf, historyView, rowOf } from '../../history/glance.js';
import { type HttpProblem, invalidParameter, notFound, unknownAccount } from '../problem.js';
import type { Context, Route } from '../route.js';
import {
  accountPath,
  accountView as accountViewSchema,
  afterQuery,
  gateDecision,
  insiders,
  setupGuideSchema,
  wholeNumber,
} from '../schemas.js';

const historyQuery = afterQuery.extend({
  revision: wholeNumber(0, 999_999_999).optional().meta({ description: 'After this event of the account.' }),
  at: instant.optional().meta({ description: 'At this instant, by when events happened (`occurredAt`).' }),
  known: instant
    .optional()
    .meta({ description: 'By what had been recorded by then: without history that was brought in later.' }),
});

const historySchema = accountViewSchema
  .extend({
    asOf: z.object({
      revision: z.int(),
      at: z.string().nullable(),
      known: z.string().nullable(),
      occurredAt: z.string().meta({ description: 'When the last event shown happened.' }),
      recordedAt: z.string().meta({ description: 'When it was written.' }),
    }),
    policyVersion: z.string().meta({ description: 'The policy then in force.' }),
    guide: setupGuideSchema,
    gate: z.array(gateDecision).meta({ description: 'The answer to each action, as if enforced.' }),
  })
  .meta({ id: 'AccountThen' });

const overviewSchema = accountViewSchema
  .extend({
    policyVersion: z.string().meta({ description: 'The policy in force.' }),
    guide: setupGuideSchema,
    gate: z.array(gateDecision).meta({ description: 'The answer to each action, in the mode that the gate runs in.' }),
  })
  .meta({ id: 'AccountOverview' });

/** @throws {HttpProblem} 422 unless there is exactly one of `revision` and `at` */
function thenOf({ query }: Context): Then {
  const { revision, at, known } = query as z.output<typeof historyQuery>;
  if (revision !== undefined && at !== undefined)
    throw invalidParameter('at', 'goes without revision: give one of the two');
  if (revision !== undefined) return { revision, known };
  if (at !== undefined) return { at, known };
  throw invalidParameter('revision', 'is required, or at: say as of which revision or instant');
}

const codes = { not_yet: 'not_yet', not_reached: 'unknown_revision' } as const;

function nothingThere(accountId: string, then: Then, nothing: NothingThen): HttpProblem {
  if (nothing.kind === 'unknown') return unknownAccount();
  return notFound(sayNothingThen(accountId, then, nothing), codes[nothing.kind]);
}

const history: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/history',
  operationId: 'getAccountHistory',
  tag: 'accounts',
  summary: 'One account as it was: state, guide and gate, with the policy then in force.',
  description:
    'Give `revision` or `at`. By `at` the account is the longest beginning of its stream of which every event had happened ' +
    'by then; with `known`, and been recorded by then. The policy is the last one published before that revision, or by ' +
    'that instant; for history from before the first policy, the one that the event names. `allowedCommands` is judged at ' +
    'the instant asked for, or at the time of the event. An instant still to come shows what holds if nothing happens.',
  roles: insiders,
  params: accountPath,
  query: historyQuery,
  responses: { 200: { description: 'The account as it was.', schema: historySchema } },
  handle: async (context) => {
    const { deps, path, principal } = context;
    const then = thenOf(context);
    const accountId = path['accountId'] ?? '';
    const found = await readAccountThen(deps.commands.store, accountId, then, deps.waypoints);
    if (found.kind !== 'found') throw nothingThere(accountId, then, found);
    const headers = { ETag: `"${found.account.revision}"` };
    return { status: 200, body: historyView(found, principal.type), headers };
  },
};

const overview: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/overview',
  operationId: 'getAccountOverview',
  tag: 'accounts',
  summary: 'One account as it is: state, guide, and the gate’s answer to every action, in one answer.',
  description:
    'What `history` tells of the past, told of now: folded from the stream, so never stale, under the policy in force and ' +
    'in the mode that the gate runs in.',
  roles: insiders,
  params: accountPath,
  responses: { 200: { description: 'The account as it is.', schema: overviewSchema } },
  handle: async ({ deps, path, principal }) => {
    const account = await readByWaypoints(deps.commands.store, path['accountId'] ?? '', deps.waypoints);
    const row = rowOf(account);
    if (row === undefined) throw unknownAccount();
    const view = accountView(account, principal.type, deps.commands.now());
    const glance = glanceOf(row, deps.commands.policy().document, deps.gateMode);
    return { status: 200, body: { ...view, ...glance }, headers: { ETag: `"${account.revision}"` } };
  },
};

export const historyRoutes: readonly Route[] = [history, overview];
