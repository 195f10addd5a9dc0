/** The OpenAPI document says what the server does. */
import { openRoutes, routes } from '../../src/http/app.js';
import { commandNames } from '../../src/commands/catalogue.js';
import { gateDecision } from '../../src/http/schemas.js';
import { command, goodData, inReview, setUp } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

type Operation = {
  operationId: string;
  security: object[];
  parameters?: { in: string; name: string }[];
  responses: Record<string, unknown>;
};
/** Answered with lines and bytes instead of one JSON document. */
const streamed: readonly string[] = [
  '/v1/events',
  '/v1/exports/{what}',
  '/v1/accounts/{accountId}/evidence/{evidenceId}',
];

/** Parameters without which a question is none. */
const required: Readonly<Record<string, readonly string[]>> = { '/v1/accounts/{accountId}/history': ['revision=3'] };

type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, object> };
};

let service: TestService;
let document: Document;
beforeAll(async () => {
  service = await newService();
  document = (await service.ask(undefined, 'GET', '/openapi.json')).body as unknown as Document;
});
afterAll(async () => service.stop());

test('it is OpenAPI 3.1 and has every route, one for each command among them', () => {
  expect(document.openapi).toBe('3.1.0');
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(routes.length + openRoutes.length + 1);
  for (const name of commandNames) expect(ids).toContain(name.charAt(0).toLowerCase() + name.slice(1));
});

test('it says how to be known: by token or by session; signing in and out needs neither', () => {
  const { components, paths } = document;
  expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'session']);
  expect(components.securitySchemes['session']).toMatchObject({ type: 'apiKey', in: 'cookie' });
  const open = { security: [] };
  expect(paths['/v1/session']).toMatchObject({ get: open, post: open, delete: open });
  expect(paths['/v1/reviews']?.['get']?.security).toEqual([{ bearer: [] }, { session: [] }]);
});

test('commands take their headers, the gate its question', () => {
  const names = (path: string, method: string): string[] =>
    (document.paths[path]?.[method]?.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`);
  expect(names('/v1/accounts/{accountId}/commands/request-verification', 'post')).toEqual(
    expect.arrayContaining([
      'path accountId',
      'header idempotency-key',
      'header if-match',
      'header gatehouse-on-behalf-of',
    ]),
  );
  expect(names('/v1/accounts/{accountId}/gate', 'get')).toEqual(
    expect.arrayContaining(['path accountId', 'query action', 'query channelId', 'query messageType', 'query after']),
  );
});

test('answers are what the document says', async () => {
  const last = await service.walk('acme', [...inReview, command('AttachEvidence')]);
  await service.walk('birch', setUp);
  const after = `after=${String(last.body['position'])}`;
  const streams = [...streamed, '/v1/gate/changes', '/v1/changes', '/v1/accounts/{accountId}/changes'];
  const gets = routes.filter(({ method, path }) => method === 'get' && !streams.includes(path));
  // An account is proved as of a checkpoint.
  await service.ask('auditor', 'POST', '/v1/checkpoints');
  const { body: verification } = await service.ask('auditor', 'POST', '/v1/verifications');
  const backtest = await service.ask('analyst', 'POST', '/v1/backtests', { policyVersion: 'built-in-1' });
  for (const route of gets) {
    const path = route.path
      .replace('{accountId}', 'acme')
      .replace('{version}', 'built-in-1')
      .replace('{process}', 'mail')
      .replace('{verificationId}', String(verification['id']))
      .replace('{backtestId}', String(backtest.body['id']));
    const takesAfter = route.query?.shape['after'] !== undefined;
    const query = [...(takesAfter ? [after] : []), ...(required[route.path] ?? [])].join('&');
    const answer = await service.ask('auditor', 'GET', query === '' ? path : `${path}?${query}`);
    const schema = route.responses[200]?.schema;
    expect([route.path, answer.status]).toEqual([route.path, 200]);
    expect([route.path, schema?.safeParse(answer.body).error?.message]).toEqual([route.path, undefined]);
  }
  const gate = await service.ask('product', 'GET', `/v1/accounts/acme/gate?action=message.send&${after}`);
  expect(gateDecision.strict().safeParse(gate.body).error?.message).toBeUndefined();
  const route = routes.find(({ operationId }) => operationId === 'requestVerification');
  const accepted = await service.ask(
    'product',
    'POST',
    '/v1/accounts/birch/commands/request-verification',
    goodData.RequestVerification,
  );
  expect(route?.responses[200]?.schema?.safeParse(accepted.body).error?.message).toBeUndefined();
});
