/** The gate feed over HTTP: all accounts, then what changes an answer, resumed without gaps. */
import { setTimeout as sleep } from 'node:timers/promises';
import { command, goodData, setUp, verified } from '../support/examples.js';
import { type GateServer, serveGate } from '../support/gateServer.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';
import { openConnection } from '../support/rawHttp.js';
import { type FeedReader, readFeed } from '../support/readFeed.js';

let gatehouse: TestGatehouse;
let server: GateServer;
const readers: FeedReader[] = [];

beforeEach(async () => {
  gatehouse = await newGatehouse();
  server = await serveGate(gatehouse);
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await server.stop();
  await gatehouse.close();
});

async function follow(options: Parameters<typeof readFeed>[2] = {}): Promise<FeedReader> {
  const reader = await readFeed(server.url, server.token, options);
  readers.push(reader);
  return reader;
}
const head = async (): Promise<string> => (await gatehouse.store.head()) ?? '';
const gates = ({ messages }: FeedReader) => messages.filter(({ event }) => event === 'gate').map(({ data }) => data);

/** Waits until the reader was told that it has everything up to now. */
async function current(reader: FeedReader): Promise<void> {
  const goal = await head();
  await reader.until(({ event, id }) => (event === 'at' || event === 'snapshot-end') && (id ?? '') >= goal);
}

test('a new reader gets settings, every account, the end of the snapshot, and then each change', async () => {
  for (const account of ['acme', 'birch', 'cedar']) await gatehouse.walk(setUp, account);
  const reader = await follow();
  await current(reader);
  expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(reader.response.headers.get('x-accel-buffering')).toBe('no');
  expect(reader.text()).toMatch(/^retry: \d+\n\n/);
  expect(reader.messages.map(({ event }) => event)).toEqual(['settings', 'gate', 'gate', 'gate', 'snapshot-end']);
  expect(reader.messages[0]?.data).toMatchObject({
    feed: 1,
    mode: 'enforce',
    policy: { version: 'built-in-1', testSends: { recipients: 'own', perDay: 100 } },
  });
  await gatehouse.walk([command('RequestVerification')], 'birch');
  await reader.until(({ event, data }) => event === 'gate' && data['status'] === 'in_review');
  expect(gates(reader).at(-1)).toMatchObject({ accountId: 'birch', revision: setUp.length, standing: 'good' });
  expect(gates(reader)).toHaveLength(4);
});

test('events that change no answer are passed over; the position goes on', async () => {
  await gatehouse.walk(verified);
  const reader = await follow();
  await current(reader);
  const before = reader.messages.length;
  await gatehouse.walk([command('RecordAbuseSignal'), command('AddDomain', { domain: 'other.acme.example' })]);
  await current(reader);
  const later = reader.messages.slice(before).map(({ event }) => event);
  expect(new Set(later)).toEqual(new Set(['at']));
});

test('resumed by Last-Event-ID or after: what changed since, and nothing else', async () => {
  await gatehouse.walk(setUp, 'acme');
  await gatehouse.walk(setUp, 'birch');
  const first = await follow();
  await current(first);
  const lastEventId = first.messages.at(-1)?.id ?? '';
  first.close();
  await gatehouse.walk([command('RequestVerification')], 'acme');
  await gatehouse.walk(setUp, 'cedar');
  for (const options of [{ lastEventId }, { query: `?after=${lastEventId}` }, { lastEventId, query: '?after=0' }]) {
    const reader = await follow(options);
    await current(reader);
    expect(reader.messages.map(({ event }) => event)).toEqual(['settings', 'gate', 'gate', 'at']);
    expect(gates(reader).map(({ accountId }) => accountId)).toEqual(['acme', 'cedar']);
  }
});

