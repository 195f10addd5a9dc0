/** Tokens for an account's own people, made by the product backend. */
import { millisecondsBetween } from '../../src/events/time.js';
import { setUp } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await newService();
  await service.walk('acme', setUp);
  await service.walk('birch', setUp);
});
afterAll(async () => service.stop());

const mint = async (accountId: string, body: object = {}) =>
  service.ask('product', 'POST', `/v1/accounts/${accountId}/tokens`, body);
const secondsLeft = (expiresAt: unknown): number =>
  millisecondsBetween(new Date().toISOString(), String(expiresAt)) / 1_000;

test('a token speaks for the account’s own people, for a quarter of an hour', async () => {
  const { status, body } = await mint('acme');
  expect(status).toBe(201);
  expect(body).toMatchObject({ role: 'customer', actor: 'customer:acme', accountId: 'acme' });
  expect(secondsLeft(body['expiresAt'])).toBeGreaterThan(890);
  expect(secondsLeft(body['expiresAt'])).toBeLessThanOrEqual(900);
  const as = { Authorization: `Bearer ${String(body['token'])}` };
  expect((await service.ask(undefined, 'GET', '/v1/accounts/acme/setup-guide', undefined, as)).status).toBe(200);
  const other = await service.ask(undefined, 'GET', '/v1/accounts/birch/setup-guide', undefined, as);
  expect(other).toMatchObject({ status: 403, body: { code: 'forbidden_account' } });
  const again = await service.ask(undefined, 'POST', '/v1/accounts/acme/tokens', {}, as);
  expect(again).toMatchObject({ status: 403, body: { code: 'forbidden_role' } });
});

test('who it is for and how long it lasts can be said; it is the actor of what is done with it', async () => {
  const { body } = await mint('acme', { actor: 'user-17', expiresInSeconds: 60 });
  expect(body).toMatchObject({ actor: 'user-17' });
  expect(secondsLeft(body['expiresAt'])).toBeLessThanOrEqual(60);
  const sent = await service.ask(
    undefined,
    'POST',
    '/v1/accounts/acme/commands/update-business-profile',
    { useCase: 'Receipts for orders' },
    { Authorization: `Bearer ${String(body['token'])}` },
  );
  expect(sent.status).toBe(200);
  const timeline = await service.ask(
    'auditor',
    'GET',
    `/v1/accounts/acme/timeline?after=${String(sent.body['position'])}`,
  );
  expect(timeline.text).toContain('user-17');
});

test('the longest account id there can be has an actor, too', async () => {
  const long = 'x'.repeat(128);
  await service.walk(long, setUp.slice(0, 1));
  const { status, body } = await mint(long);
  expect([status, String(body['actor']).length]).toEqual([201, 128]);
});

test('an account that does not exist has no people, and a limit is a limit', async () => {
  expect(await mint('nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
  for (const expiresInSeconds of [0, 59, 3_601, 60.5, '60'])
    expect(await mint('acme', { expiresInSeconds })).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: '/expiresInSeconds', detail: expect.stringContaining('from 60 to 3600') as unknown }],
      },
    });
  expect(await mint('acme', { actor: 'a@b.example' })).toMatchObject({ status: 422 });
});
