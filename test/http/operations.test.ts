/** What operators see over HTTP: processes and what they have parked, mails, the store; and no secret among it. */
import { readConfig } from '../../src/config.js';
import { originOf, shownSettings } from '../../src/operating.js';
import { openConsumerGroups, openLogForReading } from '../../src/parts.js';
import { mailRequest } from '../support/mails.js';
import { command, goodData, inScreening, setUp } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
afterEach(async () => service.stop());

const get = async (path: string) => service.ask('admin', 'GET', path);

type ProcessLine = { process: string } & Record<string, unknown>;

async function processOf(name: string): Promise<ProcessLine | undefined> {
  const { body } = await get('/v1/processes');
  return (body['items'] as ProcessLine[]).find(({ process }) => process === name);
}

describe('processes', () => {
  test('each is listed, whether it runs here or not, with what waits for it', async () => {
    service = await newService('acme', { GATEHOUSE_PROCESSES: 'timers' });
    const last = await service.walk('acme', inScreening);
    await get(`/v1/reviews?after=${String(last.body['position'])}`);
    expect(await processOf('timers')).toMatchObject({
      runsHere: true,
      state: 'ok',
      takesEvents: false,
      parked: null,
      waiting: { count: 0, since: null },
    });
    expect(await processOf('screening')).toMatchObject({
      runsHere: false,
      state: 'not_here',
      takesEvents: true,
      parked: { count: 0, atLeast: false },
      waiting: { count: 1, atLeast: false, since: expect.any(String) },
    });
    expect(await processOf('webhooks')).toMatchObject({
      unavailable: expect.stringContaining('GATEHOUSE_WEBHOOK_URL'),
      waiting: { count: 0 },
    });
  });

  test('what a process has parked is shown with the reason, and is tried once more', async () => {
    service = await newService();
    await service.walk('acme', setUp);
    const config = readConfig({ GATEHOUSE_DATA: service.folder.path });
    const store = openLogForReading(config);
    if (store === undefined) throw new Error('no log');
    const groups = openConsumerGroups(config, store);
    const group = { name: 'gatehouse-mail', types: ['PeopleAdded'], ordered: false, from: 'start' } as const;
    await groups.create(group);
    const stop = new AbortController();
    const consumed = groups.consume(group, {
      handle: async () => Promise.reject(new Error('the mail server says no')),
      onProblem: () => undefined,
      signal: stop.signal,
    });
    for (let tries = 0; tries < 200 && (await groups.parked(group.name)).length === 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    stop.abort();
    await consumed;
    expect(await processOf('mail')).toMatchObject({ parked: { count: 1, atLeast: false } });
    expect((await get('/v1/processes/mail/parked')).body).toMatchObject({
      items: [{ accountId: 'acme', type: 'PeopleAdded', reason: 'the mail server says no' }],
      more: false,
    });
    expect(await service.ask('system', 'POST', '/v1/processes/mail/replay')).toMatchObject({ status: 403 });
    expect(await service.ask('admin', 'POST', '/v1/processes/mail/replay')).toMatchObject({
      status: 202,
      body: { process: 'mail', replayed: 1 },
    });
    const again: string[] = [];
    const anew = new AbortController();
    await groups.consume(group, {
      handle: async ({ type }) => {
        again.push(type);
        anew.abort();
      },
      onProblem: () => undefined,
      signal: anew.signal,
    });
    expect(again).toEqual(['PeopleAdded']);
    groups.close();
    await store.close();
  }, 20_000);

  test('given a process that is not there, or takes no events, then that is said', async () => {
    service = await newService();
    expect(await get('/v1/processes/laundry/parked')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('There are: screening, domains, mail') },
    });
    expect((await get('/v1/processes/timers/parked')).body).toEqual({ items: [], more: false });
    expect(await service.ask('admin', 'POST', '/v1/processes/timers/replay')).toMatchObject({
      status: 409,
      body: { code: 'takes_no_events' },
    });
  });
});

