/** The list of accounts, and looking for one. */
import type { Command } from '../../src/commands/decide.js';
import { soughtFor } from '../../src/http/routes/accountList.js';
import { command, inReview, setUp } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
let last = '';

/** A signed-up account with names of its own. */
const named = (company: string, ownerEmail: string): Command => command('SignUp', { company, ownerEmail });

beforeAll(async () => {
  service = await newService();
  await service.walk('nord-1', [named('Nordwind Reisen', 'owner@mail.example')]);
  await service.walk('birch', [named('Café Müller', 'owner@birch.example')]);
  await service.walk('nord-2', [...inReview]);
  await service.walk('cedar', [named('Cedar', 'owner@cedar.example')]);
  await service.walk('cedar', [
    command('UpdateContacts', { contacts: [{ email: 'Tech@Contacts.Example', roles: ['technical'] }] }),
    command('UpdateBusinessProfile', {
      website: 'https://www.cedar-shop.example/start',
      technicalContact: { name: 'Technical contact', email: 'ops@technical.example' },
    }),
    command('AddDomain', { domain: 'sends.example' }),
    command('AddDomain', { domain: 'gone.example' }),
    command('RemoveDomain', { domain: 'gone.example' }),
  ]);
  // Named as others are called: what an id begins with is said before what is named so.
  const answer = await service.walk('wind', setUp);
  last = String(answer.body['position']);
});
afterAll(async () => service.stop());

type Line = { readonly accountId: string; readonly signedUpAt: string };
type Page = { readonly items: readonly Line[]; readonly next: string | null };

const ask = async (query: string) => service.ask('auditor', 'GET', `/v1/accounts?after=${last}&${query}`);
const pageOf = async (query: string): Promise<Page> => (await ask(query)).body as unknown as Page;
const ids = async (query: string): Promise<string[]> => (await pageOf(query)).items.map(({ accountId }) => accountId);

/** Every page of an answer, joined. */
async function allPages(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ;) {
    const { items, next } = await pageOf(`${query}${cursor}`);
    found.push(...items.map(({ accountId }) => accountId));
    if (next === null) return found;
    cursor = `&cursor=${next}`;
  }
}

test('in the order in which they signed up, or the newest first, page by page', async () => {
  const oldest = ['nord-1', 'birch', 'nord-2', 'cedar', 'wind'];
  expect(await ids('')).toEqual(oldest);
  expect(await ids('order=desc')).toEqual(oldest.toReversed());
  expect(await allPages('order=desc&limit=2')).toEqual(oldest.toReversed());
  expect(await allPages('limit=2')).toEqual(oldest);
  expect(await ids('status=in_review')).toEqual(['nord-2']);
});

test.each([
  ['the beginning of an id', 'nord', ['nord-1', 'nord-2']],
  ['an id with a part of it in another’s company: its own first', 'wind', ['wind', 'nord-1']],
  ['a part of an id, in capitals', 'ORD-', ['nord-1', 'nord-2']],
  ['a part of the company', 'wind reisen', ['nord-1']],
  ['a company without its accents', 'cafe muller', ['birch']],
  ['the host of the website', 'cedar-shop.example', ['cedar']],
  ['the address of a page', 'https://www.cedar-shop.example/prices', ['cedar']],
  ['the owner’s domain', 'birch.example', ['birch']],
  ['somebody’s address at that domain', 'someone.else@birch.example', ['birch']],
  ['a contact’s domain', 'contacts.example', ['cedar']],
  ['the technical contact’s domain', 'technical.example', ['cedar']],
  ['a sending domain', 'sends.example', ['cedar']],
  ['a domain that was removed', 'gone.example', []],
  ['what nobody is called', 'zzz', []],
  ['a sign that means something elsewhere', '%', []],
  ['another', '_', []],
])('looked for by %s (%s)', async (_what, q, expected) => {
  expect(await ids(`q=${encodeURIComponent(q)}`)).toEqual(expected);
});

test('with a status, and page by page: each once', async () => {
  expect(await ids('q=nord&status=in_review')).toEqual(['nord-2']);
  for (const limit of [1, 2, 3, 4, 5, 6]) {
    const found = await allPages(`q=nd&limit=${limit}`);
    expect(found).toEqual(['cedar', 'nord-1', 'wind']);
    expect(await allPages(`q=wind&limit=${limit}`)).toEqual(['wind', 'nord-1']);
    expect((await allPages(`q=example&limit=${limit}`)).toSorted()).toEqual([
      'birch',
      'cedar',
      'nord-1',
      'nord-2',
      'wind',
    ]);
  }
});

test('no address of anybody is in the list, and the names are', async () => {
  const { text, body } = await ask('q=cedar');
  expect(text).not.toContain('@');
  expect(body['items']).toMatchObject([
    {
      company: 'Cedar',
      website: 'www.cedar-shop.example',
      ownerDomain: 'cedar.example',
      contactDomains: ['contacts.example'],
      technicalDomain: 'technical.example',
      sendingDomains: ['sends.example'],
    },
  ]);
});

test('what cannot be looked for: 422; a cursor of another question: 400', async () => {
  expect(await ask('q=%20')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/q' }] } });
  expect(await ask('q=%CC%81')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/q' }] } });
  expect(await ask('q=a&order=desc')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/order' }] } });
  const { next } = await pageOf('limit=1');
  expect(await ask(`q=a&cursor=${next}`)).toMatchObject({ status: 400, body: { code: 'malformed_cursor' } });
});

test.each([
  ['Acme', 'acme'],
  ['  Two   words ', 'two words'],
  ['HTTPS://Shop.Example/a?b', 'shop.example'],
  ['https://', 'https://'],
  ['a@b@c.example', 'c.example'],
])('%s is looked for as %s', (q, expected) => {
  expect(soughtFor(q)).toBe(expected);
});
