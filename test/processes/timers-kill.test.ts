/** Timers fire once, also when the service is killed while they fire. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kebabName } from '../../src/commands/catalogue.js';
import type { Command } from '../../src/commands/decide.js';
import { readConfig } from '../../src/config.js';
import { accountOf } from '../../src/events/envelope.js';
import { decode } from '../../src/events/upcast.js';
import { openLogForReading, openTokens } from '../../src/parts.js';
import { command, inReview, item } from '../support/examples.js';
import { type Folder, newFolder } from '../support/folders.js';
import { auditLog } from '../support/logAudit.js';
import { type Served, serve } from '../support/program.js';

/** More than in the suite on demand: `GATEHOUSE_TEST_KILLS=100`. */
const kills = Number(process.env['GATEHOUSE_TEST_KILLS'] ?? 4);
const accounts = 3 * kills;
/** Between one deadline and the next, in milliseconds: they fall due from the first kill to about the last. */
const apart = kills > 4 ? 300 : 150;

let folder: Folder;
let processes: string | undefined;
beforeAll(() => {
  folder = newFolder();
  processes = process.env['GATEHOUSE_PROCESSES'];
  process.env['GATEHOUSE_PROCESSES'] = 'timers';
});
afterAll(() => {
  if (processes === undefined) delete process.env['GATEHOUSE_PROCESSES'];
  else process.env['GATEHOUSE_PROCESSES'] = processes;
  folder.remove();
});

const config = () => readConfig({ GATEHOUSE_DATA: folder.path });

function tokens(): (role: string) => string {
  const store = openTokens(config());
  const made = Object.fromEntries(
    (['product', 'reviewer', 'system'] as const).map((role) => [role, store.create({ role, actor: `${role}-1` })]),
  );
  store.close();
  return (role) => made[role === 'customer' ? 'product' : role] ?? '';
}

async function walk({ url }: Served, accountId: string, commands: readonly Command[], token: (role: string) => string) {
  for (const { name, data, actor } of commands) {
    const path = name === 'SignUp' ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(name)}`;
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Authorization': `Bearer ${token(actor.type)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(name === 'SignUp' ? { ...data, accountId } : data),
    });
    expect([name, response.status < 300]).toEqual([name, true]);
  }
}

/** When the questions of each account expired, by account. */
async function expiries(): Promise<Map<string, string[]>> {
  const store = openLogForReading(config());
  if (store === undefined) throw new Error('no log');
  const found = new Map<string, string[]>();
  for await (const event of store.readAll({ types: ['InformationRequestExpired'] })) {
    const accountId = accountOf(event.stream) ?? '';
    found.set(accountId, [...(found.get(accountId) ?? []), decode(event).fact.occurredAt]);
  }
  await store.close();
  return found;
}

test(
  `given ${accounts} deadlines a moment apart, when the service is killed ${kills} times while they fall due, then each fires once and none early`,
  async () => {
    const first = await serve(folder.path);
    const token = tokens();
    const names = Array.from({ length: accounts }, (_, index) => `acme-${index}`);
    const before = Date.now();
    await Promise.all(names.map(async (accountId) => walk(first, accountId, inReview, token)));
    // One more command for each account must be through before the first falls due, however slow the machine is.
    const begin = Date.now() + Math.max(1_500, Date.now() - before);
    const respondBy = (index: number): string => new Date(begin + index * apart).toISOString();
    await Promise.all(
      names.map(async (accountId, index) =>
        walk(first, accountId, [command('RequestInformation', { items: [item], respondBy: respondBy(index) })], token),
      ),
    );
    let served = first;
    await sleep(Math.max(0, begin - Date.now()));
    for (let kill = 0; kill < kills; kill++) {
      await sleep(40 + (kill % 8) * 50);
      await served.kill('SIGKILL');
      served = await serve(folder.path);
    }
    for (let tries = 0; (await expiries()).size < accounts && tries < 200 + accounts; tries++) await sleep(50);
    await sleep(300);
    await served.kill('SIGTERM');

    const found = await expiries();
    for (const [index, accountId] of names.entries()) {
      const times = found.get(accountId) ?? [];
      expect([accountId, times.length]).toEqual([accountId, 1]);
      expect((times[0] ?? '') >= respondBy(index)).toBe(true);
    }
    const store = openLogForReading(config());
    if (store === undefined) throw new Error('no log');
    expect((await auditLog(store)).findings).toEqual([]);
    await store.close();
  },
  60_000 + kills * 10_000,
);
