/** Several Gatehouse processes on one EventStoreDB. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kebabName } from '../../src/commands/catalogue.js';
import { readConfig } from '../../src/config.js';
import { openStore, openTokens } from '../../src/parts.js';
import { command, setUp } from '../support/examples.js';
import { StandIn } from '../support/eventStoreStandIn/standIn.js';
import { type Folder, newFolder } from '../support/folders.js';
import { auditLog } from '../support/logAudit.js';

type Node = { readonly url: string; readonly child: ChildProcess; readonly token: (role: string) => string };

const walk = [...setUp, command('RequestVerification')];
const server = process.env['EVENTSTORE_TEST_URL'];
/** Accounts of their own for each run: a real server keeps them. */
const run = `nodes-${process.pid}-${Date.now()}`;

let folder: Folder;
let standIn: StandIn | undefined;
let eventStore: string;
let effects: string;
const nodes: Node[] = [];

beforeAll(async () => {
  folder = newFolder();
  standIn = server === undefined ? new StandIn() : undefined;
  await standIn?.start();
  eventStore = server ?? standIn?.connectionString ?? '';
  effects = folder.file('effects');
  writeFileSync(effects, '');
  nodes.push(...(await Promise.all([1, 2, 3].map((number) => start(number)))));
}, 60_000);
afterAll(async () => {
  for (const { child } of nodes) await end(child, 'SIGTERM');
  standIn?.stop();
  folder.remove();
});

async function start(number: number): Promise<Node> {
  const data = folder.file(`node-${number}`);
  const program = join(process.cwd(), 'test/support/testNode.mjs');
  const child = spawn(process.execPath, [program, data, eventStore, effects, '30'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const url = first.toString().trim();
  await until(async () => (await fetch(`${url}/readyz`)).status === 200, 20_000);
  const tokens = openTokens(readConfig({ GATEHOUSE_DATA: data }));
  const made = Object.fromEntries(
    (['product', 'reviewer', 'system'] as const).map((role) => [role, tokens.create({ role, actor: `${role}-1` })]),
  );
  tokens.close();
  return { url, child, token: (role) => made[role] ?? '' };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Walks an account, each command through the next node; a node that is gone is passed over. @returns the last position */
async function walkAccount(accountId: string, through: readonly Node[]): Promise<string> {
  let position = '';
  for (const [index, { name, data, actor }] of walk.entries()) {
    const path = name === 'SignUp' ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(name)}`;
    for (let tries = index; ; tries++) {
      const node = through[tries % through.length];
      if (node === undefined) throw new Error('no node');
      try {
        const response = await fetch(`${node.url}${path}`, {
          method: 'POST',
          headers: {
            'Authorization': `Bearer ${node.token(actor.type === 'customer' ? 'product' : actor.type)}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': `${accountId}-${index}`,
          },
          body: JSON.stringify(name === 'SignUp' ? { ...data, accountId } : data),
        });
        const body = (await response.json()) as { position: string };
        expect({ name, status: response.status < 300, body }).toMatchObject({ name, status: true });
        position = body.position;
        break;
      } catch (error) {
        if ((error as Error).name !== 'TypeError') throw error;
      }
    }
  }
  return position;
}

/** The effects so far of this run's accounts, by process: how often each key is there. */
async function effectsOf(accounts: readonly string[]): Promise<Map<string, number>> {
  const store = openStore({ kind: 'esdb', connectionString: eventStore });
  const ids = new Map<string, string>();
  for await (const { stream, id, type } of store.readAll({ types: ['AccountSignedUp', 'VerificationRequested'] })) {
    const accountId = stream.slice('account-'.length);
    if (accounts.includes(accountId)) ids.set(id, `${accountId} ${type}`);
  }
  await store.close();
  const counts = new Map<string, number>();
  for (const what of ids.values()) {
    for (const process of ['in-order', 'side-by-side']) counts.set(`${process} ${what}`, 0);
  }
  for (const line of readFileSync(effects, 'utf8').trim().split('\n')) {
    const [, process = '', id = ''] = /^\d+ ([a-z-]+):(.+)$/.exec(line) ?? [];
    const what = ids.get(id);
    if (what !== undefined) counts.set(`${process} ${what}`, (counts.get(`${process} ${what}`) ?? 0) + 1);
  }
  return counts;
}

async function until(done: () => Promise<boolean>, milliseconds: number): Promise<void> {
  for (const last = performance.now() + milliseconds; !(await done()) && performance.now() < last;) await sleep(50);
}

test('given three nodes, when commands of the same accounts go to all of them, then every gate agrees after the same position, and each effect happens once', async () => {
  const accounts = Array.from({ length: 8 }, (_, index) => `${run}-a${index}`);
  const positions = await Promise.all(accounts.map((accountId) => walkAccount(accountId, nodes)));
  const after = positions.toSorted().at(-1) ?? '';
  for (const accountId of accounts) {
    const answers = await Promise.all(
      nodes.map(async ({ url, token }) => {
        const path = `${url}/v1/accounts/${accountId}/gate?action=message.send&after=${after}`;
        const response = await fetch(path, { headers: { Authorization: `Bearer ${token('product')}` } });
        const { position: _reflects, ...decision } = (await response.json()) as { position: string };
        return decision;
      }),
    );
    expect(answers[0]).toMatchObject({ allowed: false, reasons: ['in_review'] });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  }
  await until(async () => [...(await effectsOf(accounts)).values()].every((count) => count > 0), 20_000);
  await sleep(200);
  const counts = await effectsOf(accounts);
  expect(counts.size).toBe(accounts.length * 4);
  expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
}, 60_000);

test('given three nodes, when one is killed in the middle of an effect, then each effect happens at least once, and the log is whole', async () => {
  const accounts = Array.from({ length: 8 }, (_, index) => `${run}-b${index}`);
  const walking = Promise.all(accounts.map((accountId) => walkAccount(accountId, nodes)));
  await sleep(150);
  const [first] = nodes;
  if (first !== undefined) await end(first.child, 'SIGKILL');
  await walking;
  await until(async () => [...(await effectsOf(accounts)).values()].every((count) => count > 0), 30_000);
  const counts = await effectsOf(accounts);
  expect(counts.size).toBe(accounts.length * 4);
  expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
  const store = openStore({ kind: 'esdb', connectionString: eventStore });
  expect((await auditLog(store)).findings).toEqual([]);
  await store.close();
}, 90_000);
