/** Which accounts have something in common with one. */
import { linkedAccounts } from '../../src/domains/linked.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import type { ReadModels } from '../../src/readModels/readModels.js';
import { caughtUp, differencesFromRebuild } from '../support/compareReadModels.js';
import { command, goodData } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let gatehouse: TestGatehouse;
let models: ReadModels;
beforeEach(async () => {
  gatehouse = await newGatehouse();
  models = gatehouse.readModels();
  models.start();
});
afterEach(async () => gatehouse.close());

const { freeMailDomains } = builtInPolicy.screening;

async function linked(accountId = 'acme') {
  await caughtUp(gatehouse.store, models);
  return linkedAccounts(models, accountId, freeMailDomains);
}
async function shares(accountId = 'acme'): Promise<Record<string, string[]>> {
  const { items } = await linked(accountId);
  return Object.fromEntries(
    items.map((one) => [one.accountId, one.shares.map(({ kind, value }) => `${kind} ${value}`)]),
  );
}

const signUp = (ownerEmail: string) => command('SignUp', { company: 'Somebody', ownerEmail });
const profile = (website: string, technical?: string) =>
  command('UpdateBusinessProfile', {
    website,
    ...(technical === undefined ? {} : { technicalContact: { name: 'Technical', email: technical } }),
  });
const addDomain = (domain: string) => command('AddDomain', { domain });

test('given accounts with nothing in common, then none; of an account that is not there, none', async () => {
  await gatehouse.walk([signUp('owner@acme-post.com'), profile('https://www.acme-post.com')], 'acme');
  await gatehouse.walk([signUp('owner@other-post.com'), profile('https://acme-post.com.evil.net')], 'other');
  await gatehouse.walk([signUp('owner@not-acme-post.com')], 'ends-alike');
  expect(await linked()).toEqual({ items: [], truncated: false });
  expect(await linked('nobody')).toEqual({ items: [], truncated: false });
});

test('each thing in common is named as the other account has it', async () => {
  await gatehouse.walk(
    [
      signUp('Owner@acme-post.com'),
      profile('https://www.acme-post.com/shop', 'it@technik-post.net'),
      addDomain('mail.acme-post.com'),
      command('UpdateContacts', { contacts: [{ email: 'Buyer@shop-post.net', roles: ['requester'] }] }),
    ],
    'acme',
  );
  await gatehouse.walk([signUp('a@one-post.net'), profile('https://Shop.Acme-Post.com:8443/x')], 'website');
  await gatehouse.walk([signUp('a@two-post.net'), addDomain('news.acme-post.com')], 'domain');
  await gatehouse.walk([signUp('sales@acme-post.com')], 'mail');
  await gatehouse.walk(
    [signUp('a@three-post.net'), profile('https://three-post.net', 'IT@technik-post.net')],
    'technical',
  );
  await gatehouse.walk([signUp('owner@acme-post.com')], 'owner');
  await gatehouse.walk([signUp('buyer@shop-post.net')], 'contact');
  expect(await shares()).toEqual({
    website: ['website shop.acme-post.com'],
    domain: ['sending_domain news.acme-post.com'],
    mail: ['mail_domain acme-post.com'],
    technical: ['address it@technik-post.net'],
    owner: ['address owner@acme-post.com'],
    contact: ['address buyer@shop-post.net'],
  });
});

test('the website of the request counts; what was replaced does not', async () => {
  await gatehouse.walk([signUp('owner@acme-post.com')], 'acme');
  await gatehouse.walk([signUp('a@one-post.net'), profile('https://acme-post.com')], 'moved');
  expect(Object.keys(await shares())).toEqual(['moved']);
  await gatehouse.walk([profile('https://elsewhere-post.net')], 'moved');
  expect(Object.keys(await shares())).toEqual([]);
  const setUp = [
    command('RecordPeopleAdded'),
    command('RecordEventsReceived'),
    command('ConfigureChannel', { channelId: 'push-1', kind: 'push' }),
    command('RecordMessageCreated', { ...goodData.RecordMessageCreated, channelId: 'push-1' }),
    command('RequestVerification', { ...goodData.RequestVerification, website: 'https://acme-post.com/' }),
  ];
  await gatehouse.walk([signUp('a@two-post.net'), ...setUp], 'requested');
  expect(await shares()).toEqual({ requested: ['website acme-post.com'] });
});

