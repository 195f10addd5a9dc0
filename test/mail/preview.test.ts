/** `gatehouse mail`: mails looked at before they go out, and references looked up. */
import { accountOfReference, localeOf, previewMail, templateOf } from '../../src/cli/mail.js';
import { UsageError } from '../../src/cli/output.js';
import { readConfig } from '../../src/config.js';
import { mailReference } from '../../src/mail/reference.js';
import { mailTemplates } from '../../src/policy/policy.js';
import { command, inReview, item, reasons } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let house: TestGatehouse;
const config = () =>
  readConfig({
    GATEHOUSE_DATA: house.folder.path,
    GATEHOUSE_PROVIDER_NAME: 'Sendwell',
    GATEHOUSE_DASHBOARD_URL: 'https://app.sendwell.example',
  });

beforeAll(async () => {
  house = await newGatehouse();
  await house.walk([...inReview, command('RequestInformation', { items: [item] })]);
});
afterAll(async () => house.close());

test.each(mailTemplates)('%s with sample data, in both languages', async (template) => {
  const [english] = await previewMail(config(), template, {});
  const [german] = await previewMail(config(), template, { locale: 'de' });
  expect(english).toMatchObject({ template, locale: 'en', to: 'owner@acme.example' });
  expect(german?.locale).toBe('de');
  expect(german?.subject).not.toBe(english?.subject);
  expect(english?.html).toContain('<!doctype html>');
});

test('of an account: as it went to its contacts', async () => {
  const [mail] = await previewMail(config(), 'information_requested', { account: 'acme' });
  expect(mail).toMatchObject({ to: 'owner@acme.example', subject: 'We have a question about your account' });
  expect(mail?.text).toContain('What will you send?');
  const [reminder] = await previewMail(config(), 'information_reminder', { account: 'acme' });
  expect(reminder?.subject).toBe('Reminder: our question is still open');
});

test('of an account, the last one of its kind', async () => {
  await house.walk([command('RejectVerification', { reasons, retryable: true })]);
  const [mail] = await previewMail(config(), 'rejected', { account: 'acme' });
  expect(mail?.text).toContain('We could not see how people sign up.');
});

test.each([
  ['a template that there is not', async () => templateOf('welcome'), 'Templates: request_received'],
  ['a language that there is not', async () => localeOf('fr'), 'en, de'],
  [
    'an account that there is not',
    async () => previewMail(config(), 'approved', { account: 'nobody' }),
    'no account nobody',
  ],
  [
    'an account without reason for it',
    async () => previewMail(config(), 'suspended', { account: 'acme' }),
    'no reason for suspended',
  ],
])('%s: said, with what there is', async (_what, call, words) => {
  const error = await call().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toContain(words);
});

test('a reference leads back to its account, in any case', async () => {
  const reference = mailReference('acme');
  expect(await accountOfReference(config(), reference.toUpperCase())).toBe('acme');
  expect(await accountOfReference(config(), '0000000000000000')).toBeUndefined();
});
