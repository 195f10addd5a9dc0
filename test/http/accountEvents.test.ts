/** One account's events as the log has them, over HTTP. */
import { chainStart } from '../../src/app/seal.js';
import { command, inReview, verified } from '../support/examples.js';
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

test('given long events, then a page holds fewer, and leads on to the others', async () => {
  const text = 'x'.repeat(4_000);
  const answers = Array.from({ length: 40 }, () => ({ requirement: 'use_case' as const, text }));
  const item = { requirement: 'use_case', reasonCode: 'incomplete_information', message: 'Which ones?' } as const;
  const asked = command('RequestInformation', { items: [item] });
  const round = [asked, command('SubmitInformation', { answers })];
  await service.walk('long', [...inReview, ...Array.from({ length: 30 }, () => round).flat()]);
  const revisions: number[] = [];
  const sizes: number[] = [];
  for (let from: number | null = 0; from !== null;) {
    const { body, text: page } = await ask(`?limit=1000&from=${from}`, 'long');
    const { items, next } = body as unknown as Page;
    sizes.push(page.length);
    revisions.push(...items.map(({ revision }) => revision));
    from = next;
  }
  expect(revisions).toEqual(Array.from({ length: inReview.length + 60 }, (_, revision) => revision));
  expect(sizes).toHaveLength(2);
  expect(Math.max(...sizes)).toBeLessThan(4_300_000);
});

test('an account that is none: 404; a revision that is none: 422', async () => {
  expect(await ask('', 'nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
  expect(await ask('?from=3', 'nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
  expect(await ask('?from=-1')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/from' }] } });
});
