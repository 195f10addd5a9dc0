/** One account's events as the log has them, over HTTP. */
import { chainStart } from '../../src/app/seal.js';
import { verified } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

type Stored = {
  readonly revision: number;
  readonly type: string;
  readonly metadata: { readonly hash: string; readonly previousHash: string };
};
type Page = { readonly items: readonly Stored[]; readonly next: number | null };

let service: TestService;
beforeAll(async () => {
  service = await newService();
  await service.walk('acme', verified);
  await service.walk('birch', verified);
});
afterAll(async () => service.stop());

const ask = async (query = '', accountId = 'acme') =>
  service.ask('auditor', 'GET', `/v1/accounts/${accountId}/events${query}`);
const pageOf = async (query = ''): Promise<Page> => (await ask(query)).body as unknown as Page;

test('they are what the whole log has of the account, byte for byte', async () => {
  const log = await service.ask('auditor', 'GET', '/v1/events');
  const all = log.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Stored & { stream: string });
  const { items, next } = await pageOf();
  expect(items).toEqual(all.filter(({ stream }) => stream === 'account-acme'));
  expect(items).toHaveLength(10);
  expect(next).toBeNull();
});

test('each chains to the one before, the first to its stream', async () => {
  const { items } = await pageOf();
  const before = [chainStart('account-acme'), ...items.map(({ metadata }) => metadata.hash)];
  expect(items.map(({ metadata }) => metadata.previousHash)).toEqual(before.slice(0, -1));
});

test('page by page, from any revision on', async () => {
  const revisions = async (query: string) => {
    const { items, next } = await pageOf(query);
    return [items.map(({ revision }) => revision), next];
  };
  expect(await revisions('?limit=4')).toEqual([[0, 1, 2, 3], 4]);
  expect(await revisions('?limit=4&from=4')).toEqual([[4, 5, 6, 7], 8]);
  expect(await revisions('?limit=4&from=8')).toEqual([[8, 9], null]);
  expect(await revisions('?limit=2&from=8')).toEqual([[8, 9], null]);
  expect(await revisions('?from=10')).toEqual([[], null]);
});

test('an account that is none: 404; a revision that is none: 422', async () => {
  expect(await ask('', 'nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
  expect(await ask('?from=3', 'nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
  expect(await ask('?from=-1')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/from' }] } });
});
