/** Mails over SMTP: servers that accept, refuse, put off, are down or hang. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { MailServerUnavailable } from '../../src/mail/deliver.js';
import { plusHours, plusMinutes } from '../../src/events/time.js';
import { command, inReview, inScreening, item, start } from '../support/examples.js';
import { type MailHouse, never, newMailHouse } from '../support/mailExamples.js';
import { type MailServer, startMailServer } from '../support/mailServer.js';

let server: MailServer;
let house: MailHouse;
beforeEach(async () => {
  server = await startMailServer();
  house = await newMailHouse({ smtpUrl: server.url });
});
afterEach(async () => {
  await house.close();
  await server.stop();
});

async function asked(contacts: readonly string[] = []): Promise<void> {
  const update = command('UpdateContacts', {
    contacts: contacts.map((email) => ({ email, roles: ['requester' as const] })),
  });
  const event = (await house.walk([...inReview, update, command('RequestInformation', { items: [item] })])).at(-1);
  if (event === undefined) throw new Error('no event');
  await house.mailing.tell(event);
}

const later = (minutes: number): void => {
  house.now = plusMinutes(start, minutes);
};
const information = async () => (await house.commands.accounts.get('acme')).snapshot.context.facts.information;

test('accepted: one mail for each contact, each with one recipient, recorded as sent', async () => {
  await asked(['req@acme.example']);
  await house.mailing.deliver(never);
  expect(server.received.map(({ to }) => to).toSorted()).toEqual(['owner@acme.example', 'req@acme.example']);
  for (const { mail, raw } of server.received) {
    expect(mail.text).toContain('What will you send?');
    expect(mail.html).toContain('What will you send?');
    expect(raw.match(/acme\.example>?\r\n/g)?.length).toBe(1);
  }
  expect((await house.told()).toSorted()).toEqual([
    'sent information_requested owner@acme.example',
    'sent information_requested req@acme.example',
  ]);
  expect(await information()).toMatchObject({ told: true });
});

test('an address that does not exist (550): failed at once, with the server’s words, but not the address; the others are told', async () => {
  server.answerTo = (address) =>
    address === 'req@acme.example' ? { code: 550, text: '5.1.1 <req@acme.example> no such user' } : undefined;
  await asked(['req@acme.example']);
  await house.mailing.deliver(never);
  expect((await house.told()).toSorted()).toEqual([
    'failed information_requested req@acme.example',
    'sent information_requested owner@acme.example',
  ]);
  const failed = (await house.events()).find(({ fact }) => fact.type === 'NotificationFailed');
  expect(failed?.fact.data).toMatchObject({ detail: '550 5.1.1 <the address> no such user' });
  expect(house.mailing.waiting().count).toBe(0);
  expect(await information()).not.toHaveProperty('unreachable');
});

test('a mailbox that is full (452): only that mail waits, and goes out later; nothing is amiss with the server', async () => {
  server.answerTo = (address) => (address === 'req@acme.example' ? { code: 452, text: '4.2.2 full' } : undefined);
  await asked(['req@acme.example']);
  await expect(house.mailing.deliver(never)).resolves.toBeUndefined();
  expect(await house.told()).toEqual(['sent information_requested owner@acme.example']);
  server.answerTo = () => undefined;
  await house.mailing.deliver(never);
  expect(server.received).toHaveLength(1);
  later(1);
  await house.mailing.deliver(never);
  expect(await house.told()).toContain('sent information_requested req@acme.example');
});

test('put off for three days: failed', async () => {
  server.answerTo = () => ({ code: 450, text: '4.2.0 greylisted' });
  await asked();
  for (let hours = 0; hours < 72; hours += 12) {
    house.now = plusHours(start, hours);
    await house.mailing.deliver(never);
    expect(await house.told()).toEqual([]);
  }
  house.now = plusHours(start, 73);
  await house.mailing.deliver(never);
  expect(await house.told()).toEqual(['failed information_requested owner@acme.example']);
});

test('a message that the server refuses after it has it (554): failed', async () => {
  server.onMessage = async () => ({ code: 554, text: '5.7.1 looks like spam' });
  await asked();
  await house.mailing.deliver(never);
  expect(await house.told()).toEqual(['failed information_requested owner@acme.example']);
});

test('a server that will not relay for us: ours to mend, so nobody counts as unreachable', async () => {
  server.answerTo = () => ({ code: 554, text: '5.7.1 Relay access denied' });
  await asked();
  await expect(house.mailing.deliver(never)).rejects.toThrow(MailServerUnavailable);
  expect(await house.told()).toEqual([]);
});

test('a server that is down for an hour: nothing is lost, nothing counts as failed', async () => {
  const { port } = server;
  await server.stop();
  await asked(['req@acme.example']);
  for (const minutes of [0, 1, 3, 10, 30, 59]) {
    later(minutes);
    await expect(house.mailing.deliver(never)).rejects.toThrow(MailServerUnavailable);
  }
  expect(house.mailing.waiting().count).toBe(2);
  expect(await house.told()).toEqual([]);
  server = await startMailServer(port);
  later(80);
  await house.again().deliver(never);
  expect(server.received).toHaveLength(2);
  expect(house.mailing.waiting().count).toBe(0);
});

test('a server that never says a word: given up after the time it has, tried again later', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  const hanging = await newMailHouse({
    smtpUrl: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    smtpTimes: { connect: 300, greet: 300, answer: 300 },
  });
  const event = (await hanging.walk(inScreening)).at(-1);
  if (event === undefined) throw new Error('no event');
  await hanging.mailing.tell(event);
  const began = performance.now();
  await expect(hanging.mailing.deliver(never)).rejects.toThrow(MailServerUnavailable);
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(hanging.mailing.waiting().count).toBe(1);
  await hanging.close();
  silent.close();
});

test('a server that asks for TLS that is not there: said clearly', async () => {
  const strict = await newMailHouse({ smtpUrl: `${server.url}?requireTLS=true` });
  const event = (await strict.walk(inScreening)).at(-1);
  if (event === undefined) throw new Error('no event');
  await strict.mailing.tell(event);
  await expect(strict.mailing.deliver(never)).rejects.toThrow(/STARTTLS|TLS/);
  await strict.close();
});

test('mails to one contact keep their order, also when the first is put off', async () => {
  let fullYet = true;
  server.answerTo = () => (fullYet ? { code: 452, text: 'full' } : undefined);
  await asked();
  await house.mailing.deliver(never);
  fullYet = false;
  const rejection = (await house.walk([command('RejectVerification')])).at(-1);
  if (rejection === undefined) throw new Error('no event');
  await house.mailing.tell(rejection);
  await house.mailing.deliver(never);
  expect(server.received).toEqual([]);
  later(1);
  await house.mailing.deliver(never);
  await house.mailing.deliver(never);
  expect(server.received.map(({ subject }) => subject)).toEqual([
    'We have a question about your account',
    'About your request to start sending with Sendwell',
  ]);
});

test('a clock that was put back does not hold a mail up', async () => {
  server.answerTo = () => ({ code: 452, text: 'full' });
  await asked();
  await house.mailing.deliver(never);
  server.answerTo = () => undefined;
  house.now = plusHours(start, -24);
  await house.mailing.deliver(never);
  expect(server.received).toHaveLength(1);
});

test('after the account is closed, what was told is still recorded', async () => {
  await asked();
  await house.walk([command('CloseAccount')]);
  await house.mailing.deliver(never);
  expect(await house.told()).toEqual(['sent information_requested owner@acme.example']);
});

test('two nodes that both took an event over: the second one finds it told', async () => {
  await asked();
  const event = (await house.events()).at(-1);
  if (event === undefined) throw new Error('no event');
  const node = house.anotherNode();
  await node.tell(event);
  expect(node.waiting().count).toBe(1);
  await house.mailing.deliver(never);
  await node.deliver(never);
  expect(node.waiting().count).toBe(0);
  expect(server.received).toHaveLength(1);
  node.close();
});

test('given mails of accounts that cannot be read, sent already or not, then those of others go out all the same', async () => {
  const accounts = ['birch', 'cedar', 'doum', 'elder'];
  for (const accountId of accounts) {
    const event = (await house.walk(inScreening, accountId)).at(-1);
    if (event === undefined) throw new Error('no event');
    await house.mailing.tell(event);
    const id = `3b0d4e6e-6f3c-4f0e-9d57-${accountId.padStart(12, '0').replaceAll(/[^0-9a-f]/g, '0')}`;
    const unknown = { id, type: 'OfANewerGatehouse', data: {}, metadata: { schemaVersion: 1 } };
    const { revision } = await house.commands.accounts.get(accountId);
    await house.store.append(`account-${accountId}`, revision, [unknown]);
    house.commands.accounts.forget(accountId);
  }
  await asked();
  await expect(house.mailing.deliver(never)).rejects.toThrow(/OfANewerGatehouse/);
  await house.mailing.deliver(never);
  expect(await house.told()).toContain('sent information_requested owner@acme.example');
  expect(house.mailing.waiting().count).toBe(accounts.length);
  // They are not forgotten.
  later(1);
  await expect(house.mailing.deliver(never)).rejects.toThrow(/OfANewerGatehouse/);
});
