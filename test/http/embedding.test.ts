/** Pages of the provider's dashboard ask with a token of their account, from their own origin. */
import { readConfig } from '../../src/config.js';
import { setUp } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

const dashboard = 'https://app.example.com';
let service: TestService;
beforeAll(async () => {
  service = await newService('acme', { GATEHOUSE_EMBED_ORIGINS: `${dashboard},http://localhost:8080` });
  await service.walk('acme', setUp);
  await service.walk('birch', setUp);
});
afterAll(async () => service.stop());

const guide = '/v1/accounts/acme/setup-guide';
const preflight = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' };

test.each([guide, '/v1/accounts/acme/gate?action=message.send', '/v1/accounts/acme/changes'])(
  '%s is asked about before, and then answered, errors too',
  async (path) => {
    const asked = await service.ask(undefined, 'OPTIONS', path, undefined, { Origin: dashboard, ...preflight });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-methods')).toContain('POST');
    for (const name of ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'Last-Event-ID'])
      expect(asked.headers.get('access-control-allow-headers')).toContain(name);
    const answers = [
      asked,
      await service.ask('customer', 'GET', path, undefined, { Origin: dashboard }),
      await service.ask(undefined, 'GET', path, undefined, { Origin: dashboard }),
      await service.ask('customer', 'GET', path.replace('acme', 'birch'), undefined, { Origin: dashboard }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 200, 401, 403]);
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe(dashboard);
      expect(headers.get('access-control-expose-headers')).toContain('ETag, Retry-After');
      expect(headers.get('vary')).toBe('Origin');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  },
);

test.each(['https://evil.example', `${dashboard}.evil.example`, 'http://app.example.com', 'null'])(
  'a page of %s learns nothing',
  async (origin) => {
    const asked = await service.ask(undefined, 'OPTIONS', guide, undefined, { Origin: origin, ...preflight });
    const answer = await service.ask('customer', 'GET', guide, undefined, { Origin: origin });
    expect([asked.status, answer.status]).toEqual([405, 200]);
    for (const { headers } of [asked, answer]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('vary')).toBe('Origin');
    }
  },
);

test('a session is of no use to them', async () => {
  const signedIn = await service.ask(undefined, 'POST', '/v1/session', { token: service.tokens.reviewer });
  const headers = { Cookie: signedIn.headers.getSetCookie()[0] ?? '', Origin: dashboard };
  expect(await service.ask(undefined, 'GET', '/v1/reviews', undefined, headers)).toMatchObject({
    status: 403,
    body: { code: 'cross_site' },
  });
});

test('without the setting nothing is said to other origins', async () => {
  const plain = await newService();
  const { headers } = await plain.ask('customer', 'GET', guide, undefined, { Origin: dashboard });
  expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([null, null]);
  await plain.stop();
});

test.each([
  ['*', 'must name each origin'],
  ['https://app.example.com/', 'no slash at the end'],
  ['https://app.example.com/path', 'no path'],
  ['app.example.com', 'must be origins such as'],
  ['https://app.example.com:443', 'must be origins such as'],
  ['null', 'must be origins such as'],
  ['javascript:alert(1)', 'must be origins such as'],
])('the origin %s is refused', (value, what) => {
  expect(() => readConfig({ GATEHOUSE_EMBED_ORIGINS: value })).toThrow(what);
});
