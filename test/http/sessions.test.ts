/** Signing in to the console: a token for a cookie that only pages of ours can use. */
import { plusMinutes } from '../../src/events/time.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { type GateServer, serveGate } from '../support/gateServer.js';
import { start } from '../support/examples.js';

let gatehouse: TestGatehouse;
let server: GateServer;
let now: string;
let token: string;

beforeEach(async () => {
  now = start;
  gatehouse = await newGatehouse();
  server = await serveGate(gatehouse, { now: () => now });
  token = server.tokens.create({ role: 'reviewer', actor: 'r1' });
});
afterEach(async () => {
  await server.stop();
  await gatehouse.close();
});

type Headers = Record<string, string>;
type Answer = { status: number; headers: globalThis.Headers; body: Record<string, unknown> };

async function ask(method: string, path: string, headers: Headers = {}, body?: object): Promise<Answer> {
  const json: Headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as object as {}) : {} };
}
const signIn = async (given = token, headers: Headers = {}): Promise<Answer> =>
  ask('POST', '/v1/session', headers, { token: given });
const cookieOf = ({ headers }: Answer): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';
/** A request of a page of ours, as a browser sends it. */
const ours = (cookie: string): Headers => ({ 'Cookie': cookie, 'Sec-Fetch-Site': 'same-origin' });

test('a token is exchanged for a cookie that scripts cannot read, and the routes then answer by it', async () => {
  const signedIn = await signIn();
  expect(signedIn).toMatchObject({
    status: 200,
    body: { role: 'reviewer', actor: 'r1', expiresAt: plusMinutes(start, 30) },
  });
  expect(signedIn.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^gatehouse_session=[\w-]{43}; Path=\/; Max-Age=1800; HttpOnly; SameSite=Strict$/),
  ]);
  const cookie = cookieOf(signedIn);
  expect((await ask('GET', '/v1/reviews', ours(cookie))).status).toBe(200);
  expect(await ask('GET', '/v1/session', ours(cookie))).toMatchObject({ status: 200, body: { actor: 'r1' } });
  expect((await ask('GET', '/v1/session')).status).toBe(204);
});

test('over TLS the cookie is Secure and bound to the host, and no other one counts', async () => {
  const tls = { 'X-Forwarded-Proto': 'https' };
  const cookie = cookieOf(await signIn(token, tls));
  expect(cookie).toMatch(/^__Host-gatehouse_session=/);
  expect((await signIn(token, tls)).headers.getSetCookie()[0]).toMatch(/; Secure$/);
  expect((await ask('GET', '/v1/session', { ...ours(cookie), ...tls })).status).toBe(200);
  const plain = cookie.replace('__Host-', '');
  expect((await ask('GET', '/v1/session', { ...ours(plain), ...tls })).status).toBe(204);
});

test.each([
  ['product', 'backend'],
  ['customer', 'embedded'],
] as const)('a token of the role %s is told where its place is', async (role, place) => {
  const other = server.tokens.create({ role, actor: 'x', ...(role === 'customer' ? { accountId: 'acme' } : {}) });
  const refused = await signIn(other);
  expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden_role' } });
  expect(refused.body['detail']).toContain(place);
  expect(refused.headers.getSetCookie()).toEqual([]);
});

test('who fails too often waits; an unknown token is 401 until then, and the others go on', async () => {
  for (let tries = 0; tries < 20; tries++) expect((await signIn(`gh_${tries}`)).status).toBe(401);
  const refused = await signIn('gh_20');
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_failures' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  // A proxy on this machine says whom it speaks for.
  expect((await signIn('gh_21', { 'X-Forwarded-For': '203.0.113.9' })).status).toBe(401);
  // Nobody locks out those who share an address with them.
  expect((await signIn()).status).toBe(200);
  expect((await ask('GET', '/v1/reviews', { Authorization: `Bearer ${token}` })).status).toBe(200);
});

test('signing out ends the session on the server, takes the cookie, and works twice', async () => {
  const cookie = cookieOf(await signIn());
  const signedOut = await ask('DELETE', '/v1/session', ours(cookie));
  expect(signedOut.status).toBe(204);
  expect(signedOut.headers.getSetCookie()[0]).toMatch(/^gatehouse_session=; Path=\/; Max-Age=0; /);
  expect((await ask('GET', '/v1/session', ours(cookie))).status).toBe(204);
  expect((await ask('DELETE', '/v1/session', ours(cookie))).status).toBe(204);
  expect((await ask('DELETE', '/v1/session')).status).toBe(204);
});

test('signing in again ends the session before', async () => {
  const first = cookieOf(await signIn());
  const second = cookieOf(await signIn(token, ours(first)));
  expect((await ask('GET', '/v1/session', ours(first))).status).toBe(204);
  expect((await ask('GET', '/v1/session', ours(second))).status).toBe(200);
});

test('use renews session and cookie; without it the session ends', async () => {
  const cookie = cookieOf(await signIn());
  now = plusMinutes(start, 29);
  const used = await ask('GET', '/v1/reviews', ours(cookie));
  expect(used.status).toBe(200);
  expect(used.headers.getSetCookie()[0]).toMatch(new RegExp(`^${cookie}; Path=/; Max-Age=1800; `));
  expect((await ask('GET', '/v1/reviews', ours(cookie))).headers.getSetCookie()).toEqual([]);
  now = plusMinutes(start, 59);
  expect((await ask('GET', '/v1/reviews', ours(cookie))).status).toBe(401);
});

