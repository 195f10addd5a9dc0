/** One route for each command of the catalogue, and sign-up; made in one loop. */
import { v4 as randomId, v5 as uuidV5 } from 'uuid';
import { z } from 'zod';
import { answerFor } from '../../app/answer.js';
import { type CommandEnvelope, type Done, handleCommand } from '../../app/handleCommand.js';
import { commandCatalogue, type CommandName, commandNames, kebabName, maySend } from '../../commands/catalogue.js';
import type { Command } from '../../commands/decide.js';
import { entryOf } from '../../events/record.js';
import { id } from '../../events/schemas.js';
import { actorTypes } from '../../events/vocabulary.js';
import type { DomainView } from '../../policy/domainView.js';
import type { HttpDeps } from '../deps.js';
import { HttpProblem, problem, refusalProblem } from '../problem.js';
import type { Context, Reply, Route } from '../route.js';
import { accountPath, commandAnswer } from '../schemas.js';
import { viewOf } from './domains.js';

/** Namespace of account ids that follow from who signed up and with which key. */
const accountNamespace = '0b7c5f5e-52a4-5d1f-8a57-3c8f0d8d7b11';

/** Headers that every command takes. */
const commandHeaders = z.object({
  'idempotency-key': id
    .optional()
    .meta({ description: 'Makes the command safe to repeat; made by the server when absent.' }),
  'if-match': z
    .string()
    .regex(/^"\d{1,10}"$/, { error: 'must be a revision in quotes, as ETag gives it' })
    .optional()
    .meta({ description: 'The revision that the sender decided on.' }),
  'gatehouse-on-behalf-of': id
    .optional()
    .meta({ description: 'For whom the product backend sends a customer’s command.' }),
});

type CommandHeaders = z.infer<typeof commandHeaders>;

/** The command's headers. @throws {HttpProblem} 400 for one that is malformed */
function headersOf({ request }: Context): CommandHeaders {
  const given = Object.fromEntries(
    Object.keys(commandHeaders.shape).map((name) => [name, request.headers[name]] as const),
  );
  const parsed = commandHeaders.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  throw new HttpProblem(problem(400, 'malformed_header', `${name}: ${issue?.message ?? 'is malformed'}`));
}

async function handle(context: Context, accountId: string, name: CommandName, data: unknown): Promise<Reply> {
  const { deps, principal } = context;
  const headers = headersOf(context);
  const actor = { type: principal.type, id: principal.id };
  const onBehalfOf = headers['gatehouse-on-behalf-of'];
  if (onBehalfOf !== undefined && principal.type !== 'product') {
    throw new HttpProblem(problem(403, 'forbidden_role', 'Only a product token may send on somebody’s behalf.'));
  }
  const ifMatch = headers['if-match'];
  const envelope: CommandEnvelope = {
    accountId,
    commandId: headers['idempotency-key'] ?? randomId(),
    command: { name, data, actor } as Command,
    correlationId: String(context.response.locals['requestId']),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(ifMatch === undefined ? {} : { ifMatch: Number(ifMatch.slice(1, -1)) }),
  };
  const result = await handleCommand(deps.commands, envelope);
  const outcome =
    result.kind === 'refused' ? result.code : result.kind === 'accepted' && result.repeated ? 'repeated' : result.kind;
  deps.metrics.commands.inc({ command: name, outcome });
  if (result.kind === 'refused') throw refusalProblem(result, principal.type);
  const body = {
    ...answerFor(principal.type, result),
    ...(name === 'AddDomain' ? addedDomain(deps, result, data) : {}),
  };
  return { status: name === 'SignUp' ? 201 : 200, body, headers: { ETag: `"${body.revision}"` } };
}

/** Whoever adds a domain learns at once what to publish. */
function addedDomain(deps: HttpDeps, { account }: Done, data: unknown): { readonly domain?: DomainView } {
  const { domain: name } = data as { readonly domain: string };
  const domain = entryOf(account.snapshot.context.facts.domains, name);
  return domain === undefined ? {} : { domain: viewOf(deps, account.accountId, name, domain) };
}

const responses: Route['responses'] = {
  200: {
    description: 'Accepted; also for a repeated command (its first result) and one that changes nothing.',
    schema: commandAnswer,
  },
};

function rolesOf(command: CommandName) {
  return actorTypes.filter((role) => maySend(role, command));
}

const signUpBody = commandCatalogue.SignUp.data.extend({
  accountId: id.optional().meta({ description: 'Made from the sender and the Idempotency-Key when absent.' }),
});

const signUp: Route = {
  method: 'post',
  path: '/v1/accounts',
  operationId: 'signUp',
  tag: 'accounts',
  summary: commandCatalogue.SignUp.summary,
  roles: rolesOf('SignUp'),
  headers: commandHeaders,
  body: signUpBody,
  responses: { 201: { description: 'Signed up; also when repeated.', schema: commandAnswer } },
  handle: async (context) => {
    const { accountId, ...data } = context.body as z.output<typeof signUpBody>;
    const key = headersOf(context)['idempotency-key'];
    const derived = key === undefined ? randomId() : uuidV5(`${context.principal.id}\n${key}`, accountNamespace);
    return handle(context, accountId ?? derived, 'SignUp', data);
  },
};

function commandRoute(name: CommandName): Route {
  const { summary, data } = commandCatalogue[name];
  return {
    method: 'post',
    path: `/v1/accounts/{accountId}/commands/${kebabName(name)}`,
    operationId: name.charAt(0).toLowerCase() + name.slice(1),
    tag: 'commands',
    summary,
    roles: rolesOf(name),
    params: accountPath,
    headers: commandHeaders,
    body: data,
    responses,
    handle: (context) => handle(context, context.path['accountId'] ?? '', name, context.body),
  };
}

export const commandRoutes: readonly Route[] = [
  signUp,
  ...commandNames.filter((name) => name !== 'SignUp').map(commandRoute),
];
