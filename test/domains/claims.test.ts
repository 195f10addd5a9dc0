/** Who else holds a domain. */
import { domainHolders } from '../../src/domains/claims.js';
import { ownershipToken } from '../../src/domains/ownership.js';
import { organisationalDomainOf } from '../../src/domains/records.js';
import type { ReadModels } from '../../src/readModels/readModels.js';
import { caughtUp, differencesFromRebuild } from '../support/compareReadModels.js';
import { checks, command, inReview } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let gatehouse: TestGatehouse;
let models: ReadModels;
beforeEach(async () => {
  gatehouse = await newGatehouse();
  models = gatehouse.readModels();
  models.start();
});
afterEach(async () => gatehouse.close());

const add = (domain: string) => [command('SignUp'), command('AddDomain', { domain })];
async function holders(domain: string, except = 'asking') {
  await caughtUp(gatehouse.store, models);
  return domainHolders(models)(domain, except);
}

test('given the domain with another account, then that account, its standing and the domain’s state; not the one that asks', async () => {
  await gatehouse.walk(add('mail.acme-post.com'), 'asking');
  expect(await holders('mail.acme-post.com')).toEqual([]);
  await gatehouse.walk(
    [
      ...add('mail.acme-post.com'),
      command('RecordDomainCheck', { domain: 'mail.acme-post.com', outcome: 'verified', records: [] }, checks),
    ],
    'other',
  );
  const held = {
    accountId: 'other',
    standing: 'good',
    refused: false,
    state: 'verified',
    domain: 'mail.acme-post.com',
    exact: true,
  };
  expect(await holders('Mail.Acme-Post.com.')).toEqual([held]);
});

test('given domains above, below and beside, then those of the same organisational domain, the exact one first', async () => {
  for (const [accountId, domain] of [
    ['above', 'acme-post.co.uk'],
    ['beside', 'news.acme-post.co.uk'],
    ['below', 'a.mail.acme-post.co.uk'],
    ['exact', 'mail.acme-post.co.uk'],
    ['longer-name', 'acme-post-2.co.uk'],
    ['same-suffix', 'other.co.uk'],
    ['name-within', 'mail.acme-post.co.uk.evil.com'],
  ] as const) {
    await gatehouse.walk(add(domain), accountId);
  }
  const found = await holders('mail.acme-post.co.uk');
  expect(found[0]).toMatchObject({ accountId: 'exact', exact: true, state: 'pending' });
  expect(
    found
      .slice(1)
      .map(({ accountId, exact }) => `${accountId} ${exact}`)
      .toSorted(),
  ).toEqual(['above false', 'below false', 'beside false']);
});

test('given tenants of a shared host, then they are not one owner', async () => {
  await gatehouse.walk(add('one.github.io'), 'one');
  expect(await holders('two.github.io')).toEqual([]);
  expect(organisationalDomainOf('two.github.io')).toBe('two.github.io');
  expect(organisationalDomainOf('co.uk')).toBeUndefined();
});

test('given accounts that were warned, suspended or closed, then it says so; a domain that was removed is free, but for suspended ones', async () => {
  const domain = 'acme-post.com';
  const remove = command('RemoveDomain', { domain });
  await gatehouse.walk([...add(domain), command('WarnAccount')], 'warned');
  await gatehouse.walk([...add(domain), command('SuspendAccount')], 'suspended');
  await gatehouse.walk([...add(domain), command('SuspendAccount'), remove], 'suspended-and-left');
  await gatehouse.walk([...add(domain), command('CloseAccount')], 'closed');
  await gatehouse.walk([...add(domain), remove], 'left');
  const found = await holders(domain);
  expect(Object.fromEntries(found.map(({ accountId, standing }) => [accountId, standing]))).toEqual({
    'warned': 'warned',
    'suspended': 'suspended',
    'suspended-and-left': 'suspended',
    'closed': 'closed',
  });
});

test('given suspended or refused accounts that left the domain and closed themselves, then they are what they were', async () => {
  const domain = 'acme-post.com';
  const leave = [command('RemoveDomain', { domain }), command('CloseAccount', { cause: 'customer', reason: 'Enough' })];
  await gatehouse.walk([...add(domain), command('SuspendAccount'), ...leave], 'suspended');
  await gatehouse.walk(
    [...inReview, command('AddDomain', { domain }), command('RejectVerification'), ...leave],
    'refused',
  );
  await gatehouse.walk([...add(domain), ...leave], 'left');
  const found = await holders(domain);
  expect(found.map(({ accountId, standing, refused }) => [accountId, standing, refused])).toEqual(
    expect.arrayContaining([
      ['suspended', 'suspended', false],
      ['refused', 'closed', true],
    ]),
  );
  expect(found).toHaveLength(2);
});

test('the claims rebuilt are those that are live', async () => {
  await gatehouse.walk([...add('acme-post.com'), command('RemoveDomain', { domain: 'acme-post.com' })], 'one');
  await gatehouse.walk(
    [...add('acme-post.com'), command('AddDomain', { domain: 'b.com', dkim: { selector: 's', publicKey: 'MIGf' } })],
    'two',
  );
  expect(await differencesFromRebuild(gatehouse.store, models)).toEqual([]);
});

test('the token of an account for a domain is its own, and always the same', () => {
  const token = ownershipToken('acme', 'acme-post.com');
  expect(token).toMatch(/^[0-9a-f]{32}$/);
  expect(ownershipToken('acme', 'acme-post.com')).toBe(token);
  expect(ownershipToken('acme2', 'acme-post.com')).not.toBe(token);
  expect(ownershipToken('acme', 'b.com')).not.toBe(token);
});
