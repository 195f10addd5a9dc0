/** The mails that a reviewer's decision would lead to, before it is taken. */
import { z } from 'zod';
import { commandCatalogue, type CommandName } from '../../commands/catalogue.js';
import type { Command } from '../../commands/decide.js';
import { refusalCodes } from '../../commands/refusal.js';
import { requirement } from '../../events/schemas.js';
import { mailLocales } from '../../mail/locale.js';
import { mailTemplates } from '../../policy/policy.js';
import { unknownAccount } from '../problem.js';
import type { Route } from '../route.js';
import { accountPath } from '../schemas.js';

function withData<C extends CommandName>(command: C) {
  return z.strictObject({ command: z.literal(command), data: commandCatalogue[command].data });
}

/** The commands of reviewers of which customers hear by mail. */
const body = z.discriminatedUnion('command', [
  withData('RequestInformation'),
  withData('ApproveVerification'),
  withData('RejectVerification'),
  withData('RevokeVerification'),
  withData('WarnAccount'),
  withData('SuspendAccount'),
]);

const previewSchema = z
  .object({
    accountId: z.string(),
    revision: z.int().meta({ description: 'The revision that the command was decided on.' }),
    mails: z.array(
      z.object({
        to: z.object({ email: z.string(), name: z.string().optional() }),
        template: z.enum(mailTemplates),
        locale: z.enum(mailLocales),
        subject: z.string(),
        text: z.string(),
      }),
    ),
    refused: z
      .object({
        code: z.enum(refusalCodes),
        detail: z.string(),
        missing: z.array(z.object({ requirement, awaitingActionFrom: z.enum(['customer', 'reviewer', 'system']) })),
      })
      .nullable()
      .meta({ description: 'Why the command would be refused; nothing is sent then.' }),
  })
  .meta({ id: 'MailPreview' });

const preview: Route = {
  method: 'post',
  path: '/v1/reviews/{accountId}/mail-preview',
  operationId: 'previewMail',
  tag: 'reviews',
  summary: 'The mails that a command would lead to if it came now. Nothing is recorded or sent.',
  description:
    'The command is decided on the account as it is, by the rules that hold for the asker, and the mails are written as they would go out.',
  // Whoever may send these commands; a test compares the two.
  roles: ['reviewer', 'admin'],
  params: accountPath,
  body,
  responses: { 200: { description: 'The mails, one for each reader.', schema: previewSchema } },
  handle: async ({ deps, path, principal, body: given }) => {
    const accountId = path['accountId'] ?? '';
    const { command: name, data } = given as z.output<typeof body>;
    const actor = { type: principal.type, id: principal.id };
    const { revision, mails, refusal } = await deps.mailing.foresee(accountId, { name, data, actor } as Command);
    if (revision === -1) throw unknownAccount();
    const { code, detail, missing } = refusal ?? {};
    const answer = {
      accountId,
      revision,
      mails: mails.map(({ to, template, locale, content: { subject, text } }) => ({
        to,
        template,
        locale,
        subject,
        text,
      })),
      refused: refusal === undefined ? null : { code, detail, missing },
    };
    return { status: 200, body: answer };
  },
};

export const mailPreviewRoutes: readonly Route[] = [preview];
