/** Screening end to end: the whole service, with a real name server and a real website on loopback. */
import { writeFileSync } from 'node:fs';
import { hashOf, chainStart, seal } from '../../src/app/seal.js';
import { policyOf } from '../../src/app/policySource.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { accountStream, policyStream } from '../../src/events/envelope.js';
import type { EventData } from '../../src/events/catalogue.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { newAuthority } from '../support/certificates.js';
import { type DnsTestServer, startDnsServer } from '../support/dnsServer.js';
import { checks, command, reviewer, start } from '../support/examples.js';
import { type Folder, newFolder } from '../support/folders.js';
import { type Sender, senderAt } from '../support/senders.js';
import { newService, type TestService } from '../support/service.js';
import { startWebServer, type WebServer } from '../support/webServer.js';

/** The built-in policy, with a list to ask and little patience. */
const policy: PolicyDocument = {
  ...builtInPolicy,
  version: 'screening-test-1',
  screening: { ...builtInPolicy.screening, checkWithinSeconds: 3, domainBlocklists: ['list-name.org'] },
};

const words = 'We make anvils and everything that goes with them, in our workshop in London since 1930.';
const home = `<title>Acme</title><h1>Anvils</h1><p>${words}</p>`;

/** What each host answers; 200 with this page, or with this status. */
const hosts: Record<string, string | number> = {
  'clean-shop.com': home,
  'failing-shop.com': 500,
  'closed-shop.com': '<title>Log in</title><form><input type="password"></form>',
  'parked-shop.com': '<title>parked-shop.com</title><p>This domain is for sale!</p>',
  'walled-shop.com': 403,
  'mended-shop.com': 500,
};

/** Publishes a policy as the first of a log. */
async function publish(file: string, document: PolicyDocument): Promise<void> {
  const data = policyOf(document);
  const id = `publish-${data.version}`;
  const metadata = {
    commandId: id,
    commandDigest: hashOf(data),
    correlationId: id,
    causationId: id,
    actor: { type: 'admin' as const, id: 'admin-1' },
    occurredAt: start,
    recordedAt: start,
    schemaVersion: 1,
    machineVersion: 0,
    from: null,
    to: null,
    previousHash: chainStart(policyStream),
  };
  const store = openSqliteEventStore({ file });
  await store.append(policyStream, 'noStream', [
    seal({ stream: policyStream, revision: 0, type: 'PolicyPublished', data, metadata }),
  ]);
  await store.close();
}

let folder: Folder;
let dns: DnsTestServer;
let web: WebServer;
let service: TestService;
const sent = { count: 0 };

beforeAll(async () => {
  folder = newFolder();
  const authority = newAuthority();
  writeFileSync(folder.file('ca.pem'), authority.ca);
  await publish(folder.file('events.db'), policy);
  dns = await startDnsServer(Object.fromEntries(Object.keys(hosts).map((name) => [name, { A: ['127.0.0.1'] }])));
  dns.set('_dmarc.clean-shop.com', 'TXT', ['v=DMARC1; p=reject']);
  web = await startWebServer(
    (request, response) => {
      const page = hosts[(request.headers.host ?? '').replace(/:\d+$/, '')] ?? 404;
      response.writeHead(typeof page === 'number' ? page : 200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(typeof page === 'number' ? '' : page);
    },
    { identity: authority.issue(...Object.keys(hosts)) },
  );
  service = await newService('unused', {
    GATEHOUSE_EVENT_STORE: `sqlite:${folder.file('events.db')}`,
    GATEHOUSE_PROCESSES: 'screening',
    GATEHOUSE_DNS_SERVERS: dns.address,
    GATEHOUSE_ALLOW_ADDRESSES: '127.0.0.0/8',
    GATEHOUSE_CA_FILE: folder.file('ca.pem'),
  });
});
afterAll(async () => {
  await service.stop();
  await Promise.all([web.stop(), dns.stop()]);
  folder.remove();
});

type Screened = EventData<'ScreeningCompleted'>;

/** The screenings of an account so far, as the log has them. */
async function screeningsOf(accountId: string): Promise<readonly Screened[]> {
  const store = openSqliteEventStore({ file: folder.file('events.db'), readOnly: true });
  const found: Screened[] = [];
  for await (const { type, data } of store.read(accountStream(accountId))) {
    if (type === 'ScreeningCompleted') found.push(data as unknown as Screened);
  }
  await store.close();
  return found;
}

/** Waits for the screening of this number. */
async function screening(accountId: string, number = 1): Promise<Screened> {
  for (let tries = 0; tries < 200; tries++) {
    const found = (await screeningsOf(accountId))[number - 1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${accountId} was not screened ${number} times`);
}

async function statusOf(accountId: string): Promise<unknown> {
  return (await service.ask('reviewer', 'GET', `/v1/accounts/${accountId}`)).body['status'];
}

/** Whether an account may send: the gate's answer, once it knows of everything. */
async function maySend(accountId: string): Promise<unknown> {
  const { position } = (await service.ask('reviewer', 'GET', `/v1/accounts/${accountId}`)).body;
  const answer = await service.ask(
    'product',
    'GET',
    `/v1/accounts/${accountId}/gate?action=message.send&after=${String(position)}`,
  );
  return answer.body['allowed'];
}

/** A sender asks for verification; gives the id of its account. */
async function senderAsks(host: string, changes?: Sender): Promise<string> {
  const accountId = `sender-${++sent.count}`;
  // A sending domain of its own: what two accounts have is found.
  const own = { sendingDomain: `mail-${sent.count}.${host}`, ...changes };
  await service.walk(accountId, senderAt(host, `https://${host}:${web.port}/`, own));
  return accountId;
}

/** The failed findings, as `<check>: <reason code>`, and the unknown ones. */
function against({ findings }: Screened): string[] {
  return findings
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ check, outcome, reasonCode }) => `${check}: ${reasonCode ?? outcome}`);
}

