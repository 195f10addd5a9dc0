/** The list of accounts, and looking for one by what is known of it. */
import { z } from 'zod';
import { type AccountLine, sought } from '../../../projections/accounts.js';
import { wellFormed } from '../../events/schemas.js';
import { statuses } from '../../policy/status.js';
import { search } from '../../readModels/search.js';
import { decodeCursor, encodeCursor, malformedCursor } from '../cursor.js';
import { invalidParameter } from '../problem.js';
import type { Context, Route } from '../route.js';
import { afterQuery, insiders, page, wholeNumber } from '../schemas.js';
import { reflects } from './accounts.js';

/** So many accounts are looked at before others get their turn, and so many for one answer. */
const window = 2_000;
const mostLookedAt = 500_000;

/** What people have at hand when they look for an account: of an address, its domain is what the list knows. */
export function soughtFor(q: string): string {
  const host = /^https?:\/\//i.test(q) && URL.canParse(q) ? new URL(q).hostname : q;
  const address = /^\S+@(?<domain>[^\s@]+)$/.exec(host);
  return sought(address?.groups?.['domain'] ?? host);
}

const accountsQuery = afterQuery.extend({
  q: wellFormed(z.string().trim().max(256))
    .refine((text) => soughtFor(text) !== '', { error: 'must have a letter or a digit' })
    .optional()
    .meta({
      description:
        'A part of the account’s id, company, website’s host, sending domains, or of the domains of its people’s addresses; ' +
        'capitals and accents do not matter. An e-mail address or a web address stands for its domain.',
    }),
  status: z.enum(statuses).optional(),
  order: z.enum(['asc', 'desc']).optional().meta({ description: 'The oldest first, or the newest; without `q`.' }),
  limit: wholeNumber(1, 500).optional().meta({ description: 'Items of a page; 100 unless given.' }),
  cursor: z.string().max(500).optional(),
});
type Query = z.output<typeof accountsQuery>;

const accountLine = z
  .looseObject({
    accountId: z.string(),
    company: z.string().nullable(),
    website: z.string().nullable().meta({ description: 'The host.' }),
    ownerDomain: z.string().nullable(),
    contactDomains: z.array(z.string()),
    technicalDomain: z.string().nullable(),
    sendingDomains: z.array(z.string()),
    status: z.enum(statuses),
    standing: z.string(),
    signedUpAt: z.string(),
    lastEventAt: z.string(),
    revision: z.int(),
    position: z.string(),
  })
  .meta({ id: 'AccountLine' });

type Page = { readonly items: readonly AccountLine[]; readonly next: string | null };

/** All accounts in the order in which they signed up. */
function listed({ deps }: Context, { status, order, limit = 100, cursor }: Query): Page {
  const { store, generation } = deps.readModels.accounts;
  const after = decodeCursor(cursor, 2);
  const items = store
    .query(generation, {
      where: status === undefined ? [] : [{ column: 'status', op: '=', value: status }],
      orderBy: ['signed_up_at', 'key'],
      descending: order === 'desc',
      ...(after === undefined ? {} : { after }),
      limit,
    })
    .map((text) => JSON.parse(text) as AccountLine);
  const last = items.at(-1);
  const next = last === undefined || items.length < limit ? null : encodeCursor([last.signedUpAt, last.accountId]);
  return { items, next };
}

/** Accounts whose id begins with what is sought come first, at once; then those that have it somewhere, by id. */
const phases = ['begins', 'contains'] as const;

async function found({ deps }: Context, q: string, { status, limit = 100, cursor }: Query): Promise<Page> {
  const [phase, from] = decodeCursor(cursor, 2) ?? ['begins', null];
  if (phase !== 'begins' && phase !== 'contains') throw malformedCursor();
  const where = { columns: ['status'], op: '=', value: status } as const;
  const looking = { order: 'asc', window, most: mostLookedAt } as const;
  const lines: string[] = [];
  for (const one of phases.slice(phase === 'contains' ? 1 : 0)) {
    const after = one === phase && from != null ? String(from) : undefined;
    const { rows, next } = await search(deps.readModels.accounts, {
      ...looking,
      ...(one === 'begins' ? { within: { prefix: q } } : {}),
      where: one === 'begins' ? [where] : [where, ...elsewhere(q)],
      after,
      limit: limit - lines.length,
    });
    lines.push(...rows);
    if (next !== undefined) return pageOf(lines, encodeCursor([one, next]));
    if (lines.length === limit && one === 'begins') return pageOf(lines, encodeCursor(['contains', null]));
  }
  return pageOf(lines, null);
}

/** In a name, but not where the first phase has found it. */
function elsewhere(q: string) {
  return [
    { columns: ['names'], op: 'contains', value: soughtFor(q) },
    { columns: ['key'], op: 'begins otherwise', value: q },
  ] as const;
}

function pageOf(lines: readonly string[], next: string | null): Page {
  return { items: lines.map((text) => JSON.parse(text) as AccountLine), next };
}

const listAccounts: Route = {
  method: 'get',
  path: '/v1/accounts',
  operationId: 'listAccounts',
  tag: 'accounts',
  summary: 'Accounts in the order in which they signed up, or those that are looked for.',
  description:
    'With `q` the accounts whose id begins with it come first, then those that have it in one of their names, each by id. ' +
    `An answer looks at no more than ${mostLookedAt} accounts, so that a page may hold fewer than \`limit\`, even none, and ` +
    'more may follow: go on with `next` until it is null.',
  roles: insiders,
  query: accountsQuery,
  responses: { 200: { description: 'A page of accounts.', schema: page(accountLine) } },
  handle: async (context) => {
    const runner = context.deps.readModels.accounts;
    await reflects(runner as never, context);
    const query = context.query as Query;
    const { q, order } = query;
    if (q !== undefined && order !== undefined)
      throw invalidParameter('order', 'goes without q: what is looked for comes by id');
    const { items, next } = q === undefined ? listed(context, query) : await found(context, q, query);
    return { status: 200, body: { items, next, position: runner.position ?? null } };
  },
};

export const accountListRoutes: readonly Route[] = [listAccounts];