test('given readers that break off anywhere and resume, then each has what the rows say', async () => {
  const known = new Map<string, unknown>();
  let lastEventId: string | undefined;
  const writing = new AbortController();
  const reading = (async () => {
    for (let taken = 0; !writing.signal.aborted; taken++) {
      const reader = await follow(lastEventId === undefined ? {} : { lastEventId });
      await sleep(15 + (taken % 4) * 20);
      reader.close();
      for (const { event, id, data } of reader.messages) {
        if (event === 'gate') known.set(String(data['accountId']), data);
        lastEventId = id ?? lastEventId;
      }
    }
  })();
  for (let seed = 1; seed <= 6; seed++) await walkRandomly(gatehouse, seed, 35, 20);
  writing.abort();
  await reading;
  const end = await follow({ lastEventId: lastEventId ?? '' });
  await current(end);
  for (const data of gates(end)) known.set(String(data['accountId']), data);
  const { store, generation } = server.readModels.sendingGate;
  const rows = [...store.all(generation)].map(([key, text]) => [key, JSON.parse(text) as Row] as const);
  expect(rows.length).toBeGreaterThan(150);
  for (const [accountId, { lastChange }] of rows) {
    const { view, revision, position } = lastChange;
    expect(known.get(accountId)).toEqual({ accountId, revision, position, ...view });
  }
});
type Row = { lastChange: { view: object; revision: number; position: string } };

test('a position beyond the log: reset, and everything from the beginning', async () => {
  await gatehouse.walk(setUp);
  const reader = await follow({ lastEventId: '9999999999999999' });
  await current(reader);
  expect(reader.messages.map(({ event }) => event)).toEqual(['settings', 'reset', 'gate', 'snapshot-end']);
  expect(reader.messages[1]).toMatchObject({ data: { reason: 'position_unknown' } });
  expect(reader.text()).toContain('event: reset\nid\n');
});

test('marks come every two seconds, also when nothing changes', async () => {
  const reader = await follow();
  await reader.until(({ event }) => event === 'at');
  const { data } = reader.messages.find(({ event }) => event === 'at') ?? { data: {} };
  expect(data).toEqual({ position: await head(), time: expect.any(String) as string });
});

test('nothing personal or internal is sent', async () => {
  const canary = 'canary-7f3a';
  const contact = { name: canary, email: 'canary@acme.example' };
  await gatehouse.walk([
    command('SignUp', { ownerEmail: contact.email, company: canary }),
    ...setUp.slice(1),
    command('RequestVerification', { ...goodData.RequestVerification, technicalContact: contact, useCase: canary }),
    command('SkipScreening'),
    command('AssignReview', { reviewer: canary }),
    command('ProposeApproval', { note: canary }),
    command('RejectVerification', {
      reasons: [{ code: 'fraud', customerMessage: canary }],
      retryable: true,
      internalNote: canary,
    }),
  ]);
  const reader = await follow();
  await current(reader);
  expect(gates(reader)).toMatchObject([{ accountId: 'acme', status: 'rejected' }]);
  for (const word of [canary, contact.email, 'fraud', 'mail.acme.example', 'pendingReview', 'proposed']) {
    expect([word, reader.text().includes(word)]).toEqual([word, false]);
  }
});

test('a customer’s token may not, a malformed position is refused, and a HEAD request ends', async () => {
  const customer = server.tokens.create({ role: 'customer', actor: 'owner', accountId: 'acme' });
  expect((await readFeed(server.url, customer)).response.status).toBe(403);
  expect((await readFeed(server.url, 'nonsense')).response.status).toBe(401);
  expect((await follow({ lastEventId: 'abc' })).response.status).toBe(400);
  expect((await follow({ query: '?after=abc' })).response.status).toBe(422);
  const headers = { Authorization: `Bearer ${server.token}` };
  expect((await fetch(`${server.url}/v1/gate/changes`, { method: 'HEAD', headers })).status).toBe(200);
});

test('a revoked token ends the stream, and so does the stop of the service', async () => {
  const token = server.tokens.create({ role: 'system', actor: 'other' });
  const [revoked, stopped] = [await readFeed(server.url, token), await follow()];
  await current(stopped);
  server.tokens.revokeToken(token);
  await revoked.ended;
  const started = performance.now();
  const stop = server.stop();
  await stopped.ended;
  await stop;
  // Not when connections are cut.
  expect(performance.now() - started).toBeLessThan(4_000);
  server = await serveGate(gatehouse);
});

test('given a reader that reads nothing, then the service keeps little for it, and others are served', async () => {
  await walkRandomly(gatehouse, 9, 450, 4);
  const lazy = await openConnection(server.url);
  lazy.socket.pause();
  lazy.send(`GET /v1/gate/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\n\r\n`);
  const reader = await follow();
  await current(reader);
  expect(gates(reader)).toHaveLength(450);
  lazy.socket.destroy();
}, 60_000);
