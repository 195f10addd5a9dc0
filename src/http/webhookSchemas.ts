/** What webhooks look like to those who receive them: the `webhooks` of the OpenAPI document. */
import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { webhookTypes } from '../webhooks/messages.js';
import { gateDecision, status } from './schemas.js';

const headers = z.object({
  'webhook-id': z.string().meta({ description: 'The same each time the message comes: by it, drop what came before.' }),
  'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970, of this attempt.' }),
  'webhook-signature': z.string().meta({ description: 'As Standard Webhooks has it: `v1,<HMAC-SHA256 in base64>`.' }),
});

const everyMessage = {
  accountId: z.string(),
  status: status,
  standing: z.string(),
  revision: z.int().meta({ description: 'Of the account. A lower one than you know of is old news.' }),
  position: z.string(),
};

const told = z.looseObject({
  ...everyMessage,
  reasons: z.array(z.looseObject({ code: z.string(), customerMessage: z.string() })).optional(),
  retryable: z.boolean().optional(),
  resubmitUntil: z.string().optional(),
  items: z.array(z.looseObject({ requirement: z.string(), reasonCode: z.string(), message: z.string() })).optional(),
  respondBy: z.string().optional(),
});

const gateTold = z.object({
  ...everyMessage,
  ...gateDecision.pick({
    allowed: true,
    onDenied: true,
    reasons: true,
    missing: true,
    channels: true,
    awaitingActionFrom: true,
    notices: true,
    limits: true,
    constraints: true,
  }).shape,
});

/** The body of a message of a type. */
export function webhookBody(type: (typeof webhookTypes)[number]) {
  const data = type === 'gate.changed' ? gateTold : told;
  return z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data });
}

const summary = (type: string): string =>
  type === 'gate.changed'
    ? 'Some answer of the gate about the account is another than before; this is the one for sending.'
    : `The account: ${type.replace('.', ', ').replaceAll('_', ' ')}.`;

/** Each type of message as an operation that the receiver has. */
export const webhookDocument: ZodOpenApiPathsObject = Object.fromEntries(
  webhookTypes.map((type) => [
    type,
    {
      post: {
        operationId: `on-${type.replaceAll(/[._]/g, '-')}`,
        tags: ['webhooks'],
        summary: summary(type),
        requestParams: { header: headers },
        requestBody: { required: true, content: { 'application/json': { schema: webhookBody(type) } } },
        responses: {
          '2XX': { description: 'Delivered. Answer first, work later: there are 15 seconds.' },
          '410': { description: 'Never send this message again.' },
          'default': { description: 'Anything else, redirects too: it is sent again, for three days.' },
        },
      },
    },
  ]),
);