test('a clean sender is approved by itself, and the gate lets it send', async () => {
  const id = await senderAsks('clean-shop.com');
  const { findings, recommendation, policyVersion } = await screening(id);
  expect(against({ findings, recommendation, policyVersion })).toEqual([]);
  expect([recommendation, policyVersion]).toEqual(['approve', 'screening-test-1']);
  expect(findings.map(({ check }) => check)).toEqual([
    'website',
    'website-domain',
    'mail-authentication',
    'free-mail',
    'disposable-mail',
    'domain-blocklist',
    'shared-domain',
    'sample',
    'sample-unsubscribe',
    'sample-postal-address',
    'opt-in',
  ]);
  expect(await statusOf(id)).toBe('verified');
  expect(await maySend(id)).toBe(true);
});

const promotion = 'Summer sale: 20% off all anvils. Buy now! Acme, 12 Main Street. Unsubscribe: https://a.com/u';

test.each<[finding: string, status: string, host: string, changes: Sender]>([
  // The customer is asked
  ['website: website_inaccessible', 'info_requested', 'failing-shop.com', {}],
  ['website: website_password_protected', 'info_requested', 'closed-shop.com', {}],
  ['website: website_under_construction', 'info_requested', 'parked-shop.com', {}],
  [
    'website-domain: website_domain_mismatch',
    'info_requested',
    'clean-shop.com',
    { sendingDomain: 'mail.other-name.com' },
  ],
  ['mail-authentication: domain_unverified', 'info_requested', 'clean-shop.com', { domainCheck: 'failed' }],
  [
    'sample-unsubscribe: unsubscribe_missing',
    'info_requested',
    'clean-shop.com',
    { message: { body: 'News of May. Acme Ltd, 12 Main Street, London' } },
  ],
  [
    'sample-postal-address: postal_address_missing',
    'info_requested',
    'clean-shop.com',
    { message: { body: 'News of May. Unsubscribe: https://a.com/u' } },
  ],
  ['opt-in: opt_in_unclear', 'info_requested', 'clean-shop.com', { request: { subscriptionProcess: undefined } }],
  // A person looks
  ['website: unknown', 'in_review', 'walled-shop.com', {}],
  ['free-mail: free_email_provider', 'in_review', 'clean-shop.com', { ownerEmail: 'acme@gmail.com' }],
  ['disposable-mail: disposable_email', 'in_review', 'clean-shop.com', { technicalEmail: 'acme@mailinator.com' }],
  ['sample: unknown', 'in_review', 'clean-shop.com', { message: { body: undefined } }],
  [
    'sample: sample_use_case_mismatch',
    'in_review',
    'clean-shop.com',
    { message: { body: promotion }, request: { messageTypes: ['transactional'] } },
  ],
])('%s: %s', async (finding, status, host, changes) => {
  const id = await senderAsks(host, changes);
  expect(against(await screening(id))).toEqual([finding]);
  expect(await statusOf(id)).toBe(status);
  expect(await maySend(id)).toBe(false);
});

describe('a domain on a blocklist', () => {
  const question = 'clean-shop.com.list-name.org';
  afterEach(() => dns.set(question, 'A', []));

  test('listed: to a person, and the customer is not told why', async () => {
    dns.set(question, 'A', ['127.0.1.2']);
    const id = await senderAsks('clean-shop.com');
    expect(against(await screening(id))).toEqual(['domain-blocklist: domain_listed']);
    expect(await statusOf(id)).toBe('in_review');
    expect((await service.ask('product', 'GET', `/v1/accounts/${id}`)).text).not.toMatch(/listed/);
  });

  test('a list that refuses to answer: to a person', async () => {
    dns.set(question, 'A', ['127.255.255.254']);
    const id = await senderAsks('clean-shop.com');
    expect(against(await screening(id))).toEqual(['domain-blocklist: unknown']);
    expect(await statusOf(id)).toBe('in_review');
  });
});

