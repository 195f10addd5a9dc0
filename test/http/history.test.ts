/** Accounts as they were, over HTTP. */
import { gateActions } from '../../src/policy/gate.js';
import { command, setUp, verified } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await newService();
  await service.walk('acme', [...verified, command('RevokeVerification')]);
});
afterAll(async () => service.stop());

const ask = async (query: string, accountId = 'acme', role: 'auditor' | 'reviewer' = 'reviewer') =>
  service.ask(role, 'GET', `/v1/accounts/${accountId}/history?${query}`);

test('at its last revision it is what the account shows now, and guide and gate beside it', async () => {
  const [{ body: account }, then] = await Promise.all([
    service.ask('reviewer', 'GET', '/v1/accounts/acme'),
    ask('revision=10'),
  ]);
  expect(then.body).toMatchObject(account);
  expect(then.headers.get('etag')).toBe('"10"');
  expect(then.body).toMatchObject({
    asOf: { revision: 10, at: null, known: null },
    policyVersion: 'built-in-1',
    guide: { status: 'revoked', revision: 10 },
  });
  expect(then.body['gate']).toHaveLength(14);
});

test('an earlier revision shows the account, its guide and its gate as they were, and what a reviewer could do', async () => {
  const { body, headers } = await ask('revision=9');
  expect(headers.get('etag')).toBe('"9"');
  expect(body).toMatchObject({ status: 'verified', revision: 9, guide: { status: 'verified' } });
  expect(body['allowedCommands']).toContain('RevokeVerification');
  expect(body['gate']).toContainEqual(
    expect.objectContaining({
      action: 'message.send',
      allowed: true,
      revision: 9,
      position: body['position'],
    }) as unknown,
  );
});

test('by instant, and by what was known then', async () => {
  const { body } = await ask('revision=3');
  const { occurredAt, recordedAt } = body['asOf'] as { occurredAt: string; recordedAt: string };
  expect(recordedAt).toBe(occurredAt);
  const at = encodeURIComponent(occurredAt.replace('Z', '+00:00'));
  const then = await ask(`at=${at}&known=${at}`);
  expect(then.body['asOf']).toMatchObject({ at: occurredAt, known: occurredAt, occurredAt });
});

test('the mode that the gate runs in today does not change what it said', async () => {
  const observing = await newService('acme', { GATEHOUSE_GATE_MODE: 'observe' });
  await observing.walk('acme', setUp);
  const { body } = await observing.ask('auditor', 'GET', '/v1/accounts/acme/history?revision=2');
  expect(body['gate']).toContainEqual(expect.objectContaining({ action: 'message.send', allowed: false }) as unknown);
  await observing.stop();
});

test.each([
  ['', '/revision', 'is required'],
  ['known=2026-01-05T09:00:00Z', '/revision', 'is required'],
  ['revision=1&at=2026-01-05T09:00:00Z', '/at', 'give one of the two'],
  ['revision=-1', '/revision', 'whole number'],
  ['at=yesterday', '/at', 'date'],
  ['revision=1&known=soon', '/known', 'date'],
  ['revision=1&revision=2', '/revision', 'whole number'],
  ['revision=1&when=now', '/when', 'not a known field'],
])('a question that is none (%s): 422, pointing at %s', async (query, pointer, detail) => {
  const answer = await ask(query);
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
  expect(answer.body['errors']).toContainEqual(expect.objectContaining({ in: 'query', pointer }));
  expect(answer.text).toContain(detail);
});

test('what was not there yet: 404, saying what there is instead', async () => {
  expect(await ask('revision=11')).toMatchObject({
    status: 404,
    body: { code: 'unknown_revision', detail: expect.stringContaining('its last one is 10') as unknown },
  });
  expect(await ask('at=2020-01-01T00:00:00Z')).toMatchObject({
    status: 404,
    body: { code: 'not_yet', detail: expect.stringContaining('had not signed up then') as unknown },
  });
  expect(await ask('revision=0', 'nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
});

test.each(['product', 'customer'] as const)('%s may not ask', async (role) => {
  expect(await service.ask(role, 'GET', '/v1/accounts/acme/history?revision=1')).toMatchObject({
    status: 403,
    body: { code: 'forbidden_role' },
  });
});

describe('the overview', () => {
  const overview = async (accountId = 'acme', role: 'auditor' | 'customer' = 'auditor') =>
    service.ask(role, 'GET', `/v1/accounts/${accountId}/overview`);

  test('now it is what history says of the last revision: the account, its guide, and the gate for every action', async () => {
    const [now, then] = await Promise.all([overview(), ask('revision=10')]);
    expect(now.headers.get('etag')).toBe('"10"');
    const { asOf, ...asItWas } = then.body;
    expect(asOf).toBeDefined();
    expect({ ...now.body, allowedCommands: [] }).toEqual({ ...asItWas, allowedCommands: [] });
    expect((now.body['gate'] as { action: string }[]).map(({ action }) => action)).toEqual([...gateActions]);
  });

  test('it is judged now: under the policy in force and in the mode that the gate runs in', async () => {
    const observing = await newService('acme', { GATEHOUSE_GATE_MODE: 'observe' });
    await observing.walk('acme', setUp);
    const { body } = await observing.ask('auditor', 'GET', '/v1/accounts/acme/overview');
    const answer = { action: 'message.send', allowed: true, observed: true, wouldAllow: false };
    expect(body['gate']).toContainEqual(expect.objectContaining(answer) as unknown);
    await observing.stop();
  });

  test('no account: 404', async () => {
    expect(await overview('nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
  });
});
