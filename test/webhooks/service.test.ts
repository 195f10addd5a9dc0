/** Webhooks of the running service: from commands to a receiver, and the delivery log over HTTP and the command line. */
import { setTimeout as sleep } from 'node:timers/promises';
import { listDeliveries, replayDeliveries } from '../../src/cli/webhooks.js';
import { readConfig } from '../../src/config.js';
import { command, rejected, verified } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { newReceiver, type Receiver, secret } from '../support/webhookReceiver.js';

let receiver: Receiver;
let service: TestService;

beforeAll(async () => {
  receiver = await newReceiver();
  service = await newService('acme', {
    GATEHOUSE_PROCESSES: 'webhooks',
    GATEHOUSE_WEBHOOK_URL: receiver.url,
    GATEHOUSE_WEBHOOK_SECRET: secret,
    GATEHOUSE_ALLOW_ADDRESSES: '127.0.0.0/8',
  });
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done() && tries < 250; tries++) await sleep(20);
  expect(done()).toBe(true);
}
const of = (accountId: string) => receiver.delivered().filter((one) => one.accountId === accountId);
type Line = { id: string; state: string; accountId: string; type: string };
const page = (body: Record<string, unknown>) => body as { configured: boolean; items: Line[]; next: string | null };

test('each account’s messages arrive in the order of its events, the last one saying what the gate says', async () => {
  await Promise.all([service.walk('acme', verified), service.walk('birch', rejected)]);
  await until(() => of('acme').at(-1)?.data['allowed'] === true && of('birch').at(-1)?.data['status'] === 'rejected');
  for (const account of ['acme', 'birch']) {
    const revisions = of(account).map(({ revision }) => revision);
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
  }
  const gate = await service.ask('product', 'GET', '/v1/accounts/acme/gate?action=message.send');
  const { allowed, reasons, channels, missing } = gate.body;
  expect(of('acme').findLast(({ type }) => type === 'gate.changed')?.data).toMatchObject({
    allowed,
    reasons,
    channels,
    missing,
    revision: gate.body['revision'],
  });
});

test('the delivery log: pages, filters, once more; for administrators', async () => {
  const first = page((await service.ask('admin', 'GET', '/v1/webhooks/deliveries?limit=5&account=acme')).body);
  expect(first).toMatchObject({ configured: true });
  expect(first.items.map(({ accountId }) => accountId)).toEqual(Array.from({ length: 5 }, () => 'acme'));
  const path = `/v1/webhooks/deliveries?limit=500&account=acme&state=delivered&cursor=${first.next ?? ''}`;
  const rest = page((await service.ask('admin', 'GET', path)).body);
  expect(rest.next).toBeNull();
  expect(first.items.length + rest.items.length).toBe(of('acme').length);
  const id = first.items[0]?.id ?? '';
  const before = receiver.delivered().length;
  expect((await service.ask('admin', 'POST', `/v1/webhooks/deliveries/${id}/replay`)).status).toBe(202);
  await until(() => receiver.delivered().length === before + 1);
  expect(receiver.delivered().at(-1)?.id).toBe(id);
  expect((await service.ask('admin', 'POST', '/v1/webhooks/deliveries/none/replay')).status).toBe(404);
  for (const role of ['product', 'customer', 'reviewer', 'analyst'] as const) {
    expect((await service.ask(role, 'GET', '/v1/webhooks/deliveries')).status).toBe(403);
  }
  expect((await service.ask('auditor', 'POST', `/v1/webhooks/deliveries/${id}/replay`)).status).toBe(403);
});

test('the command line reads and replays beside the running service', async () => {
  const config = readConfig({ GATEHOUSE_DATA: service.folder.path });
  const lines = listDeliveries(config, { accountId: 'birch', state: 'delivered', limit: 100 });
  expect(lines).toHaveLength(of('birch').length);
  const before = receiver.delivered().length;
  expect(replayDeliveries(config, { accountId: 'birch' })).toBe(lines.length);
  await until(() => receiver.delivered().length === before + lines.length);
  const again = receiver.delivered().slice(before);
  expect(again.map(({ id }) => id)).toEqual(lines.map(({ id }) => id).toReversed());
  expect(() => replayDeliveries(config, { id: 'none' })).toThrow('There is no delivery none.');
});

test('what waits shows in the metrics', async () => {
  receiver.behave = () => ({ status: 500 });
  await service.walk('acme', [command('SuspendAccount')]);
  await until(() => receiver.received.at(-1)?.status === 500);
  const { text } = await service.ask(undefined, 'GET', '/metrics');
  expect(text).toMatch(/gatehouse_webhooks_waiting 2/);
  expect(Number(/gatehouse_webhooks_oldest_seconds ([\d.]+)/.exec(text)?.[1])).toBeGreaterThan(0);
  expect(text).toMatch(/gatehouse_webhook_attempts_total\{outcome="delivered"\} \d+/);
});

test('without an address there is no such process, and the log says so', async () => {
  const other = await newService();
  const answer = await other.ask('admin', 'GET', '/v1/webhooks/deliveries');
  expect(answer).toMatchObject({ status: 200, body: { configured: false, items: [], next: null } });
  await other.stop();
});

test('a secret that is none is a configuration error', async () => {
  const env = { GATEHOUSE_WEBHOOK_URL: receiver.url, GATEHOUSE_WEBHOOK_SECRET: `whsec_${'=a'.repeat(20)}` };
  await expect(newService('acme', env)).rejects.toThrow('GATEHOUSE_WEBHOOK_SECRET');
});
