/** kill -9 at any moment: no message is lost, and one that comes twice has the same id and body. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kebabName } from '../../src/commands/catalogue.js';
import { readConfig } from '../../src/config.js';
import { decode } from '../../src/events/upcast.js';
import { openLog, openTokens } from '../../src/parts.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { messagesOf } from '../../src/webhooks/messages.js';
import { sendingGate, type GateRow } from '../../projections/sendingGate.js';
import { setUp } from '../support/examples.js';
import { type Folder, newFolder } from '../support/folders.js';
import { type Served, serve } from '../support/program.js';
import { seeded } from '../support/randomCommands.js';
import { newReceiver, type Receiver, secret } from '../support/webhookReceiver.js';

/** More than in the suite on demand: `GATEHOUSE_TEST_KILLS=100`. */
const kills = Number(process.env['GATEHOUSE_TEST_KILLS'] ?? 4);
let folder: Folder;
let receiver: Receiver;
const before = { ...process.env };

beforeAll(async () => {
  folder = newFolder();
  receiver = await newReceiver();
  Object.assign(process.env, {
    GATEHOUSE_PROCESSES: 'webhooks',
    GATEHOUSE_WEBHOOK_URL: receiver.url,
    GATEHOUSE_WEBHOOK_SECRET: secret,
    GATEHOUSE_ALLOW_ADDRESSES: '127.0.0.0/8',
  });
});
afterAll(async () => {
  process.env = before;
  await receiver.stop();
  folder.remove();
});

/** Walks account after account until the service is gone; told of each command that was answered. */
async function load({ url }: Served, token: string, name: string, onAnswer: () => void): Promise<void> {
  for (let account = 0; ; account++) {
    const accountId = `${name}-${account}`;
    for (const { name: what, data, actor } of setUp) {
      if (actor.type === 'system') continue;
      const path = what === 'SignUp' ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(what)}`;
      const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' };
      const body = JSON.stringify(what === 'SignUp' ? { ...data, accountId } : data);
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body }).catch(() => undefined);
      if (answer === undefined) return;
      await answer.text();
      onAnswer();
    }
  }
}

/** The messages that the log makes, by id. */
async function expected(): Promise<Map<string, string>> {
  const store = openLog(readConfig({ GATEHOUSE_DATA: folder.path }));
  const rows = new Map<string, GateRow>();
  const made = new Map<string, string>();
  for await (const stored of store.readAll({ types: sendingGate.types })) {
    const event = decode(stored);
    const row = sendingGate.evolve(rows.get(event.stream), event);
    rows.set(event.stream, row);
    for (const { id, body } of messagesOf(event, row, builtInPolicy)) made.set(id, body);
  }
  await store.close();
  return made;
}

test(
  `given ${kills} kills under load, then every message arrives, in the order of its account`,
  async () => {
    const random = seeded(7);
    const data = folder.path;
    const tokens = openTokens(readConfig({ GATEHOUSE_DATA: data }));
    const token = tokens.create({ role: 'product', actor: 'backend' });
    tokens.close();
    // A receiver that takes its time: many deliveries are under way when the process dies.
    receiver.behave = () => ({ status: 200, afterMilliseconds: 10 });
    let work: Promise<unknown> = Promise.resolve();
    for (let kill = 0; kill < kills; kill++) {
      const served = await serve(data);
      let left = 15 + Math.floor(random() * 60);
      const reached = new Promise<void>((resolve) => {
        const onAnswer = (): void => {
          left -= 1;
          if (left === 0) resolve();
        };
        work = Promise.all([0, 1, 2].map(async (index) => load(served, token, `kill${kill}-${index}`, onAnswer)));
      });
      await reached;
      await sleep(random() * 300);
      await served.kill('SIGKILL');
      await work;
    }
    const last = await serve(data);
    for (let size = -1; size !== receiver.received.length; await sleep(600)) size = receiver.received.length;
    await last.kill('SIGTERM');

    const messages = await expected();
    const received = receiver.delivered();
    const missing = [...messages.keys()].filter((id) => !received.some((one) => one.id === id));
    expect(missing).toEqual([]);
    expect(messages.size).toBeGreaterThan(60);
    for (const { id, text } of received) expect([id, text]).toEqual([id, messages.get(id)]);
    const highest = new Map<string, number>();
    const seen = new Set<string>();
    for (const { id, accountId, revision } of received) {
      if (seen.has(id)) continue;
      seen.add(id);
      expect([id, revision >= (highest.get(accountId) ?? 0)]).toEqual([id, true]);
      highest.set(accountId, revision);
    }
  },
  60_000 + kills * 10_000,
);
