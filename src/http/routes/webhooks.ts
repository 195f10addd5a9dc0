/** The delivery log of webhooks. */
import { z } from 'zod';
import { id } from '../../events/schemas.js';
import { deliveryStates } from '../../webhooks/deliveries.js';
import { webhookTypes } from '../../webhooks/messages.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { notFound } from '../problem.js';
import type { Route } from '../route.js';
import { wholeNumber } from '../schemas.js';

const delivery = z
  .object({
    id: z.string().meta({ description: 'The `webhook-id`.' }),
    accountId: z.string(),
    type: z.enum(webhookTypes),
    revision: z.int(),
    position: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    createdAt: z.string(),
    lastAttemptAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

const deliveriesQuery = z.strictObject({
  account: id.optional().meta({ description: 'Only this account’s.' }),
  state: z.enum(deliveryStates).optional(),
  limit: wholeNumber(1, 500).optional(),
  cursor: z.string().max(500).optional(),
});

const listDeliveries: Route = {
  method: 'get',
  path: '/v1/webhooks/deliveries',
  operationId: 'listWebhookDeliveries',
  tag: 'webhooks',
  summary: 'Webhooks and what became of them, the newest first.',
  roles: ['auditor', 'admin'],
  query: deliveriesQuery,
  responses: {
    200: {
      description: 'A page of deliveries. Not `configured`: no address is told of changes (GATEHOUSE_WEBHOOK_URL).',
      schema: z.object({ configured: z.boolean(), items: z.array(delivery), next: z.string().nullable() }),
    },
  },
  handle: async ({ deps, query }) => {
    const { account: accountId, state, limit = 100, cursor } = query as z.output<typeof deliveriesQuery>;
    const [before] = decodeCursor(cursor, 1) ?? [];
    if (deps.webhooks === undefined) return { status: 200, body: { configured: false, items: [], next: null } };
    const filter = { accountId, state, limit, ...(typeof before === 'number' ? { before } : {}) };
    const { items, next } = deps.webhooks.list(filter);
    return { status: 200, body: { configured: true, items, next: next === null ? null : encodeCursor([next]) } };
  },
};

const replayDelivery: Route = {
  method: 'post',
  path: '/v1/webhooks/deliveries/{deliveryId}/replay',
  operationId: 'replayWebhookDelivery',
  tag: 'webhooks',
  summary: 'Sends a webhook once more, under the same `webhook-id`, whatever became of it.',
  roles: ['admin'],
  params: z.object({ deliveryId: id }),
  responses: { 202: { description: 'It is sent.', schema: z.object({ id: z.string() }) } },
  handle: async ({ deps, path }) => {
    const deliveryId = path['deliveryId'] ?? '';
    if ((deps.webhooks?.replay({ id: deliveryId }) ?? 0) === 0) throw notFound('There is no such delivery.');
    return { status: 202, body: { id: deliveryId } };
  },
};

export const webhookRoutes: readonly Route[] = [listDeliveries, replayDelivery];
