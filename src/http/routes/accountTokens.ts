/** Tokens for an account's own people: short-lived, made by the product backend for the page that they look at. */
import { z } from 'zod';
import { plusMilliseconds } from '../../events/time.js';
import { id } from '../../events/schemas.js';
import { unknownAccount } from '../problem.js';
import type { Route } from '../route.js';
import { accountPath } from '../schemas.js';

/** How long a token lasts, in seconds: a page renews its own long before. */
const shortest = 60;
const longest = 3_600;
const usual = 900;

const error = `must be a whole number of seconds from ${shortest} to ${longest}`;
const mintBody = z.strictObject({
  actor: id.optional().meta({
    description: 'Who of the account’s people it is for, as an id of yours; `customer:<accountId>` unless given.',
  }),
  expiresInSeconds: z
    .int({ error })
    .min(shortest, { error })
    .max(longest, { error })
    .optional()
    .meta({ description: `${usual} unless given.` }),
});

const mintToken: Route = {
  method: 'post',
  path: '/v1/accounts/{accountId}/tokens',
  operationId: 'createAccountToken',
  tag: 'access',
  summary: 'Makes a short-lived token that speaks for one account’s own people: what the embedded elements are given.',
  description:
    'It may do what a customer may, for this account only. It is shown this once; make another when it ends.',
  roles: ['product', 'admin'],
  params: accountPath,
  body: mintBody,
  responses: {
    201: {
      description: 'The token.',
      schema: z
        .object({
          token: z.string(),
          role: z.literal('customer'),
          actor: z.string(),
          accountId: z.string(),
          expiresAt: z.string(),
        })
        .meta({ id: 'AccountToken' }),
    },
  },
  handle: async ({ deps, path, body, principal }) => {
    const accountId = path['accountId'] ?? '';
    // An id is at most 128 characters; within one account the beginning is enough.
    const { actor = `customer:${accountId}`.slice(0, 128), expiresInSeconds = usual } = body as z.output<
      typeof mintBody
    >;
    const account = await deps.commands.accounts.get(accountId);
    if (account.revision === -1) throw unknownAccount();
    deps.tokens.purge();
    const expiresAt = plusMilliseconds(deps.tokens.now(), expiresInSeconds * 1_000);
    const token = deps.tokens.create({ role: 'customer', actor, accountId, expiresAt });
    deps.log.info({ accountId, actor, expiresAt, by: principal.id }, 'account token made');
    return { status: 201, body: { token, role: 'customer', actor, accountId, expiresAt } };
  },
};

export const accountTokenRoutes: readonly Route[] = [mintToken];
