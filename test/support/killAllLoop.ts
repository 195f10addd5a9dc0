/** kill -9 while every process works, start again, and look whether every promise holds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { openConsumerGroups, openLogForReading, openTokens } from '../../src/parts.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { groupName } from '../../src/processes/runner.js';
import { differencesFromRebuild } from './compareReadModels.js';
import { newFolder } from './folders.js';
import {
  accountEvents,
  doubledCommands,
  expectedWebhooks,
  mailFindings,
  ownersMails,
  webhookFindings,
} from './killAllAudit.js';
import { live, type Load, type Node } from './killAllLoad.js';
import { hostOf, newWorld, type World } from './killAllWorld.js';
import { auditLog } from './logAudit.js';
import { type Served, serve } from './program.js';

export type KillAllOptions = {
  readonly accounts: number;
  readonly kills: number;
  readonly random: () => number;
  /** An EventStoreDB that three nodes share; one node on an embedded log unless given. */
  readonly eventStore?: string;
  readonly onKill?: (kill: number, accountsDone: number) => void;
};

export type KillAllReport = {
  readonly events: number;
  readonly acknowledged: number;
  readonly commands: number;
  readonly sentAgain: number;
  readonly mails: number;
  readonly mailsDoubled: number;
  readonly webhooks: number;
  readonly webhooksDoubled: number;
  readonly findings: readonly string[];
};

const clients = 8;
const processes = ['screening', 'domains', 'abuse', 're-review', 'mail', 'webhooks'] as const;

/** One node: its data folder, its tokens, and the process that runs just now. */
class KilledNode {
  readonly folder = newFolder();
  served: Served | undefined;
  readonly tokens: Readonly<Record<string, string>>;

  constructor(
    readonly number: number,
    readonly settings: Readonly<Record<string, string>>,
    readonly nodes: (Node | undefined)[],
  ) {
    const store = openTokens(this.config);
    const roles = ['product', 'reviewer', 'system'] as const;
    this.tokens = Object.fromEntries(roles.map((role) => [role, store.create({ role, actor: `${role}-1` })]));
    store.close();
  }

  get config() {
    return readConfig({ ...this.settings, GATEHOUSE_DATA: this.folder.path });
  }

  async start(): Promise<void> {
    this.served = await serve(this.folder.path, this.settings);
    this.nodes[this.number] = { url: this.served.url, tokens: this.tokens };
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.nodes[this.number] = undefined;
    await this.served?.kill(signal);
  }

  /** How its processes fare, where one of them fails. */
  async unwell(): Promise<string[]> {
    const response = await fetch(`${this.served?.url}/readyz`);
    const { processes: states = [], status } = (await response.json()) as Readiness;
    const failing = states.filter(({ state }) => state !== 'ok').map(({ process }) => process);
    return [...failing, ...(status === 'ready' ? [] : [status])].map((what) => `node ${this.number}: ${what}`);
  }
}

type Readiness = { status: string; processes?: readonly { process: string; state: string }[] };

/** Waits until the log gives no reason for anything more, and all of it has been done. */
async function untilDone(store: EventStore, world: World, one: boolean): Promise<void> {
  let [events, quiet] = [-1, 0];
  for (const last = performance.now() + 90_000; performance.now() < last && quiet < 3; await sleep(500)) {
    const all = await accountEvents(store);
    const isDone = mailFindings(all, world).length === 0 && webhookFindings(all, world, one).length === 0;
    quiet = isDone && all.length === events ? quiet + 1 : 0;
    events = all.length;
  }
}

async function lookAfter(nodes: readonly KilledNode[], world: World, load: Load): Promise<KillAllReport> {
  const one = nodes.length === 1;
  const [first] = nodes;
  if (first === undefined) throw new Error('no node');
  const store = openLogForReading(first.config);
  if (store === undefined) throw new Error('no log');
  await untilDone(store, world, one);
  const findings = [...load.findings];
  for (const node of nodes) findings.push(...(await node.unwell()));
  for (const node of nodes) {
    const before = performance.now();
    await node.end('SIGTERM');
    const took = performance.now() - before;
    if (node.served?.child.exitCode !== 0)
      findings.push(`node ${node.number} ended with ${node.served?.child.exitCode}`);
    if (took > 5_000) findings.push(`node ${node.number} took ${Math.round(took)} ms to stop`);
  }
  const groups = openConsumerGroups(first.config, store);
  for (const name of processes) {
    for (const { type, reason } of await groups.parked(groupName(name)))
      findings.push(`${name} parked ${type}: ${reason}`);
  }
  groups.close();
  const events = await accountEvents(store);
  const ids = new Set(events.map(({ id }) => id));
  for (const [id, key] of load.acknowledged) if (!ids.has(id)) findings.push(`${key} was acknowledged, and is lost`);
  findings.push(...(await auditLog(store)).findings, ...doubledCommands(events));
  findings.push(...mailFindings(events, world), ...webhookFindings(events, world, one));
  for (const node of nodes) {
    const models = new ReadModels(store, new ReadModelStore(node.folder.file('read-models.db')));
    models.start();
    findings.push(...(await differencesFromRebuild(store, models)));
    await models.stop();
  }
  await store.close();
  const mails = world.mail.received;
  const webhooks = world.backend.delivered();
  return {
    events: events.length,
    acknowledged: load.acknowledged.size,
    commands: load.count.commands,
    sentAgain: load.count.sentAgain,
    mails: ownersMails(events).size,
    mailsDoubled: mails.length - new Set(mails.map(({ messageId }) => messageId)).size,
    webhooks: expectedWebhooks(events).size,
    webhooksDoubled: webhooks.length - new Set(webhooks.map(({ id }) => id)).size,
    findings,
  };
}

/** Kills a node again and again while clients walk accounts through their life, then looks at what is there. */
export async function killAll({ accounts, kills, random, eventStore, onKill }: KillAllOptions): Promise<KillAllReport> {
  const accountIdOf = (account: number): string => `sender-${account}`;
  const world = await newWorld(accounts, accountIdOf);
  const running: (Node | undefined)[] = [];
  const settings = { ...world.settings, ...(eventStore === undefined ? {} : { GATEHOUSE_EVENT_STORE: eventStore }) };
  const nodes = Array.from(
    { length: eventStore === undefined ? 1 : 3 },
    (_, number) => new KilledNode(number, settings, running),
  );
  let [next, done] = [0, 0];
  const over = new AbortController();
  const count = { commands: 0, refused: 0, sentAgain: 0 };
  const load: Load = {
    nodes: running,
    acknowledged: new Map(),
    findings: [],
    count,
    isOver: () => over.signal.aborted,
  };
  try {
    for (const node of nodes) await node.start();
    const client = async (): Promise<void> => {
      for (let account = next++; account < accounts && !load.isOver(); account = next++) {
        await live(load, accountIdOf(account), hostOf(account), world.web.port);
        done += 1;
      }
    };
    const clientsDone = Promise.all(Array.from({ length: clients }, client));
    for (let kill = 0; kill < kills; kill++) {
      const node = nodes[kill % nodes.length];
      await sleep(300 + random() * 1_500);
      await node?.end('SIGKILL');
      if (random() < 0.3) await sleep(random() * 1_000);
      await node?.start();
      onKill?.(kill + 1, done);
    }
    if (done < accounts) await Promise.race([clientsDone, sleep(120_000, undefined, { ref: false })]);
    over.abort();
    await clientsDone;
    return await lookAfter(nodes, world, load);
  } finally {
    for (const node of nodes) {
      await node.end('SIGKILL');
      node.folder.remove();
    }
    await world.stop();
  }
}
