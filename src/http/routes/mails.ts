/** The mails to customers: those that wait in this node's outbox, then what the log says of the others. */
import { z } from 'zod';
import { timelineKey, type TimelineItem } from '../../../projections/timeline.js';
import type { Transition } from '../../../projections/transitions.js';
import { accountStream } from '../../events/envelope.js';
import { id } from '../../events/schemas.js';
import type { Queued } from '../../mail/outbox.js';
import { search } from '../../readModels/search.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import type { Context, Route } from '../route.js';
import { wholeNumber } from '../schemas.js';

/** So many transitions are looked at before others get their turn, and so many for one answer. */
const window = 2_000;
const mostLookedAt = 500_000;

const mailStates = ['waiting', 'sent', 'failed'] as const;

const mailSchema = z
  .object({
    accountId: z.string(),
    state: z.enum(mailStates),
    template: z.string(),
    contact: z.string(),
    subject: z.string().nullable().meta({ description: 'Of one that waits; the log does not keep it.' }),
    at: z.string().meta({ description: 'Since when it waits; of the others, when the outcome was recorded.' }),
    detail: z.string().nullable().meta({ description: 'What the mail server, or the last attempt, said.' }),
    attempts: z.int().nullable().meta({ description: 'Failed attempts of one that waits.' }),
    nextAttemptAt: z.string().nullable(),
    revision: z.int().nullable().meta({ description: 'The account’s event that records it.' }),
  })
  .meta({ id: 'Mail' });
type Mail = z.input<typeof mailSchema>;

const mailsQuery = z.strictObject({
  account: id.optional().meta({ description: 'Only this account’s.' }),
  state: z.enum(mailStates).optional(),
  limit: wholeNumber(1, 500).optional().meta({ description: 'Mails of a page; 100 unless given.' }),
  cursor: z.string().max(500).optional(),
});
type Query = z.output<typeof mailsQuery>;

function waitingMail({ mail, createdAt, nextAttemptAt, attempts, detail, outcome }: Queued): Mail {
  return {
    accountId: mail.accountId,
    state: 'waiting',
    template: mail.template,
    contact: mail.to.email,
    subject: mail.content.subject,
    at: createdAt,
    detail: outcome === null ? detail : `${outcome}, to be recorded in the log`,
    attempts,
    nextAttemptAt,
    revision: null,
  };
}

function recordedMail({ accountId, revision, type, recordedAt, data }: TimelineItem): Mail {
  const { template = '', contact = '', detail } = data as { template?: string; contact?: string; detail?: string };
  return {
    accountId,
    state: type === 'NotificationSent' ? 'sent' : 'failed',
    template,
    contact,
    subject: null,
    at: recordedAt,
    detail: detail ?? null,
    attempts: null,
    nextAttemptAt: null,
    revision,
  };
}

/** An account's transitions, by its stream; undefined: everybody's. */
async function within({ deps }: Context, account: string | undefined) {
  if (account === undefined) return {};
  const keys: string[] = [];
  for await (const { position } of deps.commands.store.read(accountStream(account))) keys.push(position);
  return { within: { keys } };
}

const typeOf = { sent: 'NotificationSent', failed: 'NotificationFailed' } as const;

/** What the log says of mails, the latest first. */
async function recorded(context: Context, { account, state }: Query, limit: number, after: string | undefined) {
  const { transitions, timeline } = context.deps.readModels;
  const type = state === 'sent' || state === 'failed' ? typeOf[state] : undefined;
  const { rows, next } = await search(transitions, {
    ...(await within(context, account)),
    where: [
      { columns: ['command'], op: '=', value: 'RecordNotification' },
      { columns: ['type'], op: '=', value: type },
    ],
    order: 'desc',
    after,
    limit,
    window,
    most: mostLookedAt,
  });
  const items = rows.flatMap((text) => {
    const { accountId, revision } = JSON.parse(text) as Transition;
    // What one read model has taken in already, the other one may not have.
    const item = timeline.row(timelineKey(accountId, revision));
    return item === undefined ? [] : [recordedMail(item)];
  });
  return { items, next };
}

const listMails: Route = {
  method: 'get',
  path: '/v1/mails',
  operationId: 'listMails',
  tag: 'operations',
  summary: 'Mails to customers: those that wait in this node’s outbox, then those sent or failed, the newest first.',
  description:
    `An answer looks at no more than ${mostLookedAt} transitions, so that a page may hold fewer than \`limit\`, even none, ` +
    'and more may follow: go on with `next` until it is null. Each node of a cluster has an outbox of its own.',
  roles: ['admin', 'auditor', 'reviewer'],
  query: mailsQuery,
  responses: {
    200: {
      description: 'A page of mails.',
      schema: z.object({ items: z.array(mailSchema), next: z.string().nullable() }),
    },
  },
  handle: async (context) => {
    const query = context.query as Query;
    const { account, state, limit = 100, cursor } = query;
    const [part, last] = decodeCursor(cursor, 2) ?? ['waiting', null];
    const items: Mail[] = [];
    if (part === 'waiting' && (state ?? 'waiting') === 'waiting') {
      const before = typeof last === 'number' ? last : undefined;
      const queued = context.deps.mailing.queued(limit, account, before);
      items.push(...queued.map(waitingMail));
      if (queued.length === limit) {
        return { status: 200, body: { items, next: encodeCursor(['waiting', queued.at(-1)?.number ?? null]) } };
      }
    }
    if (state === 'waiting') return { status: 200, body: { items, next: null } };
    const after = part === 'recorded' && last !== null ? String(last) : undefined;
    const { items: more, next } = await recorded(context, query, limit - items.length, after);
    const body = { items: [...items, ...more], next: next === undefined ? null : encodeCursor(['recorded', next]) };
    return { status: 200, body };
  },
};

export const mailRoutes: readonly Route[] = [listMails];
