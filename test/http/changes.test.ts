/** What happens to accounts, as server-sent events: told as it happens, resumed without gaps. */
import { openTokens } from '../../src/parts.js';
import { readConfig } from '../../src/config.js';
import { command, inReview, setUp } from '../support/examples.js';
import { openConnection } from '../support/rawHttp.js';
import { type FeedReader, readFeed } from '../support/readFeed.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
const readers: FeedReader[] = [];

beforeEach(async () => (service = await newService()));
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await service.stop();
});

type Options = Parameters<typeof readFeed>[2];
async function follow(token: string, options: Options = {}): Promise<FeedReader> {
  const reader = await readFeed(service.url, token, { path: '/v1/changes', ...options });
  readers.push(reader);
  return reader;
}
const changes = ({ messages }: FeedReader) =>
  messages.filter(({ event }) => event === 'change').map(({ data }) => data);
const at = async (reader: FeedReader, position: unknown) => reader.until(({ id }) => id === position);

test('a new reader begins here, and is told of every event of every account', async () => {
  await service.walk('acme', setUp);
  const reader = await follow(service.tokens.reviewer);
  const ready = await reader.until(({ event }) => event === 'ready');
  expect(ready.id).toBe(ready.data['position']);
  expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const last = await service.walk('birch', setUp);
  await at(reader, last.body['position']);
  expect(changes(reader)).toHaveLength(setUp.length);
  expect(changes(reader)[0]).toEqual({
    position: expect.stringMatching(/^\d+$/) as unknown,
    accountId: 'birch',
    revision: 0,
    type: 'AccountSignedUp',
    occurredAt: expect.stringMatching(/^20/) as unknown,
  });
});

test('an account’s own people are told that something happened to it, not what, and nothing of others', async () => {
  const reader = await follow(service.tokens.customer, { path: '/v1/accounts/acme/changes' });
  await reader.until(({ event }) => event === 'ready');
  await service.walk('birch', setUp);
  const last = await service.walk('acme', [...inReview, command('AssignReview')]);
  await at(reader, last.body['position']);
  for (const data of changes(reader))
    expect(data).toEqual({ accountId: 'acme', revision: expect.any(Number), position: expect.any(String) });
  expect(changes(reader)).toHaveLength(inReview.length + 1);
  expect(reader.text()).not.toContain('ReviewAssigned');
});

test('resumed by Last-Event-ID or after: what came since, and nothing twice', async () => {
  const first = await follow(service.tokens.auditor);
  const { id = '' } = await first.until(({ event }) => event === 'ready');
  await service.walk('birch', setUp);
  const last = await service.walk('acme', setUp);
  for (const options of [{ lastEventId: id }, { query: `?after=${id}` }]) {
    const reader = await follow(service.tokens.auditor, options);
    await at(reader, last.body['position']);
    expect(changes(reader)).toHaveLength(2 * setUp.length);
    const own = await follow(service.tokens.customer, { ...options, path: '/v1/accounts/acme/changes' });
    await at(own, last.body['position']);
    expect(changes(own)).toHaveLength(setUp.length);
  }
  const end = await follow(service.tokens.auditor, { lastEventId: String(last.body['position']) });
  const next = await service.walk('acme', [command('RequestVerification')]);
  await at(end, next.body['position']);
  expect(changes(end)).toHaveLength(1);
});

test('from before what is kept, or from another log: reset, and on from here', async () => {
  await service.walk('acme', setUp);
  for (const [lastEventId, reason] of [
    ['9999999999999999', 'position_unknown'],
    ['0', 'too_old'],
  ] as const) {
    const reader = await follow(service.tokens.analyst, { lastEventId });
    expect(await reader.until(({ event }) => event === 'reset')).toMatchObject({ data: { reason } });
    const { body } = await service.walk('acme', [command('AddDomain', { domain: `d${reason.length}.acme.example` })]);
    await at(reader, body['position']);
    expect(changes(reader)).toHaveLength(1);
  }
});

test('a revoked token and an ended session end the stream, and so does the stop of the service', async () => {
  const tokens = openTokens(readConfig({ GATEHOUSE_DATA: service.folder.path }));
  const token = tokens.create({ role: 'system', actor: 'other' });
  const [revoked, stopped] = [await follow(token), await follow(service.tokens.admin)];
  const signedIn = await service.ask(undefined, 'POST', '/v1/session', { token: service.tokens.reviewer });
  const cookie = signedIn.headers.getSetCookie()[0] ?? '';
  const bySession = await fetch(`${service.url}/v1/changes`, { headers: { Cookie: cookie } });
  expect(bySession.status).toBe(200);
  tokens.revokeToken(token);
  await service.ask(undefined, 'DELETE', '/v1/session', undefined, {
    'Cookie': cookie,
    'Sec-Fetch-Site': 'same-origin',
  });
  await revoked.ended;
  await bySession.text();
  tokens.close();
  const started = performance.now();
  await service.stop();
  await stopped.ended;
  // Not when connections are cut.
  expect(performance.now() - started).toBeLessThan(5_000);
  service = await newService();
}, 20_000);

test('one principal opens so many streams, then waits; closed ones count no more', async () => {
  const path = '/v1/accounts/acme/changes';
  const opened = [];
  for (let made = 0; made < 32; made++) opened.push(await follow(service.tokens.customer, { path }));
  const refused = await service.ask('customer', 'GET', path);
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_streams' } });
  expect(refused.headers.get('retry-after')).toBe('10');
  expect((await service.ask('product', 'GET', path)).status).toBe(200);
  opened[0]?.close();
  for (;;) {
    const { response } = await follow(service.tokens.customer, { path });
    if (response.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test('a HEAD request ends, a malformed position is refused', async () => {
  const head = { method: 'HEAD', headers: { Authorization: `Bearer ${service.tokens.admin}` } };
  expect((await fetch(`${service.url}/v1/changes`, head)).status).toBe(200);
  expect((await follow(service.tokens.admin, { lastEventId: 'abc' })).response.status).toBe(400);
  expect((await follow(service.tokens.admin, { query: '?after=abc' })).response.status).toBe(422);
});

test('given a reader that reads nothing, then others are served', async () => {
  const lazy = await openConnection(service.url);
  lazy.socket.pause();
  lazy.send(`GET /v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.tokens.admin}\r\n\r\n`);
  const reader = await follow(service.tokens.admin);
  const last = await service.walk('acme', setUp);
  await at(reader, last.body['position']);
  lazy.socket.destroy();
});
