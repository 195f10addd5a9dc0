/** The OpenAPI 3.1 document, derived from the routes. */
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { z } from 'zod';
import type { Described, OpenRoute, Route } from './route.js';
import { webhookDocument } from './webhookSchemas.js';
import { accountPath, everyone, gateDecision, gateQuery, problemSchema } from './schemas.js';

const problemContent = { 'application/problem+json': { schema: problemSchema } };

/** The gate's route stands before Express; here it is one of all. */
const gateRoute: Omit<Route, 'handle'> = {
  method: 'get',
  path: '/v1/accounts/{accountId}/gate',
  operationId: 'askGate',
  tag: 'gate',
  summary: 'Whether the account may do something now, and why. Always a decision; an unknown account is denied.',
  roles: everyone,
  params: accountPath,
  query: gateQuery,
  responses: { 200: { description: 'The decision.', schema: gateDecision } },
};

const shared = {
  400: 'Malformed: the JSON, a header or the cursor.',
  401: 'No token, or one that is unknown.',
  403: 'The role may not, or the account is another’s.',
  404: 'No such account or path.',
  422: 'Invalid: `errors` points at each field.',
  503: 'Not up to date, or the store is unavailable; see `Retry-After`.',
} as const;
const forCommands = {
  409: 'Refused by the chart: `code`, `accountStatus`, `allowedCommands`, `missing`.',
  412: 'Stale: something that bears on the decision came since the revision in `If-Match`.',
  413: 'The body is too large.',
  415: 'The body, or the file in it, is not of a type that is taken.',
} as const;

/** A body of JSON, or a form, whose file is called `file`. */
function bodyOf({ body, form }: Described): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (form !== undefined) {
    const withFile = form.extend({ file: z.string().meta({ override: { type: 'string', format: 'binary' } }) });
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema: withFile } } } };
  }
  return body === undefined
    ? {}
    : { requestBody: { required: true, content: { 'application/json': { schema: body } } } };
}

function operation(route: Described & Partial<Pick<Route, 'roles'>>): ZodOpenApiOperationObject {
  const successes = Object.entries(route.responses).map(([status, { description, schema, contentType }]) => [
    status,
    { description, ...(schema === undefined ? {} : { content: { [contentType ?? 'application/json']: { schema } } }) },
  ]);
  const problems = Object.entries({ ...shared, ...(route.method === 'post' ? forCommands : {}) }).map(
    ([status, description]) => [status, { description, content: problemContent }],
  );
  const roles = route.roles !== undefined ? `Roles: ${route.roles.join(', ')}.` : 'Open without a token.';
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: [...(route.description === undefined ? [] : [route.description]), roles].join('\n\n'),
    security: route.roles !== undefined ? [{ bearer: [] }, { session: [] }] : [],
    requestParams: {
      ...(route.params === undefined ? {} : { path: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(route.headers === undefined ? {} : { header: route.headers }),
    },
    ...bodyOf(route),
    responses: Object.fromEntries([...successes, ...problems]) as ZodOpenApiResponsesObject,
  };
}

/** The document of these routes and the gate's. */
export function openApiDocument(routes: readonly (Route | OpenRoute)[], version: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of [...routes, gateRoute]) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version,
      description:
        'Account verification for messaging providers: commands, the sending gate, the review queue, the log.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      'access',
      'accounts',
      'changes',
      'commands',
      'evidence',
      'gate',
      'reviews',
      'policies',
      'log',
      'audit',
      'analytics',
      'webhooks',
      'operations',
    ].map((name) => ({ name })),
    paths,
    webhooks: webhookDocument,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gatehouse_session',
          description:
            'Made by `signIn` (`__Host-gatehouse_session` over TLS). Works for pages of the same origin only; a bearer ' +
            'token, where there is one, goes before it.',
        },
      },
    },
  });
}
