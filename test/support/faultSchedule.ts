/**
 * One seeded schedule of faults between Gatehouse and its EventStoreDB, while several writers of two nodes send commands
 * to the same accounts and read models follow; then a look whether every promise held. The server is the stand-in, or the
 * one that EVENTSTORE_TEST_URL names, which is then spared what only a stand-in does on demand.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendingGate, timeline } from '../../projections/index.js';
import { AccountCache } from '../../src/app/accountCache.js';
import { type CommandHandlerDeps, handleCommand } from '../../src/app/handleCommand.js';
import { ensurePolicy } from '../../src/app/policySource.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { EventStoreError } from '../../src/eventStore/eventStore.js';
import { openEventStoreDb } from '../../src/eventStore/eventStoreDb.js';
import type { EventMetadata } from '../../src/events/envelope.js';
import { ProjectionRunner } from '../../src/readModels/runner.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { type Runner, runnersDifferingFromRebuild } from './compareReadModels.js';
import { command, setUp } from './examples.js';
import { notLeader, StandIn } from './eventStoreStandIn/standIn.js';
import { FaultyProxy } from './faultyProxy.js';
import { tickingClock } from './gatehouse.js';
import { auditLog } from './logAudit.js';
import { seeded } from './randomCommands.js';
import { timed } from './timedStore.js';

/** The deadline of every call, in milliseconds, and what a busy machine may add to it. */
const deadline = 900;
const slack = 1_500;

export type FaultRun = {
  readonly acknowledged: number;
  /** The faults, in order. */
  readonly faults: readonly string[];
  /** What broke a promise; none is what must be. */
  readonly findings: readonly string[];
};

/** What each writer adds after the set-up, so that faults meet writes. */
const domainsEach = 10;

type World = { readonly proxy: FaultyProxy; readonly random: () => number };

/** Every fault heals itself; so long it lasts, in milliseconds, at most. */
const longestFault = 400;

/** What networks do. */
const networkFaults: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'reset': async ({ proxy }) => proxy.reset(),
  'drop': async ({ proxy, random }) => {
    proxy.mode = 'refused';
    proxy.reset();
    await sleep(random() * longestFault);
  },
  'delay': async ({ proxy, random }) => {
    proxy.delay = 1 + Math.floor(random() * 60);
    await sleep(random() * longestFault);
  },
  'half-open': async ({ proxy, random }) => {
    proxy.mode = 'frozen';
    await sleep(random() * longestFault);
    proxy.reset();
  },
  'acknowledgement lost': async ({ proxy, random }) => {
    proxy.mode = 'deaf';
    await sleep(random() * 60);
    proxy.reset();
  },
};

/** What servers do. */
const serverFaults: Readonly<Record<string, (standIn: StandIn, world: World) => Promise<void>>> = {
  'restart': async (standIn, { random }) => {
    standIn.stop();
    await sleep((random() * longestFault) / 2);
    await standIn.start();
  },
  'end of stream': async (standIn) => standIn.endSubscriptions(),
  'not leader': async (standIn, { proxy }) => standIn.refuseNext(notLeader(proxy.port), notLeader(proxy.port)),
};

