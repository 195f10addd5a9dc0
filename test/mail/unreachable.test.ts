/** Questions that reach nobody: shown to reviewers, and the time to answer stands still. */
import { answerBy } from '../../src/policy/facts.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { checks, command, day, inReview, item, start } from '../support/examples.js';
import { type MailHouse, never, newMailHouse } from '../support/mailExamples.js';
import { type MailServer, startMailServer } from '../support/mailServer.js';

let server: MailServer;
let house: MailHouse;
beforeEach(async () => {
  server = await startMailServer();
  house = await newMailHouse({ smtpUrl: server.url });
  server.answerTo = () => ({ code: 550, text: 'no such user' });
});
afterEach(async () => {
  await house.close();
  await server.stop();
});

const facts = async () => (await house.commands.accounts.get('acme')).snapshot.context.facts;

/** Tells of every event so far, as the process does, until there is nothing left to tell. */
async function tellAll(): Promise<void> {
  for (let told = 0; ;) {
    const events = (await house.events()).slice(told);
    if (events.length === 0) return;
    told += events.length;
    for (const event of events) await house.mailing.tell(event);
    await house.mailing.deliver(never);
  }
}

async function expire(at: string): Promise<string> {
  house.now = at;
  const result = await handleCommand(house.commands, {
    accountId: 'acme',
    commandId: `expire-${at}`,
    command: command('ExpireInformationRequest', {}, checks),
  });
  return result.kind === 'refused' ? result.code : result.kind;
}

test('while every mail with the questions failed, they do not run out', async () => {
  await house.walk([...inReview, command('RequestInformation', { items: [item] })]);
  await tellAll();
  expect(await facts()).toMatchObject({
    information: { unreachable: true, unreachableSince: start },
    unreachableContacts: ['owner@acme.example'],
  });
  expect(await expire(day(31))).toBe('not_due');
  expect(await expire(day(300))).toBe('not_due');
});

test('one contact who was told is enough: they run out as asked', async () => {
  server.answerTo = (address) => (address === 'owner@acme.example' ? { code: 550, text: 'no' } : undefined);
  const contacts = [{ email: 'req@acme.example', roles: ['requester' as const] }];
  await house.walk([...inReview, command('UpdateContacts', { contacts }), command('RequestInformation')]);
  await tellAll();
  expect((await facts()).information).toMatchObject({ told: true });
  expect((await facts()).information).not.toHaveProperty('unreachable');
  expect((await facts()).unreachableContacts).toEqual(['owner@acme.example']);
  expect(await expire(day(31))).toBe('accepted');
});

test('new contacts get the open questions, once, and the time that was left when the clock stopped', async () => {
  await house.walk([...inReview, command('RequestInformation', { items: [item] })]);
  await tellAll();
  server.answerTo = (address) => (address === 'owner@acme.example' ? { code: 550, text: 'no' } : undefined);
  house.now = day(20);
  const contacts = [{ email: 'new@acme.example', roles: ['requester' as const] }];
  await house.walk([command('UpdateContacts', { contacts })]);
  await tellAll();
  await tellAll();
  expect(server.received.map(({ to, subject }) => `${to} ${subject}`)).toEqual([
    'new@acme.example We have a question about your account',
  ]);
  const { information } = await facts();
  if (information === undefined) throw new Error('no questions');
  expect(information).not.toHaveProperty('unreachable');
  expect(information.respondBy).toBe(day(30));
  expect(answerBy(information)).toBe(day(50));
  expect(await expire(day(49.9))).toBe('not_due');
  expect(await expire(day(50))).toBe('accepted');
});

test('contacts who were named while the old ones were still being tried get them when those have failed', async () => {
  server.answerTo = () => ({ code: 450, text: 'later' });
  await house.walk([...inReview, command('RequestInformation', { items: [item] })]);
  await tellAll();
  const contacts = [{ email: 'new@acme.example', roles: ['requester' as const] }];
  await house.walk([command('UpdateContacts', { contacts })]);
  await tellAll();
  expect(await house.told()).not.toContain('sent information_requested new@acme.example');
  server.answerTo = (address) => (address === 'owner@acme.example' ? { code: 550, text: 'no' } : undefined);
  house.now = day(1);
  await house.mailing.deliver(never);
  await tellAll();
  expect(await house.told()).toEqual(
    expect.arrayContaining([
      'failed information_requested owner@acme.example',
      'sent information_requested new@acme.example',
    ]),
  );
});

test('an address that works again, or is no longer named, is not shown any more', async () => {
  await house.walk([...inReview, command('RequestInformation', { items: [item] })]);
  await tellAll();
  expect((await facts()).unreachableContacts).toEqual(['owner@acme.example']);
  server.answerTo = () => undefined;
  await house.walk([command('WarnAccount')]);
  await tellAll();
  expect(await facts()).not.toHaveProperty('unreachableContacts');

  server.answerTo = (address) => (address === 'old@acme.example' ? { code: 550, text: 'no' } : undefined);
  const contact = (email: string) => ({ email, roles: ['requester' as const] });
  await house.walk([command('UpdateContacts', { contacts: [contact('old@acme.example')] }), command('WarnAccount')]);
  await tellAll();
  expect((await facts()).unreachableContacts).toEqual(['old@acme.example']);
  await house.walk([command('UpdateContacts', { contacts: [contact('new@acme.example')] })]);
  expect(await facts()).not.toHaveProperty('unreachableContacts');
});
