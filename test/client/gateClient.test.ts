/** The client in process answers what the service answers, and denies what it cannot know. */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GateClient, gateActions, type GateDecision, GateFeedRefused } from '../../src/client/index.js';
import type { GateAsk } from '../../src/client/answers.js';
import { messageTypes } from '../../src/events/vocabulary.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { command, setUp, verified } from '../support/examples.js';
import { FaultyProxy } from '../support/faultyProxy.js';
import { type GateServer, serveGate } from '../support/gateServer.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';

let gatehouse: TestGatehouse;
let server: GateServer;
let proxy: FaultyProxy;
const clients: GateClient[] = [];

beforeEach(async () => {
  gatehouse = await newGatehouse();
  server = await serveGate(gatehouse);
  proxy = await FaultyProxy.listen(() => server.port);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map(async (client) => client.close()));
  await proxy.close();
  await server.stop();
  await gatehouse.close();
});

function newClient(options: Partial<ConstructorParameters<typeof GateClient>[0]> = {}): GateClient {
  const url = `http://127.0.0.1:${proxy.port}`;
  const client = new GateClient({ url, token: server.token, reconnectMilliseconds: 5, ...options });
  clients.push(client);
  client.start();
  return client;
}

/** What is documented to differ: the client says when the answers changed last, the service where it stands. */
function comparable({ revision: _revision, position: _position, ...rest }: GateDecision): object {
  return rest;
}

