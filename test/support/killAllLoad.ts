/** Clients that walk accounts through their whole life, whatever happens to the service: what fails is sent again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kebabName } from '../../src/commands/catalogue.js';
import type { Command } from '../../src/commands/decide.js';
import { command, item, reasons, reviewer } from './examples.js';
import { goodBody } from './senders.js';

/** Where a client may ask: the nodes that answer just now. */
export type Node = { readonly url: string; readonly tokens: Readonly<Record<string, string>> };

export type Load = {
  readonly nodes: readonly (Node | undefined)[];
  /** The events that were acknowledged, by id. */
  readonly acknowledged: Map<string, string>;
  /** Answers that must not be. */
  readonly findings: string[];
  readonly count: { commands: number; refused: number; sentAgain: number };
  readonly isOver: () => boolean;
};

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** Asks until a node answers. */
async function ask(load: Load, role: string, method: string, path: string, key: string, body?: unknown) {
  for (let tries = 0; ; tries++) {
    if (tries > 600) throw new Error(`${key}: no node answers`);
    const node = load.nodes[(tries + key.length) % load.nodes.length];
    if (node !== undefined) {
      try {
        const response = await fetch(`${node.url}${path}`, {
          method,
          headers: {
            'Authorization': `Bearer ${node.tokens[role] ?? ''}`,
            'Content-Type': 'application/json',
            ...(method === 'POST' ? { 'Idempotency-Key': key } : {}),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(30_000),
        });
        const answer: Answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
        if (answer.status < 500) return answer;
      } catch {
        // Gone: another one, or the same once it is back.
      }
    }
    load.count.sentAgain += 1;
    await sleep(100);
  }
}

/** Sends a command; a refusal is an answer, too. @returns whether it was accepted */
async function send(load: Load, accountId: string, part: string, { name, data, actor }: Command): Promise<boolean> {
  const path = name === 'SignUp' ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(name)}`;
  const role = actor.type === 'customer' ? 'product' : actor.type;
  const key = `${accountId}-${part}-${name}`;
  const { status, body } = await ask(load, role, 'POST', path, key, name === 'SignUp' ? { ...data, accountId } : data);
  load.count.commands += 1;
  if (status === 409 || status === 412) load.count.refused += 1;
  else if (status >= 300) load.findings.push(`${key}: ${status} ${JSON.stringify(body)}`);
  for (const { id } of (body['events'] ?? []) as readonly { id: string }[]) load.acknowledged.set(id, key);
  return status < 300;
}

async function statusOf(load: Load, accountId: string): Promise<string> {
  const { body } = await ask(load, 'reviewer', 'GET', `/v1/accounts/${accountId}`, `${accountId}-status`);
  return JSON.stringify([body['status'], (body['state'] as Record<string, unknown> | undefined)?.['verification']]);
}

/** Waits until screening is over; the processes must get there by themselves. */
async function screened(load: Load, accountId: string): Promise<string> {
  for (const last = performance.now() + 60_000; performance.now() < last; await sleep(150)) {
    const status = await statusOf(load, accountId);
    if (!status.includes('screening')) return status;
  }
  load.findings.push(`${accountId} was not screened within a minute`);
  return '';
}

function senderOf(host: string, port: number): readonly Command[] {
  const domain = `mail.${host}`;
  return [
    command('SignUp', { company: 'Acme', ownerEmail: `owner@${host}` }),
    command('RecordPeopleAdded'),
    command('RecordEventsReceived'),
    command('ConfigureChannel', { channelId: 'email-1', kind: 'email', domain }),
    command('AddDomain', { domain }),
    command('RecordMessageCreated', {
      messageId: 'news',
      channelId: 'email-1',
      name: 'News',
      subject: 'News of May',
      body: goodBody,
    }),
    command('RequestVerification', {
      website: `https://${host}:${port}/`,
      technicalContact: { name: 'Technical contact', email: `tech@${host}` },
      useCase: 'News for the customers of our shop',
      messageTypes: ['newsletter'],
      subscriptionProcess: 'A form in the shop, with a confirmation by mail',
    }),
  ];
}

/** An account from its sign-up to its end; what comes after screening depends on what that found. */
export async function live(load: Load, accountId: string, host: string, port: number): Promise<void> {
  for (const one of senderOf(host, port)) await send(load, accountId, 'a', one);
  if (load.isOver()) return;
  let status = await screened(load, accountId);
  const answers = command('SubmitInformation', {
    answers: [{ requirement: 'company_website', text: 'It works again.' }],
  });
  if (status.includes('info_requested') && (await send(load, accountId, 'b', answers))) {
    await sleep(200);
    status = await screened(load, accountId);
  }
  if (load.isOver()) return;
  if (status.includes('in_review')) {
    await send(load, accountId, 'c', command('AssignReview', { reviewer: reviewer.id }, reviewer));
    await send(load, accountId, 'c', command('RequestInformation', { items: [item] }, reviewer));
    await send(load, accountId, 'c', command('SubmitInformation'));
    await send(load, accountId, 'c', command('RejectVerification', { reasons, retryable: true }, reviewer));
    await send(load, accountId, 'c', command('RequestVerification', {}));
    if (load.isOver()) return;
    await screened(load, accountId);
    await send(load, accountId, 'd', command('ApproveVerification', {}, reviewer));
  }
  if (load.isOver()) return;
  const signal = (rate: number): Command => command('RecordAbuseSignal', { kind: 'complaints', rate, source: 'loop' });
  await send(load, accountId, 'e', signal(0.002));
  await send(load, accountId, 'e', command('UpdateBusinessProfile', { website: `https://${host}:${port}/new` }));
  await send(load, accountId, 'f', signal(0.02));
  await sleep(300);
  await send(load, accountId, 'f', command('SubmitAppeal', { against: 'suspension', statement: 'We cleaned up.' }));
  await send(load, accountId, 'f', command('ReinstateAccount', { note: 'Cleared up' }, reviewer));
}
