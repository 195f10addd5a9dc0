/** Other accounts that have something in common with one. */
import { z } from 'zod';
import { linkedAccounts, shareKinds } from '../../domains/linked.js';
import { unknownAccount } from '../problem.js';
import type { Route } from '../route.js';
import { accountPath, afterQuery, insiders, status } from '../schemas.js';
import { reflects } from './accounts.js';

const linkedSchema = z
  .object({
    items: z.array(
      z.object({
        accountId: z.string(),
        company: z.string().nullable(),
        status,
        standing: z.enum(['good', 'warned', 'suspended', 'closed']),
        refused: z.boolean().meta({ description: 'Its verification was rejected or revoked, and not granted since.' }),
        signedUpAt: z.string(),
        shares: z.array(z.object({ kind: z.enum(shareKinds), value: z.string() })).meta({
          description: 'What it has in common with the account; `value` as the other account has it.',
        }),
      }),
    ),
    truncated: z.boolean().meta({ description: 'Whether there are more than are looked at or given.' }),
    position: z.string().nullable(),
  })
  .meta({ id: 'LinkedAccounts' });

const linked: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/linked',
  operationId: 'listLinkedAccounts',
  tag: 'reviews',
  summary: 'Accounts with the same website, sending domain, mail domain or address; suspended and refused ones first.',
  description:
    'Names count as the same where one organisation registered them (`acme.co.uk` for `mail.acme.co.uk`). Free mail providers, as the policy lists them, connect nobody. At most 50 accounts.',
  roles: insiders,
  params: accountPath,
  query: afterQuery,
  responses: { 200: { description: 'The accounts, and what they share.', schema: linkedSchema } },
  handle: async (context) => {
    const { deps, path } = context;
    const { accountTraces, domainClaims, accounts } = deps.readModels;
    for (const runner of [accountTraces, domainClaims, accounts]) await reflects(runner as never, context);
    const accountId = path['accountId'] ?? '';
    if (accounts.row(accountId) === undefined) throw unknownAccount();
    const { freeMailDomains } = deps.commands.policy().document.screening;
    const found = await linkedAccounts(deps.readModels, accountId, freeMailDomains);
    const positions = [accountTraces, domainClaims, accounts].map(({ position }) => position ?? '');
    return { status: 200, body: { ...found, position: positions.toSorted()[0] || null } };
  },
};

export const linkedAccountRoutes: readonly Route[] = [linked];