async function served(question: GateAsk, after: string): Promise<GateDecision> {
  const { accountId, ...asked } = question;
  const given = Object.entries({ ...asked, after }).filter(([, value]) => value !== undefined);
  const path = `/v1/accounts/${accountId}/gate?${new URLSearchParams(given as [string, string][]).toString()}`;
  const response = await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${server.token}` } });
  return (await response.json()) as GateDecision;
}

/** Holds every answer about these accounts against the service's. @returns how many */
async function agrees(client: GateClient, accounts: readonly string[]): Promise<number> {
  const head = (await gatehouse.store.head()) ?? '';
  expect(await client.reaches(head, 5_000)).toBe(true);
  let asked = 0;
  for (const accountId of accounts) {
    const questions = gateActions.flatMap((action) =>
      [undefined, 'email-1', 'email-2', 'push-1', 'not-there'].flatMap((channelId) =>
        // Message types make a difference to sending alone.
        (action === 'message.send' ? [undefined, ...messageTypes] : [undefined]).map((messageType) => ({
          accountId,
          action,
          channelId,
          messageType,
        })),
      ),
    );
    const answers = await Promise.all(questions.map(async (question) => served(question, head)));
    for (const [index, question] of questions.entries()) {
      const answer = client.ask(question);
      expect([question, comparable(answer)]).toEqual([question, comparable(answers[index] as GateDecision)]);
      expect(answer.revision ?? -1).toBeLessThanOrEqual(answers[index]?.revision ?? -1);
      asked += 1;
    }
  }
  return asked;
}

test('given more than 1,000 changes and 20 broken connections, then it agrees with the service on every question', async () => {
  const client = newClient();
  await client.ready();
  for (let cut = 1; cut <= 22; cut++) {
    await walkRandomly(gatehouse, cut, 14, 30);
    // Some of the connections are cut in the middle of what is sent, some find nobody there for a while.
    await sleep(cut * 3);
    proxy.mode = cut % 5 === 4 ? 'refused' : 'open';
    proxy.reset();
  }
  const rows = [...server.readModels.sendingGate.store.all(server.readModels.sendingGate.generation)];
  const changes = rows.reduce((sum, [, row]) => sum + (JSON.parse(row) as { revision: number }).revision + 1, 0);
  expect(changes).toBeGreaterThan(1_000);
  expect(await client.reaches((await gatehouse.store.head()) ?? '', 5_000)).toBe(true);
  expect(client.accounts).toBe(rows.length);
  const accounts = rows
    .map(([key]) => key)
    .filter((_key, index) => index % 7 === 0)
    .slice(0, 30);
  expect(await agrees(client, [...accounts, 'nobody'])).toBeGreaterThan(2_500);
}, 90_000);

test('before everything was received it denies; then an account that is not there is unknown', async () => {
  proxy.mode = 'frozen';
  const client = newClient({ staleAfterMilliseconds: 400 });
  expect(client.ask({ accountId: 'acme', action: 'people.write' })).toMatchObject({
    allowed: false,
    reasons: ['not_up_to_date'],
    position: null,
  });
  proxy.mode = 'open';
  expect(await client.ready()).toBe(true);
  expect(client.ask({ accountId: 'acme', action: 'people.write' })).toMatchObject({
    allowed: false,
    reasons: ['unknown_account'],
    position: client.position,
  });
});

test('stale beyond its limit it denies; when the service is heard again it answers, with what changed meanwhile', async () => {
  await gatehouse.walk(verified);
  const client = newClient({ staleAfterMilliseconds: 2_600 });
  await client.ready();
  const question = { accountId: 'acme', action: 'message.send', channelId: 'email-1' } as const;
  expect(client.ask(question).allowed).toBe(true);
  proxy.mode = 'frozen';
  await gatehouse.send(command('SuspendAccount'));
  await sleep(1_000);
  expect(client.ask(question).allowed).toBe(true);
  await sleep(1_700);
  expect(client.ask(question)).toMatchObject({ allowed: false, reasons: ['not_up_to_date'], deliveryMode: 'blocked' });
  proxy.mode = 'open';
  expect(await client.reaches((await gatehouse.store.head()) ?? '', 10_000)).toBe(true);
  expect(client.ask(question)).toMatchObject({ allowed: false, reasons: ['suspended'], onDenied: 'hold' });
});

test('a service whose own knowledge is not up to date lets the client grow stale', async () => {
  await gatehouse.walk(verified);
  const client = newClient({ staleAfterMilliseconds: 1_000 });
  await client.ready();
  const models = server.readModels.sendingGate;
  Object.defineProperty(models, 'state', { get: () => 'failed', configurable: true });
  await sleep(1_200);
  expect(client.ask({ accountId: 'acme', action: 'message.send' }).reasons).toEqual(['not_up_to_date']);
});

test('given a service whose clock is put back, then the client begins anew, and goes on answering', async () => {
  let ahead = 3_600_000;
  const other = await serveGate(gatehouse, { now: () => new Date(Date.now() + ahead).toISOString() });
  await gatehouse.walk(verified);
  const errors: string[] = [];
  const client = newClient({ url: other.url, token: other.token, onError: ({ message }) => errors.push(message) });
  await client.ready();
  ahead = 0;
  await gatehouse.send(command('SuspendAccount'));
  expect(await client.reaches((await gatehouse.store.head()) ?? '', 5_000)).toBe(true);
  for (let tries = 0; !client.upToDate && tries < 100; tries++) await sleep(20);
  expect(client.upToDate).toBe(true);
  expect(client.ask({ accountId: 'acme', action: 'message.send' })).toMatchObject({ reasons: ['suspended'] });
  expect(errors).toEqual(['The gate feed comes late: it is begun anew.']);
  await client.close();
  await other.stop();
});

test('a changed policy changes the answers that follow from it', async () => {
  await gatehouse.walk(setUp);
  const client = newClient();
  await client.ready();
  const question = { accountId: 'acme', action: 'message.send_test' } as const;
  expect(client.ask(question)).toMatchObject({ policyVersion: 'built-in-1', constraints: { perDay: 100 } });
  server.setPolicy({ ...builtInPolicy, version: 'second', testSends: { recipients: 'own', perDay: 7 } });
  for (let tries = 0; client.ask(question).policyVersion !== 'second' && tries < 100; tries++) await sleep(50);
  expect(client.ask(question)).toMatchObject({ allowed: true, policyVersion: 'second', constraints: { perDay: 7 } });
  await agrees(client, ['acme', 'nobody']);
});

test('mode observe comes with the feed', async () => {
  await gatehouse.walk(setUp);
  await server.stop();
  server = await serveGate(gatehouse, { mode: 'observe' });
  const client = newClient();
  await client.ready();
  expect(client.ask({ accountId: 'acme', action: 'message.send' })).toMatchObject({
    allowed: true,
    observed: true,
    wouldAllow: false,
    reasons: ['not_requested'],
  });
  await agrees(client, ['acme', 'nobody']);
});

test('another log at the same address: all that was known is forgotten', async () => {
  await gatehouse.walk(verified);
  const errors: string[] = [];
  const client = newClient({ onError: ({ message }) => errors.push(message) });
  await client.ready();
  const other = await newGatehouse(() => '2026-02-02T00:00:00.000Z');
  await other.walk([...verified, command('SuspendAccount')], 'birch');
  await server.stop();
  server = await serveGate(other, { tokens: gatehouse.folder });
  const reasons = (): readonly string[] => client.ask({ accountId: 'acme', action: 'message.send' }).reasons;
  for (let tries = 0; reasons()[0] !== 'unknown_account' && tries < 200; tries++) await sleep(20);
  expect(client.ask({ accountId: 'birch', action: 'message.send' }).reasons).toEqual(['suspended']);
  expect(reasons()).toEqual(['unknown_account']);
  expect(errors.join()).toContain('another log');
  await server.stop();
  server = await serveGate(gatehouse);
  await other.close();
}, 60_000);

test('a token that may not, or no longer may: it stops, says so, and denies', async () => {
  await gatehouse.walk(verified);
  const errors: Error[] = [];
  const client = newClient({ onError: (error) => errors.push(error) });
  await client.ready();
  server.tokens.revokeToken(server.token);
  for (let tries = 0; errors.length === 0 && tries < 100; tries++) await sleep(50);
  expect(errors).toEqual([expect.any(GateFeedRefused)]);
  expect(errors[0]).toMatchObject({ status: 401 });
  expect(client.ask({ accountId: 'acme', action: 'message.send' }).reasons).toEqual(['not_up_to_date']);
  const customer = server.tokens.create({ role: 'customer', actor: 'owner', accountId: 'acme' });
  const refused = newClient({ token: customer, onError: (error) => errors.push(error) });
  expect(await refused.ready(2_000)).toBe(false);
  expect(errors[1]).toMatchObject({ status: 403 });
});

test('answers are shared, and nobody can change them; questions that are none are thrown back', async () => {
  await gatehouse.walk(verified);
  const client = newClient();
  await client.ready();
  const question = { accountId: 'acme', action: 'message.send' } as const;
  expect(client.ask(question)).toBe(client.ask({ ...question }));
  expect(() => (client.ask(question).channels as unknown[]).push('x')).toThrow(TypeError);
  for (const wrong of [{ action: 'message.burn' }, { ...question, messageType: 'spam' }]) {
    expect(() => client.ask({ accountId: 'acme', ...wrong } as unknown as GateAsk)).toThrow(TypeError);
    expect(() => client.ask({ accountId: 'nobody', ...wrong } as unknown as GateAsk)).toThrow(TypeError);
  }
  expect(client.ask({ accountId: 'constructor', action: 'people.write' }).reasons).toEqual(['unknown_account']);
});

test('it can be closed at any time, also after the garbage collector has been there', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const client = newClient();
  await client.ready();
  for (let time = 0; time < 6; time++) {
    collect();
    await sleep(20);
  }
  const started = performance.now();
  await client.close();
  expect(performance.now() - started).toBeLessThan(5_000);
});
