/** Mails on the wire: headers, and files in the data folder. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { messageId, replyToWithReference } from '../../src/mail/message.js';
import { mailKey, mailReference } from '../../src/mail/reference.js';
import { command, inScreening, start } from '../support/examples.js';
import { type MailHouse, never, newMailHouse } from '../support/mailExamples.js';

let house: MailHouse;
beforeEach(async () => (house = await newMailHouse()));
afterEach(async () => house.close());

async function request() {
  const event = (await house.walk(inScreening)).at(-1);
  if (event === undefined) throw new Error('no event');
  return event;
}

test('without a mail server, mails are files that any mail program opens', async () => {
  const event = await request();
  await house.mailing.tell(event);
  await house.mailing.deliver(never);
  const files = readdirSync(house.folder.file('mail'));
  expect(files).toEqual([expect.stringMatching(/^2026-01-05T09-00-00-000Z-request_received-[0-9a-f]{12}\.eml$/)]);
  const raw = readFileSync(house.folder.file(`mail/${files[0]}`));
  const mail = await simpleParser(raw);
  expect(mail.subject).toBe('We received your request to start sending with Sendwell');
  expect(mail.from?.value).toEqual([{ name: 'Sendwell', address: 'verify@sendwell.example' }]);
  expect(mail.to).toMatchObject({ value: [{ address: 'owner@acme.example' }] });
  expect(mail.replyTo?.value).toEqual([
    { name: 'Sendwell', address: `support+${mailReference('acme')}@sendwell.example` },
  ]);
  expect(mail.messageId).toBe(messageId(mailKey(event.id, 'owner@acme.example'), 'verify@sendwell.example'));
  expect(mail.date?.toISOString()).toBe(start);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('content-language')).toBe('en');
  expect(mail.text).toContain('Thank you. Your request for Acme is with us');
  expect(mail.html).toContain('<h1');
  expect(await house.told()).toEqual(['sent request_received owner@acme.example']);
});

test('the event that records it names what caused it', async () => {
  const event = await request();
  await house.mailing.tell(event);
  await house.mailing.deliver(never);
  const recorded = (await house.events()).at(-1);
  expect(recorded?.metadata).toMatchObject({
    causationId: event.id,
    correlationId: event.metadata.correlationId,
    commandId: mailKey(event.id, 'owner@acme.example'),
    actor: { type: 'system', id: 'mail' },
  });
});

test('the same event again, before and after it was told: one mail', async () => {
  const event = await request();
  await house.mailing.tell(event);
  await house.mailing.tell(event);
  await house.mailing.deliver(never);
  await house.mailing.tell(event);
  await house.again().deliver(never);
  expect(readdirSync(house.folder.file('mail'))).toHaveLength(1);
  expect(await house.told()).toEqual(['sent request_received owner@acme.example']);
});

test('a folder that cannot be written: the mail waits, the failure is told, and it goes out later', async () => {
  writeFileSync(house.folder.file('mail'), 'in the way');
  await house.mailing.tell(await request());
  await expect(house.mailing.deliver(never)).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect(house.mailing.waiting().count).toBe(1);
  rmSync(house.folder.file('mail'));
  house.now = '2026-01-05T09:05:00.000Z';
  expect(house.mailing.waiting()).toEqual({ count: 1, tried: 1, oldestSeconds: 300 });
  await house.mailing.deliver(never);
  expect(house.mailing.waiting()).toEqual({ count: 0, tried: 0, oldestSeconds: 0 });
});

test('a name with line breaks adds no header', async () => {
  const contacts = [{ email: 'req@acme.example', name: 'Rae\r\nBcc: all@acme.example', roles: ['requester' as const] }];
  const event = (await house.walk([...inScreening.slice(0, -1), command('UpdateContacts', { contacts })])).length;
  expect(event).toBeGreaterThan(0);
  const [requested] = await house.walk(inScreening.slice(-1));
  if (requested === undefined) throw new Error('no event');
  await house.mailing.tell(requested);
  await house.mailing.deliver(never);
  for (const file of readdirSync(house.folder.file('mail'))) {
    const mail = await simpleParser(readFileSync(house.folder.file(`mail/${file}`)));
    expect(mail.bcc).toBeUndefined();
    expect(mail.headers.has('bcc')).toBe(false);
  }
  expect(readdirSync(house.folder.file('mail'))).toHaveLength(2);
});

describe('references', () => {
  test('say nothing of the account, and are the same each time', () => {
    expect(mailReference('acme')).toMatch(/^[0-9a-f]{16}$/);
    expect(mailReference('acme')).toBe(mailReference('acme'));
    expect(mailReference('acme')).not.toBe(mailReference('Acme'));
  });

  test.each([
    ['help@acme.example', 'help+0123456789abcdef@acme.example'],
    ['help+desk@acme.example', undefined],
    [`${'a'.repeat(60)}@acme.example`, undefined],
  ])('%s: %s', (replyTo, expected) => {
    expect(replyToWithReference(replyTo, '0123456789abcdef')).toBe(expected);
  });

  test('where the address has no room for it, it stands in the subject', async () => {
    const other = await newMailHouse({
      sender: { providerName: 'Sendwell', from: 'v@sendwell.example', replyTo: 'help+desk@sendwell.example' },
    });
    const event = (await other.walk(inScreening)).at(-1);
    if (event === undefined) throw new Error('no event');
    await other.mailing.tell(event);
    await other.mailing.deliver(never);
    const [file = ''] = readdirSync(other.folder.file('mail'));
    const mail = await simpleParser(readFileSync(other.folder.file(`mail/${file}`)));
    expect(mail.subject).toContain(`[ref ${mailReference('acme')}]`);
    expect(mail.replyTo?.value).toEqual([{ name: 'Sendwell', address: 'help+desk@sendwell.example' }]);
    await other.close();
  });
});