/** Runs a schedule. The same seed gives the same faults at about the same moments. */
export async function runFaultSchedule(seed: number): Promise<FaultRun> {
  const random = seeded(seed);
  const server = process.env['EVENTSTORE_TEST_URL'];
  const standIn = server === undefined ? new StandIn() : undefined;
  await standIn?.start();
  const serverPort = (): number => standIn?.port ?? Number(new URL(server ?? '').port);
  const proxy = await FaultyProxy.listen(serverPort);
  // A real server keeps the streams of earlier runs.
  const run = randomUUID().slice(0, 8);
  const findings: string[] = [];
  const open = (port: number, milliseconds: number): EventStore =>
    openEventStoreDb({
      connectionString: `esdb://127.0.0.1:${port}?tls=false&defaultDeadline=${milliseconds}`,
      streams: [`account-${run}-`, 'policy'],
      probeMilliseconds: 200,
    });
  const nodes = [open(proxy.port, deadline), open(proxy.port, deadline)] as const;
  // What is looked at afterwards is read past the faults.
  const direct = open(serverPort(), 30_000);
  const stores = nodes.map((store) => timed(store, deadline + slack, findings));
  const clock = tickingClock();
  const policy = await ensurePolicy(direct, clock);
  const handlers = stores.map((store) => ({
    store,
    accounts: new AccountCache(store),
    policy: () => policy,
    now: clock,
  }));
  const models = followers(nodes[1]);
  const acknowledged = new Map<string, number>();
  const done: string[] = [];
  const writers = Promise.all(
    [0, 1, 2, 3].map((writer) => write(handlers[writer % 2], `${run}-${writer >> 1}`, writer, acknowledged)),
  );
  try {
    const names = [...Object.keys(networkFaults), ...(standIn === undefined ? [] : Object.keys(serverFaults))];
    for (let count = 2 + Math.floor(random() * 3); count > 0; count--) {
      await sleep(random() * 80);
      const name = names[Math.floor(random() * names.length)] ?? 'reset';
      done.push(name);
      await networkFaults[name]?.({ proxy, random });
      if (standIn !== undefined) await serverFaults[name]?.(standIn, { proxy, random });
      proxy.mode = 'open';
      proxy.delay = 0;
    }
    await writers;
    findings.push(...(await look(direct, models, acknowledged)));
  } finally {
    await models.stop();
    for (const node of [...nodes, direct]) await node.close();
    await proxy.close();
    standIn?.stop();
  }
  return { acknowledged: acknowledged.size, faults: done, findings };
}

type Followers = { readonly runners: readonly Runner[]; readonly stop: () => Promise<void> };

/** One read model of each sort, rows that evolve and rows that are added: the others follow by the same means. */
function followers(store: EventStore): Followers {
  const rows = new ReadModelStore(':memory:');
  const runners = [
    new ProjectionRunner(store, rows, sendingGate),
    new ProjectionRunner(store, rows, timeline),
  ] as const;
  const stopping = new AbortController();
  const running = Promise.all(runners.map((runner) => runner.run(stopping.signal)));
  return {
    runners: runners as unknown as readonly Runner[],
    stop: async () => {
      stopping.abort();
      await running;
      rows.close();
    },
  };
}

/** One writer: sets up an account that another one sets up, too; each command again until it is answered. */
async function write(
  deps: CommandHandlerDeps | undefined,
  accountId: string,
  writer: number,
  acknowledged: Map<string, number>,
): Promise<void> {
  if (deps === undefined) throw new Error('a writer without a node');
  const domains = Array.from({ length: domainsEach }, (_, index) =>
    command('AddDomain', { domain: `d${writer}-${index}.acme.example` }),
  );
  for (const [index, one] of [...setUp, ...domains].entries()) {
    const commandId = `${accountId}-${writer}-${index}`;
    for (;;) {
      try {
        const result = await handleCommand(deps, { accountId, commandId, command: one });
        if (result.kind === 'accepted' && result.events.length > 0)
          acknowledged.set(commandId, result.account.revision);
        break;
      } catch (error) {
        if (!(error instanceof EventStoreError) || !error.retryable) throw error;
        await sleep(5);
      }
    }
  }
}

async function look(
  store: EventStore,
  { runners }: Followers,
  acknowledged: ReadonlyMap<string, number>,
): Promise<string[]> {
  const findings = [...(await auditLog(store)).findings];
  const seen = new Map<string, number[]>();
  for await (const { metadata, revision } of store.readAll()) {
    const { commandId } = metadata as unknown as EventMetadata;
    seen.set(commandId, [...(seen.get(commandId) ?? []), revision]);
  }
  for (const [key, revision] of acknowledged) {
    if (seen.get(key)?.at(-1) !== revision)
      findings.push(`${key} was acknowledged at ${revision}, and is at ${seen.get(key)?.join() ?? 'none'}`);
  }
  for (const [key, revisions] of seen)
    if (revisions.length > 1) findings.push(`${key} is there ${revisions.length} times`);
  return [...findings, ...(await runnersDifferingFromRebuild(store, runners))];
}
