/** Deliveries over real HTTP: signed, in order of each account, tried again until they are given up. */
import { createResolver } from '../../src/net/dns.js';
import { createSafeFetch, type SafeFetch } from '../../src/net/safeFetch.js';
import { plusHours, plusMilliseconds } from '../../src/events/time.js';
import { nextAttempt } from '../../src/webhooks/backoff.js';
import { Deliveries, type Delivery } from '../../src/webhooks/deliveries.js';
import { type WebhookMessage, webhookId } from '../../src/webhooks/messages.js';
import { WebhookSender } from '../../src/webhooks/sender.js';
import { type Folder, newFolder } from '../support/folders.js';
import { newReceiver, type Receiver, secret } from '../support/webhookReceiver.js';

let folder: Folder;
let receiver: Receiver;
let deliveries: Deliveries;
/** Near the real time, which the receiver holds signatures against, and moved by the tests. */
let now: string;
const signal = new AbortController().signal;

beforeEach(async () => {
  folder = newFolder();
  now = new Date().toISOString();
  receiver = await newReceiver();
  deliveries = new Deliveries(folder.file('webhooks.db'), () => now);
});
afterEach(async () => {
  deliveries.close();
  await receiver.stop();
  folder.remove();
});

const safeFetch = (allowAddresses: readonly string[] = ['127.0.0.0/8']): SafeFetch =>
  createSafeFetch({ resolver: createResolver({ servers: [] }), allowAddresses });

function newSender(options: { readonly fetch?: SafeFetch; readonly url?: string } = {}): WebhookSender {
  const { fetch = safeFetch(), url = receiver.url } = options;
  return new WebhookSender({ deliveries, url, secret, fetch, now: () => now, chance: () => 0.5 });
}

function message(accountId: string, revision: number): WebhookMessage {
  const type = 'gate.changed';
  const body = JSON.stringify({ type, timestamp: now, data: { accountId, revision } });
  return { id: webhookId(`${accountId}-${revision}`, type), accountId, type, revision, position: '1', body };
}

const states = (): string[] => deliveries.list({ limit: 100 }).items.map(({ id, state }: Delivery) => `${id} ${state}`);
const order = (): string[] => receiver.delivered().map(({ accountId, revision }) => `${accountId}:${revision}`);

test('a delivery is signed as the library verifies it, and is logged', async () => {
  deliveries.put([message('acme', 1)]);
  await newSender().deliverDue(signal);
  expect(order()).toEqual(['acme:1']);
  expect(deliveries.list({ limit: 10 }).items).toMatchObject([
    { id: 'acme-1_gate-changed', state: 'delivered', attempts: 1, lastStatus: 204, lastError: null, finishedAt: now },
  ]);
  expect(deliveries.backlog()).toEqual({ waiting: 0, tried: 0, oldest: null });
});

test('an event that comes again adds nothing', async () => {
  deliveries.put([message('acme', 1), message('acme', 2)]);
  await newSender().deliverDue(signal);
  deliveries.put([message('acme', 1), message('acme', 2)]);
  await newSender().deliverDue(signal);
  expect(order()).toEqual(['acme:1', 'acme:2']);
});

test('given failures of one account, then its later messages wait for the earlier, and others go on', async () => {
  let failures = 2;
  receiver.behave = ({ accountId, revision }) => ({
    status: accountId === 'acme' && revision === 1 && failures-- > 0 ? 500 : 200,
  });
  for (const revision of [1, 2, 3]) deliveries.put([message('acme', revision), message('birch', revision)]);
  const sender = newSender();
  await sender.deliverDue(signal);
  expect(order()).toEqual(['birch:1', 'birch:2', 'birch:3']);
  expect(deliveries.backlog()).toMatchObject({ waiting: 3, tried: 1 });
  now = plusMilliseconds(now, 4_000);
  await sender.deliverDue(signal);
  expect(receiver.received.filter(({ accountId }) => accountId === 'acme')).toHaveLength(1);
  now = plusMilliseconds(now, 2_000);
  await sender.deliverDue(signal);
  now = plusMilliseconds(now, 40_000);
  await sender.deliverDue(signal);
  expect(order().slice(3)).toEqual(['acme:1', 'acme:2', 'acme:3']);
  expect(new Set(receiver.received.filter(({ revision }) => revision === 1).map(({ id }) => id)).size).toBe(2);
});

test('accounts are delivered to side by side: a slow one holds up itself alone', async () => {
  receiver.behave = ({ accountId }) => ({ status: 200, afterMilliseconds: accountId === 'slow' ? 400 : 0 });
  deliveries.put([message('slow', 1), message('slow', 2), ...[1, 2, 3].map((index) => message(`quick-${index}`, 1))]);
  await newSender().deliverDue(signal);
  expect(order().toSorted()).toEqual(['quick-1:1', 'quick-2:1', 'quick-3:1', 'slow:1', 'slow:2']);
  expect(order().slice(3)).toEqual(['slow:1', 'slow:2']);
});

test.each([
  ['500', { status: 500 }, 'answered with 500'],
  ['a redirect', { status: 307, headers: { Location: '/elsewhere' } }, 'redirects are not followed'],
  ['a cut connection', { status: 0 }, 'connection_failed'],
  ['no answer in time', { status: 200, afterMilliseconds: 600 }, 'timed_out'],
])('%s is a failure, tried again', async (_what, answer, error) => {
  receiver.behave = () => answer;
  deliveries.put([message('acme', 1)]);
  const fetch = safeFetch();
  const sender = newSender({ fetch: async (url, request) => fetch(url, { ...request, withinMilliseconds: 300 }) });
  await sender.deliverDue(signal);
  const [one] = deliveries.list({ limit: 1 }).items;
  expect(one).toMatchObject({ state: 'waiting', attempts: 1 });
  expect(one?.lastError).toContain(error);
  receiver.behave = () => ({ status: 200 });
  now = plusMilliseconds(now, 6_000);
  await sender.deliverDue(signal);
  expect(states()).toEqual(['acme-1_gate-changed delivered']);
  expect(receiver.received.every(({ id }) => id === 'acme-1_gate-changed')).toBe(true);
});

