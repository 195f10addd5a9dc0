/** The Express application: routes from their data, problems for everything that goes wrong. */
import { randomUUID } from 'node:crypto';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import type { z } from 'zod';
import type { Principal } from '../access/tokens.js';
import { AppendTooLarge, EventStoreError } from '../eventStore/eventStore.js';
import { EvidenceStoreUnavailable } from '../evidence/evidenceStore.js';
import { authenticate, authorize } from './auth.js';
import { registerConsole } from './consoleFiles.js';
import type { HttpDeps } from './deps.js';
import { registerDocs } from './docs.js';
import { parametersOf } from './gateRoute.js';
import { registerHealth } from './health.js';
import { openApiDocument } from './openapi.js';
import { HttpProblem, invalid, notFound, type Problem, problem, unauthenticated } from './problem.js';
import { requestIdOf } from './requestId.js';
import { queryOf } from './requestTarget.js';
import type { Context, OpenRoute, Reply, Route } from './route.js';
import { accountEventRoutes } from './routes/accountEvents.js';
import { accountListRoutes } from './routes/accountList.js';
import { accountRoutes } from './routes/accounts.js';
import { accountTokenRoutes } from './routes/accountTokens.js';
import { analyticsRoutes } from './routes/analytics.js';
import { auditRoutes } from './routes/audit.js';
import { backtestRoutes } from './routes/backtests.js';
import { changeRoutes } from './routes/changes.js';
import { commandRoutes } from './routes/commands.js';
import { evidenceRoutes } from './routes/evidence.js';
import { domainRoutes } from './routes/domains.js';
import { exportRoutes } from './routes/exports.js';
import { gateFeedRoutes } from './routes/gateChanges.js';
import { historyRoutes } from './routes/history.js';
import { linkedAccountRoutes } from './routes/linkedAccounts.js';
import { logRoutes } from './routes/log.js';
import { mailPreviewRoutes } from './routes/mailPreview.js';
import { operationRoutes } from './routes/operations.js';
import { policyRoutes } from './routes/policies.js';
import { reviewLineRoutes } from './routes/reviewLines.js';
import { mailRoutes } from './routes/mails.js';
import { processRoutes } from './routes/processes.js';
import { reviewRoutes } from './routes/reviews.js';
import { storeRoutes } from './routes/storeStatus.js';
import { sessionRoutes } from './routes/sessions.js';
import { transitionRoutes } from './routes/transitions.js';
import { verificationRoutes } from './routes/verifications.js';
import { webhookRoutes } from './routes/webhooks.js';

export const routes: readonly Route[] = [
  ...accountRoutes,
  ...accountListRoutes,
  ...accountEventRoutes,
  ...accountTokenRoutes,
  ...changeRoutes,
  ...historyRoutes,
  ...commandRoutes,
  ...evidenceRoutes,
  ...domainRoutes,
  ...reviewRoutes,
  ...reviewLineRoutes,
  ...mailPreviewRoutes,
  ...linkedAccountRoutes,
  ...policyRoutes,
  ...gateFeedRoutes,
  ...logRoutes,
  ...transitionRoutes,
  ...auditRoutes,
  ...verificationRoutes,
  ...analyticsRoutes,
  ...backtestRoutes,
  ...exportRoutes,
  ...webhookRoutes,
  ...operationRoutes,
  ...processRoutes,
  ...mailRoutes,
  ...storeRoutes,
];

/** Routes that answer before it is known who asks. */
export const openRoutes: readonly OpenRoute[] = sessionRoutes;
const allRoutes: readonly (Route | OpenRoute)[] = [...routes, ...openRoutes];

/** Most bytes of a body: an append takes 1 MiB, and the event's metadata has its part of it. */
const largestBody = 960 * 1024;

export function createApp(deps: HttpDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(withRequestId(deps));
  // TLS ends before us, so nothing here may be upgraded to https; the docs would find no style sheet.
  app.use(
    helmet({
      strictTransportSecurity: false,
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    }),
  );
  registerHealth(app, deps);
  const document = JSON.stringify(openApiDocument(allRoutes, deps.version));
  app.get('/openapi.json', (_request, response) => void response.type('json').send(document));
  registerDocs(app);
  registerConsole(app);
  const json = jsonBody();
  for (const route of allRoutes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app[route.method](path, ...(route.body === undefined ? [] : [json]), handlerOf(route, deps));
  }
  app.use((request, _response, next) => next(noRoute(request)));
  app.use(errorHandler(deps));
  return app;
}

/** JSON bodies, whatever else the request says of itself; an empty one is `{}`. */
function jsonBody(): RequestHandler {
  const parse = express.json({ limit: largestBody, strict: true, type: () => true });
  return (request, response, next) => {
    const type = request.headers['content-type'];
    const hasBody =
      request.headers['content-length'] !== '0' &&
      (request.headers['content-length'] ?? request.headers['transfer-encoding']) !== undefined;
    if (hasBody && type !== undefined && !/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
      next(new HttpProblem(problem(415, 'unsupported_media_type', 'Send the body as application/json.')));
      return;
    }
    parse(request, response, next);
  };
}

function handlerOf(route: Route | OpenRoute, deps: HttpDeps): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = route.path;
    // A browser asks with a cookie as well: nothing that it was told may be there for the next person at it.
    response.setHeader('Cache-Control', 'no-store');
    const principal = 'roles' in route ? authenticate(deps, request, response) : undefined;
    // Whoever may not ask learns nothing of what is asked for, not even whether it is well formed.
    if ('roles' in route && principal !== undefined) {
      authorize(principal, route.roles, named(request.params['accountId']));
    }
    const path = checked(route.params, request.params, 'path') as Record<string, string>;
    const query = checked(route.query, parametersOf(queryOf(request.url)), 'query');
    const body = route.body === undefined ? undefined : checked(route.body, request.body ?? {}, 'body');
    const context = { deps, request, response, path, query: query as Context['query'], body };
    const reply = await answered(route, principal, context);
    if (reply === 'streamed') return;
    response
      .status(reply.status)
      .set(reply.headers ?? {})
      .json(reply.body);
  };
}