describe('with the name servers down', () => {
  afterEach(() => dns.fail('*', undefined));

  test.each(['SERVFAIL', 'REFUSED', 'silent'] as const)(
    '%s: to a person, neither approved nor rejected',
    async (failure) => {
      dns.fail('*', failure);
      const id = await senderAsks('clean-shop.com');
      const { recommendation, findings } = await screening(id);
      expect(recommendation).toBe('review');
      expect(findings.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
      expect(findings.filter(({ outcome }) => outcome === 'unknown').map(({ check }) => check)).toEqual(
        expect.arrayContaining(['website', 'mail-authentication', 'domain-blocklist']),
      );
      expect(await statusOf(id)).toBe('in_review');
      expect(await maySend(id)).toBe(false);
    },
  );

  test('and up again, when the profile changes: approved, for nobody has looked yet', async () => {
    dns.fail('*', 'SERVFAIL');
    const [waiting, taken] = [await senderAsks('clean-shop.com'), await senderAsks('clean-shop.com')];
    await Promise.all([screening(waiting), screening(taken)]);
    dns.fail('*', undefined);
    await service.walk(taken, [command('AssignReview', { reviewer: reviewer.id }, reviewer)]);

    const profile = command('UpdateBusinessProfile', { audience: 'Customers of our shop' });
    await service.walk(waiting, [profile]);
    expect((await screening(waiting, 2)).recommendation).toBe('approve');
    expect(await statusOf(waiting)).toBe('verified');

    await service.walk(taken, [profile]);
    expect((await screening(taken, 2)).recommendation).toBe('approve');
    expect(await statusOf(taken)).toBe('in_review');
  });
});

test('a website that was mended, and the answer to the question about it: approved', async () => {
  const id = await senderAsks('mended-shop.com');
  await screening(id);
  expect(await statusOf(id)).toBe('info_requested');
  hosts['mended-shop.com'] = home;
  const answers = [{ requirement: 'company_website' as const, text: 'It works again' }];
  await service.walk(id, [command('SubmitInformation', { answers })]);
  expect((await screening(id, 2)).recommendation).toBe('approve');
  expect(await statusOf(id)).toBe('verified');
});

test('a domain verified at last: approved', async () => {
  const sendingDomain = 'late.clean-shop.com';
  dns.fail(`_gatehouse.${sendingDomain}`, 'SERVFAIL');
  const id = await senderAsks('clean-shop.com', { sendingDomain, domainCheck: 'temporary_failure' });
  expect(against(await screening(id))).toEqual(['mail-authentication: unknown']);
  expect(await statusOf(id)).toBe('in_review');
  const verified = { domain: sendingDomain, outcome: 'verified' as const, records: [] };
  await service.walk(id, [command('RecordDomainCheck', verified, checks)]);
  await screening(id, 2);
  expect(await statusOf(id)).toBe('verified');
});

test('a domain that another account has: to a person; the customer is not told of a suspended one', async () => {
  const shared = { sendingDomain: 'shared.clean-shop.com' };
  const first = await senderAsks('clean-shop.com', shared);
  expect(against(await screening(first))).toEqual([]);
  const second = await senderAsks('clean-shop.com', shared);
  expect(against(await screening(second))).toEqual(['shared-domain: duplicate_account']);
  expect(await statusOf(second)).toBe('in_review');
  await service.walk(first, [command('SuspendAccount', undefined, reviewer)]);
  const third = await senderAsks('clean-shop.com', shared);
  expect(against(await screening(third))).toEqual(['shared-domain: linked_to_suspended_account']);
  expect(await statusOf(third)).toBe('in_review');
  expect((await service.ask('product', 'GET', `/v1/accounts/${third}`)).text).not.toMatch(/linked|suspended/);
});

test('a website at a name for special use is not looked for: to a person', async () => {
  const asked = dns.questions.length;
  const id = await senderAsks('clean-shop.com', { website: 'https://clean-shop.test/' });
  const { recommendation, findings } = await screening(id);
  expect(recommendation).toBe('review');
  expect(findings.find(({ check }) => check === 'website')?.outcome).toBe('unknown');
  expect(dns.questions.slice(asked).filter((question) => question.endsWith('.test'))).toEqual([]);
});

test('an account with nothing but names for special use is left alone', async () => {
  const asked = dns.questions.length;
  await service.walk('acme', senderAt('acme.example', 'https://acme.example/'));
  // What is asked for after it is screened before it would be forgotten.
  await screening(await senderAsks('clean-shop.com', { website: 'https://clean-shop.test/' }));
  expect(await screeningsOf('acme')).toEqual([]);
  expect(await statusOf('acme')).toBe('in_review');
  expect(dns.questions.slice(asked).filter((question) => question.endsWith('.example'))).toEqual([]);
});

test('a service whose certificates cannot be read does not start', async () => {
  const file = folder.file('no.pem');
  await expect(newService('x', { GATEHOUSE_CA_FILE: file })).rejects.toThrow(/^GATEHOUSE_CA_FILE: must be .*: ENOENT/);
  writeFileSync(file, 'nothing');
  await expect(newService('x', { GATEHOUSE_CA_FILE: file })).rejects.toThrow(/^GATEHOUSE_CA_FILE: /);
});
