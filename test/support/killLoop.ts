/** kill -9 at a random instant under load, start again, and look whether every promise holds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kebabName } from '../../src/commands/catalogue.js';
import type { Command } from '../../src/commands/decide.js';
import { readConfig } from '../../src/config.js';
import type { EventMetadata } from '../../src/events/envelope.js';
import { openLog, openTokens } from '../../src/parts.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { differencesFromRebuild } from './compareReadModels.js';
import { command, setUp } from './examples.js';
import type { Folder } from './folders.js';
import { auditLog } from './logAudit.js';
import { type Served, serve } from './program.js';

const clients = 16;

const walk: readonly Command[] = [
  ...setUp,
  command('RequestVerification'),
  command('SkipScreening'),
  command('ApproveVerification'),
];

type Tokens = Readonly<Record<string, string>>;

function tokensFor(data: string): Tokens {
  const store = openTokens(readConfig({ GATEHOUSE_DATA: data }));
  const roles = ['product', 'reviewer', 'system'] as const;
  const tokens = Object.fromEntries(roles.map((role) => [role, store.create({ role, actor: `${role}-1` })]));
  store.close();
  return tokens;
}

/** One client: walks account after account, and notes what was acknowledged, until the service is gone. */
async function client(served: Served, tokens: Tokens, name: string, acknowledged: Set<string>): Promise<void> {
  for (let account = 0; ; account++) {
    const accountId = `${name}-${account}`;
    for (const { name: what, data, actor } of walk) {
      const path = what === 'SignUp' ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(what)}`;
      const key = `${accountId}-${what}`;
      try {
        const response = await fetch(`${served.url}${path}`, {
          method: 'POST',
          headers: {
            'Authorization': `Bearer ${tokens[actor.type === 'customer' ? 'product' : actor.type] ?? ''}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': key,
          },
          body: JSON.stringify(what === 'SignUp' ? { ...data, accountId } : data),
        });
        await response.text();
        if (response.ok) acknowledged.add(key);
      } catch {
        return;
      }
    }
  }
}

/**
 * What was found after one kill; an empty list is what must be.
 * @param afterSome waits until something was acknowledged, however busy the machine is
 */
export async function killOnce(
  folder: Folder,
  loop: number,
  afterMilliseconds: number,
  afterSome = false,
): Promise<{ acknowledged: number; findings: string[] }> {
  const served = await serve(folder.path);
  const tokens = tokensFor(folder.path);
  const acknowledged = new Set<string>();
  const load = Promise.all(
    Array.from({ length: clients }, async (_, index) => client(served, tokens, `loop${loop}-${index}`, acknowledged)),
  );
  await sleep(afterMilliseconds);
  if (afterSome) while (acknowledged.size === 0) await sleep(5);
  await served.kill('SIGKILL');
  await load;
  const findings = await lookAfter(folder, acknowledged);
  return { acknowledged: acknowledged.size, findings };
}

async function lookAfter(folder: Folder, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const findings: string[] = [];
  // Started again as an operator would, on the read models that the killed process left behind.
  const again = await serve(folder.path);
  for (let tries = 0; (await fetch(`${again.url}/readyz`)).status !== 200; tries++) {
    if (tries > 300) findings.push('not ready again');
    if (tries > 300) break;
    await sleep(20);
  }
  await again.kill('SIGTERM');
  if (again.child.exitCode !== 0) findings.push(`stopped with ${again.child.exitCode}`);

  const store = openLog(readConfig({ GATEHOUSE_DATA: folder.path }));
  const models = new ReadModels(store, new ReadModelStore(folder.file('read-models.db')));
  models.start();
  try {
    findings.push(...(await auditLog(store)).findings);
    const seen = new Map<string, number>();
    for await (const { metadata } of store.readAll()) {
      const { commandId } = metadata as unknown as EventMetadata;
      seen.set(commandId, (seen.get(commandId) ?? 0) + 1);
    }
    for (const key of acknowledged) if (!seen.has(key)) findings.push(`${key} was acknowledged, and is lost`);
    for (const [key, times] of seen) if (times > 1) findings.push(`${key} is there ${times} times`);
    findings.push(...(await differencesFromRebuild(store, models)));
  } finally {
    await models.stop();
    await store.close();
  }
  return findings;
}
