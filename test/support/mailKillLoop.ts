/** kill -9 while mails go out, start again, and look whether each was sent and recorded. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kebabName } from '../../src/commands/catalogue.js';
import { readConfig } from '../../src/config.js';
import { accountOf } from '../../src/events/envelope.js';
import { decode } from '../../src/events/upcast.js';
import { messageId } from '../../src/mail/message.js';
import { mailKey } from '../../src/mail/reference.js';
import { openLogForReading, openTokens } from '../../src/parts.js';
import { command, inReview, item } from './examples.js';
import { type Folder, newFolder } from './folders.js';
import { type MailServer, startMailServer } from './mailServer.js';
import { type Served, serve } from './program.js';

const from = 'verify@sendwell.example';
const owner = 'owner@acme.example';
const walk = [...inReview, command('RequestInformation', { items: [item] }), command('RejectVerification')];
const told: ReadonlySet<string> = new Set(['VerificationRequested', 'InformationRequested', 'VerificationRejected']);

/** When the process is killed: the server has the message but has not said so, has just said so, or at any time. */
const moments = ['before the answer', 'after the answer', 'any time'] as const;

export type MailKillReport = {
  readonly kills: number;
  readonly mails: number;
  /** How many mails were sent more than once. */
  readonly doubled: number;
  /** What must not be; an empty list. */
  readonly findings: readonly string[];
};

type House = {
  readonly folder: Folder;
  readonly server: MailServer;
  readonly tokens: Readonly<Record<string, string>>;
};

async function start({ folder, server }: House): Promise<Served> {
  const settings = { GATEHOUSE_PROCESSES: 'mail', GATEHOUSE_SMTP_URL: server.url, GATEHOUSE_MAIL_FROM: from };
  return serve(folder.path, settings);
}

/** Sends commands until one meets a service that is gone. */
async function work({ tokens }: House, { url }: Served, accountId: string): Promise<void> {
  for (const { name, data, actor } of walk) {
    const path = name === 'SignUp' ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(name)}`;
    const role = actor.type === 'customer' ? 'product' : actor.type;
    try {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'Authorization': `Bearer ${tokens[role] ?? ''}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(name === 'SignUp' ? { ...data, accountId } : data),
      });
      await response.text();
    } catch {
      return;
    }
  }
}

/** Kills the service at a moment of its mailing, and waits until it is gone. */
async function killAt(moment: (typeof moments)[number], { server }: House, served: Served, random: () => number) {
  const dead = new Promise<void>((resolve) => {
    const kill = (): void => void served.kill('SIGKILL').then(resolve);
    const which = Math.floor(random() * 3);
    let seen = 0;
    server.onMessage = async () => {
      if (moment !== 'any time' && seen++ === which) {
        if (moment === 'before the answer') await served.kill('SIGKILL').then(resolve);
        else setTimeout(kill, random() * 4);
      }
      return undefined;
    };
    // At any time, and where fewer mails came than it waits for.
    setTimeout(kill, moment === 'any time' ? random() * 1_500 : 6_000).unref();
  });
  await dead;
  server.onMessage = async () => undefined;
}

/** The mails that the log gives reason for, by key, and how often each is recorded as sent. */
async function expectedMails({ folder }: House): Promise<Map<string, number>> {
  const store = openLogForReading(readConfig({ GATEHOUSE_DATA: folder.path }));
  const expected = new Map<string, number>();
  if (store === undefined) return expected;
  for await (const stored of store.readAll()) {
    if (accountOf(stored.stream) === undefined) continue;
    const { fact, id, metadata } = decode(stored);
    if (told.has(fact.type)) expected.set(mailKey(id, owner), 0);
    if (fact.type === 'NotificationFailed') expected.set(`failed ${metadata.commandId}`, -1);
    if (fact.type === 'NotificationSent') {
      expected.set(metadata.commandId, (expected.get(metadata.commandId) ?? -2) + 1);
    }
  }
  await store.close();
  return expected;
}

async function untilAllTold(house: House): Promise<void> {
  for (const last = performance.now() + 30_000; performance.now() < last; await sleep(100)) {
    if ([...(await expectedMails(house)).values()].every((times) => times === 1)) return;
  }
}

async function lookAfter(house: House, kills: number): Promise<MailKillReport> {
  const expected = await expectedMails(house);
  const findings = [...expected].filter(([, times]) => times !== 1).map(([key, times]) => `${key}: recorded ${times}`);
  const arrived = new Map<string, number>();
  for (const one of house.server.received) arrived.set(one.messageId, (arrived.get(one.messageId) ?? 0) + 1);
  for (const key of expected.keys()) if (!arrived.has(messageId(key, from))) findings.push(`${key} was never sent`);
  const doubled = house.server.received.length - arrived.size;
  // Mails to one contact go one after the other: a kill can leave the outcome of one unknown.
  if (doubled > kills) findings.push(`${doubled} mails more than needed after ${kills} kills`);
  if (arrived.size > expected.size) findings.push(`${arrived.size - expected.size} mails without a reason in the log`);
  return { kills, mails: expected.size, doubled, findings };
}

/** Kills the service so often while it sends mails, each time in another moment, and starts it again. */
export async function killMailing(
  loops: number,
  random: () => number,
  onLoop: (loop: number, moment: string) => void = () => undefined,
): Promise<MailKillReport> {
  const folder = newFolder();
  const store = openTokens(readConfig({ GATEHOUSE_DATA: folder.path }));
  const tokens = Object.fromEntries(
    (['product', 'reviewer', 'system'] as const).map((role) => [role, store.create({ role, actor: `${role}-1` })]),
  );
  store.close();
  const house: House = { folder, server: await startMailServer(), tokens };
  try {
    let served = await start(house);
    for (let loop = 0; loop < loops; loop++) {
      const moment = moments[loop % moments.length] ?? 'any time';
      const dead = killAt(moment, house, served, random);
      await work(house, served, `loop-${loop}`);
      await dead;
      onLoop(loop + 1, moment);
      served = await start(house);
      await untilAllTold(house);
    }
    await served.kill('SIGTERM');
    return await lookAfter(house, loops);
  } finally {
    await house.server.stop();
    folder.remove();
  }
}