test('free mail connects nobody by its domain; the same address does', async () => {
  const free = freeMailDomains[0] ?? '';
  await gatehouse.walk([signUp(`owner@${free}`)], 'acme');
  await gatehouse.walk([signUp(`somebody@${free}`)], 'stranger');
  await gatehouse.walk([signUp(`owner@${free}`)], 'again');
  expect(await shares()).toEqual({ again: [`address owner@${free}`] });
});

test('tenants of a shared host are not one owner', async () => {
  await gatehouse.walk([signUp('a@one-post.net'), profile('https://one.github.io')], 'acme');
  await gatehouse.walk([signUp('a@two-post.net'), profile('https://two.github.io', 'it@three-post.net')], 'other');
  expect(await shares()).toEqual({});
});

test('suspended and refused ones come first, also after they closed; then those that share most', async () => {
  await gatehouse.walk([signUp('owner@acme-post.com'), addDomain('acme-post.com')], 'acme');
  await gatehouse.walk([signUp('a@acme-post.com')], 'little');
  await gatehouse.walk(
    [signUp('b@acme-post.com'), profile('https://acme-post.com'), addDomain('b.acme-post.com')],
    'much',
  );
  const leave = command('CloseAccount', { cause: 'customer', reason: 'Enough' });
  await gatehouse.walk([signUp('c@acme-post.com'), command('SuspendAccount'), leave], 'suspended');
  const { items } = await linked();
  expect(items.map(({ accountId, standing }) => [accountId, standing])).toEqual([
    ['suspended', 'suspended'],
    ['much', 'good'],
    ['little', 'good'],
  ]);
  expect(items[0]).toMatchObject({ company: 'Somebody', status: 'closed', refused: false });
});

test('given more than are given, then it says so', async () => {
  await gatehouse.walk([signUp('owner@acme-post.com')], 'acme');
  for (let index = 0; index < 51; index++) await gatehouse.walk([signUp(`p${index}@acme-post.com`)], `p${index}`);
  const { items, truncated } = await linked();
  expect([items.length, truncated]).toEqual([50, true]);
});

test('traces rebuilt are those that are live', async () => {
  await gatehouse.walk([signUp('owner@acme-post.com'), profile('https://acme-post.com')], 'acme');
  await gatehouse.walk([signUp('a@b.com'), profile('https://b.com'), profile('https://c.com')], 'other');
  expect(await differencesFromRebuild(gatehouse.store, models)).toEqual([]);
});

test('given many others for each of many organisations, then everything else has its turn meanwhile', async () => {
  const organisations = Array.from({ length: 40 }, (_, index) => `crowded-${index}.net`);
  const contacts = organisations.map((domain) => ({ email: `buyer@${domain}`, roles: ['requester' as const] }));
  await gatehouse.walk([signUp('owner@acme-post.com'), command('UpdateContacts', { contacts })], 'acme');
  await caughtUp(gatehouse.store, models);
  const { store, generation, projection } = models.accountTraces;
  const writes = organisations.flatMap((domain) =>
    Array.from({ length: 200 }, (_, index) => {
      const accountId = `${domain}:${index}`;
      const row = { accountId, website: null, owner: `owner@${domain}`, technical: null, contacts: [] };
      const columns = Object.values(projection.columns).map((column) => column(row));
      return { key: accountId, row: JSON.stringify(row), columns };
    }),
  );
  store.write(generation, Object.keys(projection.columns), writes, generation.checkpoint);
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  await linkedAccounts(models, 'acme', freeMailDomains);
  clearInterval(others);
  expect(turns).toBeGreaterThan(3);
});