test('the gate’s own route and the gate feed answer by session, too, and a bearer token goes before it', async () => {
  const cookie = cookieOf(await signIn());
  const gate = '/v1/accounts/acme/gate?action=message.send';
  expect((await ask('GET', gate, ours(cookie))).status).toBe(200);
  expect((await ask('GET', gate, { Cookie: cookie, Authorization: 'Bearer nonsense' })).status).toBe(401);
  const feed = await ask('HEAD', '/v1/gate/changes', ours(cookie));
  expect(feed.status).toBe(200);
  const asAdmin = server.tokens.create({ role: 'admin', actor: 'a1' });
  const known = await ask('GET', '/v1/session', { Cookie: cookie, Authorization: `Bearer ${asAdmin}` });
  expect(known.body).toEqual({ role: 'admin', actor: 'a1', expiresAt: null });
});

describe('a proxy in front that asks browsers for credentials of its own, and passes them on', () => {
  const basic = { Authorization: 'Basic cHJveHk6c2VjcmV0' };

  test('who is signed in stays so, and what another site’s page asks is refused as ever', async () => {
    expect((await ask('GET', '/v1/session', basic)).status).toBe(204);
    const cookie = cookieOf(await signIn(token, basic));
    for (const path of ['/v1/reviews', '/v1/accounts/acme/gate?action=message.send', '/v1/session'])
      expect([path, (await ask('GET', path, { ...ours(cookie), ...basic })).status]).toEqual([path, 200]);
    const elsewhere = { 'Cookie': cookie, 'Sec-Fetch-Site': 'cross-site', ...basic };
    expect(await ask('GET', '/v1/reviews', elsewhere)).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    expect((await ask('DELETE', '/v1/session', { ...ours(cookie), ...basic })).status).toBe(204);
    expect((await ask('GET', '/v1/session', { ...ours(cookie), ...basic })).status).toBe(204);
  });

  test('its credentials alone let nobody in', async () => {
    for (const Authorization of [basic.Authorization, token, `Basic ${token}`])
      expect((await ask('GET', '/v1/reviews', { Authorization })).status).toBe(401);
  });

  test.each(['Bearer', 'Bearer ', 'bearer a b', 'Bearer "x"'])(
    '%s is a token that nobody has',
    async (Authorization) => {
      const cookie = cookieOf(await signIn());
      expect((await ask('GET', '/v1/reviews', { ...ours(cookie), Authorization })).status).toBe(401);
    },
  );
});

describe('requests that another site’s page made', () => {
  const host = (): string => new URL(server.url).host;
  const command = '/v1/accounts/acme/commands/warn-account';
  const theirs: [string, () => Headers][] = [
    ['by Sec-Fetch-Site: cross-site', () => ({ 'Sec-Fetch-Site': 'cross-site' })],
    ['by Sec-Fetch-Site: same-site', () => ({ 'Sec-Fetch-Site': 'same-site', 'Origin': `http://${host()}` })],
    ['by Origin', () => ({ Origin: 'https://evil.example' })],
    ['by Origin null', () => ({ Origin: 'null' })],
    ['by an Origin that only begins so', () => ({ Origin: `http://${host()}.evil.example` })],
  ];

  test.each(theirs)('%s: refused by session, whatever the method', async (_by, headers) => {
    const cookie = cookieOf(await signIn());
    for (const [method, path] of [
      ['POST', command],
      ['GET', '/v1/reviews'],
      ['GET', '/v1/accounts/acme/gate?action=message.send'],
      ['DELETE', '/v1/session'],
    ] as const) {
      const answer = await ask(method, path, { Cookie: cookie, ...headers() });
      expect([path, answer.status, answer.body['code']]).toEqual([path, 403, 'cross_site']);
    }
    expect((await ask('GET', '/v1/session', ours(cookie))).status).toBe(200);
  });

  test.each(theirs)('%s: nobody is signed in', async (_by, headers) => {
    expect(await signIn(token, headers())).toMatchObject({ status: 403, body: { code: 'cross_site' } });
  });

  test.each(theirs)('%s: a token is not asked where it comes from', async (_by, headers) => {
    expect((await ask('GET', '/v1/reviews', { Authorization: `Bearer ${token}`, ...headers() })).status).toBe(200);
  });

  test('what changes something must say that it is ours: by Origin where browsers say no more', async () => {
    const cookie = cookieOf(await signIn());
    const send = async (headers: Headers): Promise<number> =>
      (await ask('POST', command, { Cookie: cookie, ...headers }, {})).status;
    expect(await send({})).toBe(403);
    expect(await send({ 'Sec-Fetch-Site': 'none' })).toBe(403);
    // The body is wrong; that it is read says that the request was let in.
    expect(await send({ Origin: `http://${host()}` })).toBe(422);
    expect(await send({ Origin: `https://${host()}` })).toBe(422);
    expect(await send({ 'Origin': 'https://console.example', 'X-Forwarded-Host': 'console.example' })).toBe(422);
    expect((await ask('GET', '/v1/reviews', { Cookie: cookie })).status).toBe(200);
  });
});