test('an address that is not public is not reached, unless the operator allows it', async () => {
  deliveries.put([message('acme', 1)]);
  await newSender({ fetch: safeFetch([]) }).deliverDue(signal);
  expect(receiver.received).toEqual([]);
  expect(deliveries.list({ limit: 1 }).items[0]?.lastError).toContain('address_refused');
});

test('410 Gone: this one is given up at once, those after it are delivered', async () => {
  receiver.behave = ({ revision }) => ({ status: revision === 1 ? 410 : 200 });
  deliveries.put([message('acme', 1), message('acme', 2)]);
  await newSender().deliverDue(signal);
  expect(states()).toEqual(['acme-2_gate-changed delivered', 'acme-1_gate-changed given_up']);
});

test('a receiver that is back after an outage gets what waits at once', async () => {
  receiver.behave = () => ({ status: 503, headers: { 'Retry-After': '1800' } });
  for (const account of ['a', 'b', 'c', 'd', 'e', 'f']) deliveries.put([message(account, 1)]);
  const sender = newSender();
  await sender.deliverDue(signal);
  receiver.behave = () => ({ status: 200 });
  now = plusMilliseconds(now, 10_000);
  await sender.deliverDue(signal);
  // They were asked to wait for half an hour; a new message finds the receiver well.
  expect(order()).toEqual([]);
  deliveries.put([message('g', 1)]);
  await sender.deliverDue(signal);
  await sender.deliverDue(signal);
  expect(order()).toHaveLength(7);
});

test('after three days it is given up and kept, and the account’s next message has its own tries', async () => {
  receiver.behave = ({ revision }) => ({ status: revision === 1 ? 500 : 200 });
  deliveries.put([message('acme', 1), message('acme', 2)]);
  // The stamps of these attempts lie in the future for the receiver: it is made to answer without a look.
  const fetch: SafeFetch = async (url, request) => {
    const { id, data } = { id: request.headers?.['webhook-id'] ?? '', ...(JSON.parse(request.body ?? '') as Body) };
    const { status } = receiver.behave({ id, type: '', accountId: '', revision: data.revision, data, text: '' });
    return { url, status, headers: {}, body: Buffer.alloc(0), redirects: [] };
  };
  const sender = newSender({ fetch });
  const began = now;
  for (let hours = 0; hours < 80; hours++) {
    await sender.deliverDue(signal);
    now = plusHours(now, 1);
  }
  const [second, first] = deliveries.list({ limit: 2 }).items;
  expect(first).toMatchObject({ state: 'given_up', lastStatus: 500 });
  expect(first?.attempts).toBeGreaterThan(15);
  expect((first?.finishedAt ?? '') >= plusHours(began, 72)).toBe(true);
  expect(second).toMatchObject({ state: 'delivered' });
  now = plusHours(now, 24 * 31);
  expect(deliveries.prune()).toBe(1);
  expect(states()).toEqual(['acme-1_gate-changed given_up']);
});
type Body = { data: { revision: number } };

test('pauses grow, differ by chance, and keep to what the receiver asks for', () => {
  const at = '2026-01-05T09:00:00.000Z';
  const after = (attempts: number, chance = 0.5, askedPause?: number): number =>
    Date.parse(nextAttempt({ attempts, since: at, now: at, chance, askedPause }) ?? '') - Date.parse(at);
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempts) => after(attempts));
  expect(pauses).toEqual([5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 14_400].map((seconds) => seconds * 1_000));
  expect([after(1, 0), after(1, 0.999_999)]).toEqual([4_500, expect.closeTo(5_500, -1)]);
  expect(after(1, 0.5, 60_000)).toBe(60_000);
  expect(after(1, 0.5, 1e9)).toBe(3_600_000);
  const late = { since: at, now: plusHours(at, 72), chance: 0 };
  expect(nextAttempt({ ...late, attempts: 5 })).toBeUndefined();
  expect(nextAttempt({ ...late, attempts: 4 })).toBeDefined();
});

test('replayed: one by its id, or an account’s since a time; under the same id', async () => {
  deliveries.put([message('acme', 1)]);
  now = plusMilliseconds(now, 1_000);
  const since = now;
  deliveries.put([message('acme', 2), message('birch', 1)]);
  const sender = newSender();
  await sender.deliverDue(signal);
  expect(deliveries.replay({ id: 'acme-1_gate-changed' })).toBe(1);
  expect(deliveries.replay({ id: 'nothing' })).toBe(0);
  await sender.deliverDue(signal);
  expect(deliveries.replay({ accountId: 'acme', since })).toBe(1);
  await sender.deliverDue(signal);
  expect(order().slice(3)).toEqual(['acme:1', 'acme:2']);
});

test('a file that cannot be used is a clear error', () => {
  deliveries.close();
  expect(() => new Deliveries(folder.path, () => now)).toThrow(/cannot be used for webhook deliveries/);
  deliveries = new Deliveries(folder.file('webhooks.db'), () => now);
});

test('a clock that was ahead, and was put back, holds no delivery up', async () => {
  const real = now;
  now = plusHours(real, 24 * 365);
  deliveries.put([message('acme', 1)]);
  now = real;
  await newSender().deliverDue(signal);
  expect(order()).toEqual(['acme:1']);
});