describe('mails', () => {
  type MailLine = { accountId: string; state: string; template: string; detail: string | null };
  const mails = async (query = ''): Promise<{ items: MailLine[]; next: string | null }> => {
    const { body } = await get(`/v1/mails${query}`);
    return body as { items: MailLine[]; next: string | null };
  };
  const record = (template: string, outcome: 'sent' | 'failed') =>
    command('RecordNotification', {
      ...goodData.RecordNotification,
      template,
      outcome,
      detail: `${outcome} it`,
    } as never);

  /** Two accounts with mails that were sent or failed; waits until they are in the read models. */
  async function someMails(): Promise<void> {
    await service.walk('acme', [...setUp, record('request_received', 'sent'), record('approved', 'failed')]);
    const last = await service.walk('birch', [...setUp, record('request_received', 'sent')]);
    for (const path of ['/v1/transitions', '/v1/accounts/birch/timeline']) {
      await service.ask('admin', 'GET', `${path}?after=${String(last.body['position'])}`);
    }
  }

  test('the newest first, by account and by what became of them, a page at a time', async () => {
    service = await newService();
    await someMails();
    const { items, next } = await mails();
    expect(items.map(({ accountId, state, template }) => [accountId, state, template])).toEqual([
      ['birch', 'sent', 'request_received'],
      ['acme', 'failed', 'approved'],
      ['acme', 'sent', 'request_received'],
    ]);
    expect(next).toBeNull();
    expect(items[1]).toMatchObject({ contact: 'owner@acme.example', detail: 'failed it', revision: setUp.length + 1 });
    expect((await mails('?account=acme&state=sent')).items).toMatchObject([{ accountId: 'acme', state: 'sent' }]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page: Awaited<ReturnType<typeof mails>> = await mails(`?limit=1${cursor}`);
      seen.push(...page.items.map(({ accountId, template }) => `${accountId} ${template}`));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(seen).toEqual(['birch request_received', 'acme approved', 'acme request_received']);
  });

  test('those that wait come first, and are not shown twice', async () => {
    service = await newService();
    await someMails();
    for (const account of ['acme', 'birch', 'cedar']) mailRequest(service.folder.file('mail.db'), account);
    expect((await mails('?state=waiting&account=birch')).items).toMatchObject([
      { accountId: 'birch', state: 'waiting', contact: 'owner@birch.example', subject: 'We are looking', attempts: 0 },
    ]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page: Awaited<ReturnType<typeof mails>> = await mails(`?limit=2${cursor}`);
      seen.push(...page.items.map(({ accountId, state }) => `${accountId} ${state}`));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(seen).toEqual(['cedar waiting', 'birch waiting', 'acme waiting', 'birch sent', 'acme failed', 'acme sent']);
  });
});

describe('the store', () => {
  test('kind, head, size, versions and settings', async () => {
    service = await newService();
    const last = await service.walk('acme', setUp);
    const { status, body } = await get('/v1/store');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'embedded',
      described: service.folder.file('events.db'),
      head: last.body['position'],
      drops: { count: 0, last: null },
      versions: { machine: 1, node: process.version },
      gateMode: 'enforce',
      settings: { GATEHOUSE_PROCESSES: 'none', GATEHOUSE_SMTP_URL: 'none: mails become files' },
    });
    expect(body['bytes']).toBeGreaterThan(4_000);
    expect(body['uptimeSeconds']).toBeGreaterThanOrEqual(0);
  });

  test('given settings with secrets in every place, then none of them is shown', async () => {
    service = await newService();
    const settings = shownSettings(
      readConfig({
        GATEHOUSE_EVENT_STORE: 'esdb://admin:CANARY@store.example:2113?tls=true',
        GATEHOUSE_SMTP_URL: 'smtps://user:CANARY@mail.example:465?x=CANARY',
        GATEHOUSE_WEBHOOK_URL: 'https://user:CANARY@hooks.example/CANARY?token=CANARY',
        GATEHOUSE_WEBHOOK_SECRET: `whsec_CANARY${'a'.repeat(40)}`,
        GATEHOUSE_DASHBOARD_URL: 'https://dashboard.example/?key=CANARY',
        GATEHOUSE_CHECKPOINT_KEY: '/keys/CANARY.pem',
      }),
    );
    expect(JSON.stringify(settings)).not.toContain('CANARY');
    expect(settings).toMatchObject({
      GATEHOUSE_EVENT_STORE: 'esdb://store.example:2113',
      GATEHOUSE_SMTP_URL: 'smtps://mail.example:465',
      GATEHOUSE_WEBHOOK_URL: 'https://hooks.example',
    });
    expect(originOf('http://127.0.0.1:3000/x')).toBe('http://127.0.0.1:3000');
  });
});

test('a read model says how long it has been behind: not at all', async () => {
  service = await newService();
  const last = await service.walk('acme', setUp);
  await get(`/v1/transitions?after=${String(last.body['position'])}`);
  const { body } = await get('/v1/projections');
  expect(body['items']).toContainEqual(
    expect.objectContaining({ projection: 'transitions', state: 'live', lagSeconds: 0, rebuilding: null }),
  );
});
