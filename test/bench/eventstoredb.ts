/**
 * Gatehouse on EventStoreDB against the raw client on the same server: the same bytes by plain Append at the same
 * concurrency, and rebuilds against the client's own `readAll`. The server is the one that EVENTSTORE_TEST_URL names
 * (an empty one), or the stand-in in a process of its own.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { AccountCache } from '../../src/app/accountCache.js';
import type { CommandHandlerDeps } from '../../src/app/handleCommand.js';
import { ensurePolicy } from '../../src/app/policySource.js';
import type { EventStore, StoredEvent } from '../../src/eventStore/eventStore.js';
import { openStore, systemClock } from '../../src/parts.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { newFolder } from '../support/folders.js';
import { compare, rate, type Result, rounds } from './result.js';
import { envelopes, runAll } from './workload.js';

const count = 12_000;
const inFlight = 64;
/** Without TLS the server ignores them; with them the client sends plain appends. */
const credentials = { username: 'admin', password: 'changeit' };

export async function benchEventStoreDb(): Promise<Record<string, Result>> {
  const { url, stop } = await server();
  const store = openStore({ kind: 'esdb', connectionString: url });
  const client = EventStoreDBClient.connectionString(url);
  try {
    return { 'eventstoredb commands@64': await commands(store, client), ...(await rebuilds(store, client)) };
  } finally {
    await store.close();
    await client.dispose();
    stop();
  }
}

async function commands(store: EventStore, client: EventStoreDBClient): Promise<Result> {
  const policy = await ensurePolicy(store, systemClock);
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const run = randomUUID();
    const accounts = new AccountCache(store, 20_000);
    const deps: CommandHandlerDeps = { store, accounts, policy: () => policy, now: systemClock };
    const work = envelopes(count).map((one) => ({
      ...one,
      accountId: `${run}-${one.accountId}`,
      commandId: `${run}-${one.commandId}`,
    }));
    const before = await store.head();
    ours.push(await rate(count, async () => runAll(deps, work, inFlight)));
    const written: StoredEvent[] = [];
    for await (const event of store.readAll(before === undefined ? {} : { after: before })) written.push(event);
    reference.push(await rate(written.length, async () => rawAppends(client, written)));
  }
  return compare(ours, reference, 'commands/s');
}

/** The same events in streams of other names, by the client alone. */
async function rawAppends(client: EventStoreDBClient, events: readonly StoredEvent[]): Promise<void> {
  const run = `raw-${randomUUID()}`;
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let event = events[next++]; event !== undefined; event = events[next++]) {
      const { stream, revision, type, data, metadata } = event;
      await client.appendToStream(`${run}-${stream}`, jsonEvent({ id: randomUUID(), type, data, metadata }), {
        expectedRevision: revision === 0 ? NO_STREAM : BigInt(revision - 1),
        credentials,
      });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

async function rebuilds(store: EventStore, client: EventStoreDBClient): Promise<Record<string, Result>> {
  const folder = newFolder();
  const models = new ReadModels(store, new ReadModelStore(folder.file('read-models.db')));
  const results: Record<string, Result> = {};
  for (const name of models.names()) {
    const ours: number[] = [];
    const scans: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const events = { all: 0 };
      const scan = await seconds(async () => {
        for await (const { event } of client.readAll()) events.all += event === undefined ? 0 : 1;
      });
      scans.push(events.all / scan);
      // What is not ours in the database is read as well.
      ours.push(events.all / (await seconds(async () => void (await models.rebuild(name)))));
    }
    results[`eventstoredb rebuild ${name}`] = compare(ours, scans, 'events/s');
  }
  await models.stop();
  folder.remove();
  return results;
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

async function server(): Promise<{ url: string; stop: () => void }> {
  const url = process.env['EVENTSTORE_TEST_URL'];
  if (url !== undefined) return { url, stop: () => undefined };
  process.stderr.write('EVENTSTORE_TEST_URL is not set: measured on the stand-in, which is no EventStoreDB\n');
  const program = fileURLToPath(new URL('standInServer.js', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), stop: () => child.kill() };
}
