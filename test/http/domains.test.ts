/** Domains over HTTP, on a service whose name server is the test's: from adding one to sending from it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.js';
import { openNetwork } from '../../src/outside.js';
import type { DomainView } from '../../src/policy/domainView.js';
import { type DnsTestServer, startDnsServer } from '../support/dnsServer.js';
import { command } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
let dns: DnsTestServer;
beforeAll(async () => {
  dns = await startDnsServer();
  service = await newService('acme', { GATEHOUSE_PROCESSES: 'domains', GATEHOUSE_DNS_SERVERS: dns.address });
  await service.walk('acme', [command('SignUp')]);
});
afterAll(async () => {
  await service.stop();
  await dns.stop();
});

const dkim = { selector: 's1', publicKey: '-----BEGIN PUBLIC KEY-----\nMIGfMA0G\nCSqGSIb3\n-----END PUBLIC KEY-----' };
const add = async (domain: string, extra: object = {}) =>
  service.ask('product', 'POST', '/v1/accounts/acme/commands/add-domain', { domain, ...extra });
const check = async (domain: string, role: 'customer' | 'product' | 'reviewer' | 'auditor' = 'customer') =>
  service.ask(role, 'POST', `/v1/accounts/acme/domains/${domain}/check`);

async function shown(domain: string): Promise<DomainView | undefined> {
  const { body } = await service.ask('customer', 'GET', '/v1/accounts/acme/domains');
  return (body['domains'] as DomainView[]).find((one) => one.domain === domain);
}
function publish({ records }: DomainView): void {
  for (const { type, name, value } of records) dns.set(name, type, [value]);
}
async function until(done: () => Promise<boolean>): Promise<void> {
  for (const last = performance.now() + 8_000; !(await done());) {
    if (performance.now() > last) throw new Error('it did not happen in time');
    await sleep(50);
  }
}

test('given records in the DNS before the domain is added, then it is verified by the service itself', async () => {
  const answer = await add('soon.acme-post.com', { dkim });
  const view = answer.body['domain'] as DomainView;
  expect(view.records).toMatchObject([
    { purpose: 'ownership', type: 'TXT', name: '_gatehouse.soon.acme-post.com', required: true, status: 'unchecked' },
    {
      purpose: 'dkim',
      type: 'TXT',
      name: 's1._domainkey.soon.acme-post.com',
      value: 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3',
      required: true,
    },
    { purpose: 'dmarc', type: 'TXT', name: '_dmarc.soon.acme-post.com', required: false },
  ]);
  publish(view);
  await until(async () => (await shown('soon.acme-post.com'))?.state !== 'pending');
  // It may have been looked at before its records were there; then whoever is in a hurry asks.
  if ((await shown('soon.acme-post.com'))?.state !== 'verified') await check('soon.acme-post.com');
  expect(await shown('soon.acme-post.com')).toMatchObject({ state: 'verified', text: 'All is in place.' });
  const { body } = await service.ask('reviewer', 'GET', '/v1/accounts/acme/timeline');
  const items = body['items'] as { type: string; actor: unknown }[];
  expect(items.find(({ type }) => type === 'DomainVerified')?.actor).toEqual({ type: 'system', id: 'domains' });
});

test('given a channel on a domain that nobody added yet, then the guide says to add it first, and then to publish its records', async () => {
  const channel = { channelId: 'email-1', kind: 'email', domain: 'guide.acme-post.com' } as const;
  const last = await service.walk('guide', [command('SignUp'), command('ConfigureChannel', channel)]);
  const next = async (position: unknown): Promise<unknown> => {
    const { body } = await service.ask('product', 'GET', `/v1/accounts/guide/setup-guide?after=${String(position)}`);
    return (body['steps'] as { id: string; next: string | null }[]).find(({ id }) => id === 'channel')?.next;
  };
  expect(await next(last.body['position'])).toMatch(/^Add guide\.acme-post\.com as your sending domain/);
  const added = await service.ask('product', 'POST', '/v1/accounts/guide/commands/add-domain', {
    domain: channel.domain,
  });
  expect(await next(added.body['position'])).toMatch(/^Publish the DNS records of guide\.acme-post\.com/);
});

test('given a domain that was added, when its records are published and somebody asks, then each is shown as found', async () => {
  await add('asked.acme-post.com', { dkim });
  await until(async () => (await shown('asked.acme-post.com'))?.state === 'failed');
  const before = await shown('asked.acme-post.com');
  expect(before?.records.map(({ status }) => status)).toEqual(['missing', 'missing', 'missing']);
  const guide = await service.ask('customer', 'GET', '/v1/accounts/acme/setup-guide');
  expect((guide.body['domains'] as DomainView[]).find(({ domain }) => domain === 'asked.acme-post.com')).toMatchObject({
    state: 'failed',
    records: [
      { status: 'missing', required: true, value: before?.records[0]?.value },
      {},
      { status: 'missing', required: false },
    ],
  });
  if (before !== undefined) publish(before);
  const answer = await check('asked.acme-post.com');
  expect(answer).toMatchObject({
    status: 200,
    body: {
      outcome: 'verified',
      news: true,
      domain: { state: 'verified', records: [{ status: 'found' }, { status: 'found' }, { status: 'found' }] },
    },
  });
});

test('given a check just now, then another one has to wait: 429, and when to come back', async () => {
  await add('often.acme-post.com');
  expect((await check('often.acme-post.com')).status).toBe(200);
  const again = await check('often.acme-post.com', 'product');
  expect(again).toMatchObject({ status: 429, body: { code: 'too_soon' } });
  expect(Number(again.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(Number(again.headers.get('Retry-After'))).toBeLessThanOrEqual(10);
});

test('given name servers that fail, then a check says that nothing is known, and the domain is not failed', async () => {
  for (const name of ['_gatehouse.down.acme-post.com', '_dmarc.down.acme-post.com']) dns.fail(name, 'SERVFAIL');
  await add('down.acme-post.com');
  const answer = await check('down.acme-post.com', 'reviewer');
  expect(answer.body).toMatchObject({
    outcome: 'temporary_failure',
    domain: { state: 'pending', text: expect.stringContaining('could not reach your name servers') as unknown },
  });
  expect((answer.body['domain'] as DomainView).records.map(({ status }) => status)).toEqual(['unchecked', 'unchecked']);
  // What is found once more is no news, and leaves nothing in the log.
  const { body } = await service.ask('customer', 'GET', '/v1/accounts/acme');
  await until(async () => ((await shown('down.acme-post.com'))?.lastCheckAt ?? null) !== null);
  expect((await service.ask('customer', 'GET', '/v1/accounts/acme')).body['revision']).toBe(body['revision']);
});

test('given a name that is set apart, then it is never looked up, and the answer says why', async () => {
  await add('mail.acme.example');
  expect(await check('mail.acme.example')).toMatchObject({ status: 409, body: { code: 'domain_not_public' } });
  expect(dns.questions.filter((question) => question.endsWith('.example'))).toEqual([]);
  expect((await shown('mail.acme.example'))?.records[0]?.status).toBe('unchecked');
});

test('given a domain or account that is not there, or is another’s, then the answer says so', async () => {
  expect(await check('unknown.acme-post.com')).toMatchObject({ status: 404, body: { code: 'unknown_domain' } });
  expect(await service.ask('product', 'GET', '/v1/accounts/nobody/domains')).toMatchObject({ status: 404 });
  expect(await service.ask('product', 'POST', '/v1/accounts/nobody/domains/a.com/check')).toMatchObject({
    status: 404,
  });
  expect(await service.ask('customer', 'GET', '/v1/accounts/other/domains')).toMatchObject({ status: 403 });
  expect(await service.ask('customer', 'POST', '/v1/accounts/other/domains/a.com/check')).toMatchObject({
    status: 403,
  });
  expect(await check('soon.acme-post.com', 'auditor')).toMatchObject({ status: 403 });
  expect(await check('no_domain')).toMatchObject({ status: 404, body: { code: 'unknown_domain' } });
  expect(await check('SOON.acme-post.com.')).toMatchObject({ body: { domain: { domain: 'soon.acme-post.com' } } });
});

test.each([
  [{ domain: `${'a.'.repeat(122)}com` }, '/domain'],
  [{ domain: 'acme-post.com', dkim: { selector: 's1 s2', publicKey: 'MIGf' } }, '/dkim/selector'],
  [{ domain: 'acme-post.com', dkim: { selector: 's1', publicKey: '-----BEGIN PUBLIC KEY-----' } }, '/dkim/publicKey'],
  [{ domain: 'acme-post.com', dkim: { selector: 's1', publicKey: 'A'.repeat(2_001) } }, '/dkim/publicKey'],
])('given what no DNS record can hold, then 422 names the field: %#', async (data, pointer) => {
  const { status, body } = await service.ask('product', 'POST', '/v1/accounts/acme/commands/add-domain', data);
  expect({ status, errors: body['errors'] }).toMatchObject({ status: 422, errors: [{ pointer }] });
});

test('a name server that is no address is a configuration error that names the setting', () => {
  const config = readConfig({ GATEHOUSE_DNS_SERVERS: 'dns.acme-post.com' });
  expect(() => openNetwork(config)).toThrow(/GATEHOUSE_DNS_SERVERS: must be addresses such as 9\.9\.9\.9/);
});