async function answered(
  route: Route | OpenRoute,
  principal: Principal | undefined,
  context: Omit<Context, 'principal'>,
): Promise<Reply> {
  if (!('roles' in route)) return route.handle(context);
  if (principal === undefined) throw unauthenticated();
  return route.handle({ ...context, principal });
}

/** A parameter of the path that stands once in it. */
function named(parameter: string | string[] | undefined): string | undefined {
  return Array.isArray(parameter) ? parameter.join('/') : parameter;
}

function checked(schema: z.ZodType | undefined, value: unknown, place: 'body' | 'query' | 'path'): unknown {
  if (schema === undefined) {
    const names = place === 'query' ? Object.keys(value as object) : [];
    if (names.length > 0)
      throw new HttpProblem(
        problem(422, 'invalid', `${names[0]} is not a known parameter.`, {
          errors: names.map((name) => ({ in: place, pointer: `/${name}`, detail: 'is not a known parameter' })),
        }),
      );
    return value;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error, place);
  return parsed.data;
}

/** Each request has an id, given or made; one log line says how it ended. */
function withRequestId(deps: HttpDeps): RequestHandler {
  return (request, response, next) => {
    const requestId = requestIdOf(request, randomUUID);
    const started = performance.now();
    response.locals['requestId'] = requestId;
    response.setHeader('X-Request-Id', requestId);
    response.on('finish', () => {
      const route = String(response.locals['route'] ?? 'other');
      const seconds = (performance.now() - started) / 1_000;
      deps.metrics.requests.inc({ route, status: response.statusCode });
      deps.metrics.seconds.observe({ route }, seconds);
      deps.log.info(
        { requestId, method: request.method, route, status: response.statusCode, ms: Math.round(seconds * 1_000) },
        'request',
      );
    });
    next();
  };
}

const paths = new Map<RegExp, string[]>(
  [...new Set(allRoutes.map(({ path }) => path))].map((path) => [
    new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
    allRoutes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase()),
  ]),
);

/** A path that is not there, or one that is there with other methods. */
function noRoute(request: Request): HttpProblem {
  const gate = /^\/v1\/accounts\/[^/]+\/gate\/?$/.test(request.path) ? ['GET'] : [];
  const allowed = [...paths].filter(([pattern]) => pattern.test(request.path)).flatMap(([, methods]) => methods);
  const methods = [...new Set([...allowed, ...gate])];
  if (/\/commands\/attach-evidence\/?$/.test(request.path)) {
    return notFound('Evidence comes with its bytes: POST /v1/accounts/{accountId}/evidence as multipart/form-data.');
  }
  if (methods.length === 0) return notFound('There is nothing at this path. See /docs.');
  return new HttpProblem(problem(405, 'method_not_allowed', `This path takes ${methods.join(', ')}.`), {
    Allow: methods.join(', '),
  });
}

/** Any error as a problem. A 500 reveals nothing but the id under which the log has it. */
export function problemOf(error: unknown, deps: Pick<HttpDeps, 'log'>, requestId: string): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof EventStoreError && error.retryable) {
    deps.log.error({ err: error, requestId }, 'the event store is unavailable');
    return new HttpProblem(
      problem(
        503,
        'store_unavailable',
        'The event store cannot be reached just now. Try again shortly; repeating a command with its Idempotency-Key is safe.',
      ),
      { 'Retry-After': '2' },
    );
  }
  if (error instanceof EvidenceStoreUnavailable) {
    deps.log.error({ err: error, requestId }, 'the evidence store is unavailable');
    return new HttpProblem(
      problem(
        503,
        'evidence_store_unavailable',
        'The evidence store cannot be reached just now. Try again shortly; repeating an upload with its Idempotency-Key is safe.',
      ),
      { 'Retry-After': '2' },
    );
  }
  if (error instanceof AppendTooLarge) {
    // Numbers grow when they are written out, and a command may make several events.
    return new HttpProblem(problem(413, 'too_large', 'What the log would keep of this command is too large for it.'));
  }
  const client = clientError(error);
  if (client !== undefined) return new HttpProblem(client);
  deps.log.error({ err: error, requestId }, 'internal error');
  return new HttpProblem(
    problem(500, 'internal', 'Something went wrong on our side. The request id leads to it in the log.'),
  );
}

/** What Express and its body parser say of a request that is not well formed. */
function clientError(error: unknown): Problem | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { status, type } = error as { status: unknown; type?: unknown };
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  if (type === 'entity.parse.failed') return problem(400, 'malformed_json', 'The body is not a JSON object.');
  if (type === 'entity.too.large') return problem(413, 'too_large', `A body is at most ${largestBody} bytes.`);
  return problem(
    status === 415 ? 415 : 400,
    status === 415 ? 'unsupported_media_type' : 'malformed',
    'The request is not well formed.',
  );
}

function errorHandler(deps: HttpDeps): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request: Request, response: Response, _next) => {
    const requestId = String(response.locals['requestId']);
    const { body, headers } = problemOf(error, deps, requestId);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .status(body.status)
      .set(headers)
      .type('application/problem+json')
      .send(JSON.stringify({ ...body, requestId }));
  };
}
