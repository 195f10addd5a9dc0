/** Every transition of every account, filtered. */
import { z } from 'zod';
import { accountMachine } from '../../../machines/account.js';
import { reasonListed, type Transition } from '../../../projections/transitions.js';
import { type CommandName, commandNames, kebabName } from '../../commands/catalogue.js';
import { eventTypes } from '../../events/catalogue.js';
import { accountStream } from '../../events/envelope.js';
import { id, instant } from '../../events/schemas.js';
import { actorTypes, reasonCodes } from '../../events/vocabulary.js';
import { search } from '../../readModels/search.js';
import type { RowScan, ScanCondition } from '../../readModels/store.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import type { Context, Route } from '../route.js';
import { afterQuery, insiders, page, stateValue, wholeNumber } from '../schemas.js';
import { reflects } from './accounts.js';

/** So many rows are looked at before others get their turn, and so many for one answer. */
const window = 2_000;
const mostLookedAt = 500_000;

/** The states of a region, as the chart names them. */
function statesOf(region: string): string[] {
  return Object.keys(accountMachine.states[region]?.states ?? {});
}

const verificationStates = statesOf('verification');
const standings = statesOf('standing');

/** A command by its name or as it stands in paths: `ApproveVerification`, `approve-verification`. */
const commandsByName = new Map<string, CommandName>(
  commandNames.flatMap((name) => [
    [name, name],
    [kebabName(name), name],
  ]),
);

const transitionsQuery = afterQuery.extend({
  account: id.optional(),
  actor: id.optional().meta({ description: 'Who acted, by id.' }),
  actorType: z.enum(actorTypes).optional(),
  command: z
    .enum([...commandsByName.keys()])
    .optional()
    .meta({ description: 'The command that led to it: `ApproveVerification` or `approve-verification`.' }),
  commandId: id.optional(),
  type: z.enum(eventTypes).optional().meta({ description: 'The type of the event.' }),
  state: z
    .enum(verificationStates)
    .optional()
    .meta({ description: 'The verification state that it led to or left; moves within a state are not meant.' }),
  fromState: z.enum(verificationStates).optional().meta({ description: 'The verification state that it left.' }),
  toState: z.enum(verificationStates).optional().meta({ description: 'The verification state that it led to.' }),
  standing: z.enum(standings).optional().meta({ description: 'The standing that it led to.' }),
  reason: z.enum(reasonCodes).optional().meta({
    description: 'A reason code of the decision, of a question that was asked, or of what screening found to fail.',
  }),
  since: instant.optional().meta({ description: 'Happened then or later (`occurredAt`).' }),
  until: instant.optional().meta({ description: 'Happened before then (`occurredAt`).' }),
  changed: z.literal('true').optional().meta({ description: 'Only events that changed the state of the chart.' }),
  order: z.enum(['asc', 'desc']).optional().meta({ description: 'In log order, or the latest first.' }),
  limit: wholeNumber(1, 1_000).optional().meta({ description: 'Items of a page; 100 unless given.' }),
  cursor: z.string().max(500).optional(),
});
type Query = z.output<typeof transitionsQuery>;

const transitionSchema = z
  .object({
    position: z.string(),
    accountId: z.string(),
    revision: z.int(),
    id: z.string(),
    type: z.string(),
    occurredAt: z.string(),
    recordedAt: z.string(),
    imported: z.boolean(),
    actor: z.object({ type: z.enum(actorTypes), id: z.string() }),
    onBehalfOf: z.string().nullable(),
    command: z.string(),
    commandId: z.string(),
    from: stateValue.nullable(),
    to: stateValue.nullable(),
    reasons: z.array(z.enum(reasonCodes)),
    policyVersion: z.string().nullable(),
    hash: z.string(),
  })
  .meta({ id: 'Transition' });

function equal(column: string, value: ScanCondition['value']): ScanCondition {
  return { columns: [column], op: '=', value };
}

/** The filters as conditions; those that were not given hold for every row. */
function conditions(query: Query): ScanCondition[] {
  const { command, reason, changed } = query;
  return [
    equal('actor', query.actor),
    equal('actor_type', query.actorType),
    equal('command', command === undefined ? undefined : commandsByName.get(command)),
    equal('command_id', query.commandId),
    equal('type', query.type),
    { columns: ['from_state', 'to_state'], op: '=', value: query.state },
    equal('from_state', query.fromState),
    equal('to_state', query.toState),
    equal('standing', query.standing),
    { columns: ['reasons'], op: 'contains', value: reason === undefined ? undefined : reasonListed(reason) },
    { columns: ['occurred_at'], op: '>=', value: query.since },
    { columns: ['occurred_at'], op: '<', value: query.until },
    equal('changed', changed === undefined ? undefined : 1),
  ];
}

/** What need not be looked at: an account's stream says which transitions are its own; actors have an index. */
async function narrowed({ deps }: Context, { account, actor }: Query): Promise<Pick<RowScan, 'within'>> {
  if (account === undefined) return actor === undefined ? {} : { within: { column: 'actor', value: actor } };
  const keys: string[] = [];
  for await (const { position } of deps.commands.store.read(accountStream(account))) keys.push(position);
  return { within: { keys } };
}

const listTransitions: Route = {
  method: 'get',
  path: '/v1/transitions',
  operationId: 'listTransitions',
  tag: 'log',
  summary: 'What happened to accounts, in log order: who moved what, by which command, from where to where, and why.',
  description:
    `All filters given must be met. An answer looks at no more than ${mostLookedAt} transitions, so that a page may hold ` +
    'fewer than `limit`, even none, and more may follow: go on with `next` until it is null. Filters by `account` and ' +
    '`actor` look at theirs only.',
  roles: insiders,
  query: transitionsQuery,
  responses: { 200: { description: 'A page of transitions.', schema: page(transitionSchema) } },
  handle: async (context) => {
    const runner = context.deps.readModels.transitions;
    await reflects(runner as never, context);
    const query = context.query as Query;
    const [after] = decodeCursor(query.cursor, 1) ?? [];
    const { rows, next } = await search(runner, {
      ...(await narrowed(context, query)),
      where: conditions(query),
      order: query.order ?? 'asc',
      after: after === undefined ? undefined : String(after),
      limit: query.limit ?? 100,
      window,
      most: mostLookedAt,
    });
    const body = {
      items: rows.map((text) => JSON.parse(text) as Transition),
      next: next === undefined ? null : encodeCursor([next]),
      position: runner.position ?? null,
    };
    return { status: 200, body };
  },
};

export const transitionRoutes: readonly Route[] = [listTransitions];
