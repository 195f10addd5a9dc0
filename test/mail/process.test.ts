/** The process `mail` in a running service. */
import { setTimeout as sleep } from 'node:timers/promises';
import { command, inReview, inScreening, item, reasons } from '../support/examples.js';
import { type MailServer, startMailServer } from '../support/mailServer.js';
import { newService, type TestService } from '../support/service.js';

let server: MailServer;
let service: TestService;
beforeAll(async () => {
  server = await startMailServer();
  service = await newService('acme', {
    GATEHOUSE_PROCESSES: 'mail',
    GATEHOUSE_SMTP_URL: server.url,
    GATEHOUSE_PROVIDER_NAME: 'Sendwell',
    GATEHOUSE_MAIL_FROM: 'verify@sendwell.example',
  });
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (const last = performance.now() + 10_000; !(await done()); await sleep(50)) {
    if (performance.now() > last) throw new Error('it took too long');
  }
}

const subjectsTo = (address: string): string[] =>
  server.received.filter(({ to }) => to === address).map(({ subject }) => subject);
const metric = async (name: string): Promise<number> => {
  const { text } = await service.ask('admin', 'GET', '/metrics');
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
};

test('given a request, a question and a rejection, then the owner is told of each in order, and the account says so', async () => {
  await service.walk('acme', [
    ...inReview,
    command('RequestInformation', { items: [item] }),
    command('SubmitInformation'),
    command('RejectVerification', { reasons, retryable: true }),
  ]);
  await until(() => server.received.length === 3);
  expect(subjectsTo('owner@acme.example')).toEqual([
    'We received your request to start sending with Sendwell',
    'We have a question about your account',
    'About your request to start sending with Sendwell',
  ]);
  await until(async () => {
    const { body } = await service.ask('reviewer', 'GET', '/v1/accounts/acme/timeline');
    const types = (body['items'] as { type: string }[]).map(({ type }) => type);
    return types.filter((type) => type === 'NotificationSent').length === 3;
  });
  const { body } = await service.ask('reviewer', 'GET', '/v1/reviews/acme');
  expect(body).toMatchObject({ unreachableContacts: [], questionsUnreachable: false });
  expect(server.received[0]?.raw).toContain(`+${String(body['mailReference'])}@`);
});

test('given a contact that cannot be reached, then the reviewer sees it, and the customer’s view does not change', async () => {
  server.answerTo = (address) => (address === 'gone@beta.example' ? { code: 550, text: 'no such user' } : undefined);
  await service.walk('beta', [
    command('SignUp', { company: 'Beta', ownerEmail: 'gone@beta.example' }),
    ...inReview.slice(1),
    command('RequestInformation', { items: [item] }),
  ]);
  const review = async () => (await service.ask('reviewer', 'GET', '/v1/reviews/beta')).body;
  await until(async () => (await review())['questionsUnreachable'] === true);
  expect(await review()).toMatchObject({ unreachableContacts: ['gone@beta.example'] });
  const { text } = await service.ask('product', 'GET', '/v1/accounts/beta');
  expect(text).not.toMatch(/unreachable/i);
  const timeline = await service.ask('product', 'GET', '/v1/accounts/beta/timeline');
  expect(timeline.text).not.toMatch(/NotificationFailed|no such user/);
});

test('given a mail server that is down, then readiness and metrics say so, and nothing is parked', async () => {
  const { port } = server;
  await server.stop();
  await service.walk('gamma', [
    command('SignUp', { company: 'Gamma', ownerEmail: 'owner@gamma.example' }),
    ...inScreening.slice(1),
  ]);
  const mail = async () => {
    const { body, status } = await service.ask(undefined, 'GET', '/readyz');
    const processes = body['processes'] as { process: string; state: string; failures: number }[];
    return { status, ...processes.find(({ process }) => process === 'mail') };
  };
  await until(async () => (await mail()).state === 'failing');
  expect((await mail()).status).toBe(200);
  expect(await metric('gatehouse_mail_waiting')).toBe(1);
  expect(await metric('gatehouse_mail_oldest_seconds')).toBeGreaterThan(0);
  expect(await metric('gatehouse_process_failures_in_a_row')).toBeGreaterThan(0);
  server = await startMailServer(port);
});
