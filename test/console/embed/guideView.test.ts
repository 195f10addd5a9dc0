/** What the embedded guide shows for what the service says of accounts on all kinds of ways. */
import { guideView, domainTextKey, recordHintKey } from '../../../src/console/embed/guideView.js';
import type { DnsRecord, Domain, OwnAccount, SetupGuide } from '../../../src/console/embed/model.js';
import { sayIn } from '../../../src/console/embed/texts/texts.js';
import type { Command } from '../../../src/commands/decide.js';
import { closed, command, inReview, informationRequested, rejected, setUp, verified } from '../../support/examples.js';
import { newService, type TestService } from '../../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService()));
afterAll(async () => service.stop());

let accounts = 0;
/** What the service says of an account on this way, as the account's own people see it. */
async function said(walk: readonly Command[]): Promise<{ guide: SetupGuide; account: OwnAccount }> {
  const accountId = `guide-${++accounts}`;
  const last = await service.walk(accountId, walk);
  const { body } = await service.ask('product', 'POST', `/v1/accounts/${accountId}/tokens`, {});
  const headers = { Authorization: `Bearer ${String(body['token'])}` };
  const get = async (path: string): Promise<unknown> =>
    (await service.ask(undefined, 'GET', `/v1/accounts/${accountId}${path}`, undefined, headers)).body;
  return {
    guide: (await get(`/setup-guide?after=${String(last.body['position'])}`)) as SetupGuide,
    account: (await get('')) as OwnAccount,
  };
}
async function viewOf(walk: readonly Command[], locale = 'en') {
  const { guide, account } = await said(walk);
  return guideView(guide, account, sayIn(locale));
}

test('a new account: the first open step is next, requesting comes later', async () => {
  const view = await viewOf(setUp.slice(0, 1));
  expect(view.steps.map(({ state }) => state)).toEqual(['done', 'next', 'later', 'later', 'later']);
  expect(view).toMatchObject({
    done: 1,
    request: 'later',
    questions: [],
    appeals: [],
    canWithdraw: undefined,
    notices: [],
  });
  expect(view.steps[1]?.next).toBe('Add the people you want to reach, with their attributes.');
});

test('in German nothing is left in English', async () => {
  const appealed = [...rejected, command('SubmitAppeal')];
  for (const walk of [setUp.slice(0, 1), setUp, inReview, informationRequested, verified, rejected, appealed]) {
    const [english, german] = [await viewOf(walk), await viewOf(walk, 'de')];
    const texts = ({ steps, notices }: typeof english) => [
      ...steps.flatMap(({ title, next }) => [title, next]),
      ...notices.flatMap(({ title, text }) => [title, text]),
    ];
    const words = texts(german).filter((text): text is string => text !== null);
    expect(words.filter((text) => texts(english).includes(text))).toEqual([]);
  }
});

test('what our sentences say is what the service says in its own', async () => {
  for (const walk of [
    setUp.slice(0, 1),
    setUp.slice(0, 2),
    setUp,
    inReview,
    informationRequested,
    verified,
    rejected,
    [...rejected, command('SubmitAppeal')],
    [...rejected, command('SubmitAppeal'), command('RequestInformation')],
  ]) {
    const { guide, account } = await said(walk);
    const view = guideView(guide, account, sayIn('en'));
    expect(view.steps.map(({ title, next }) => [title, next])).toEqual(
      guide.steps.map(({ title, next }) => [title, next]),
    );
    expect(view.notices.map(({ title, text }) => [title, text])).toEqual(
      guide.notices.map(({ title, text }) => [title, text.replace(/ {2,}/g, ' ')]),
    );
  }
});

test('set up: the form; under review: the notice, and the request can be taken back', async () => {
  expect(await viewOf(setUp)).toMatchObject({ request: 'form', final: false });
  expect(await viewOf(inReview)).toMatchObject({
    request: 'none',
    canWithdraw: 'request',
    notices: [{ kind: 'under_review', tone: 'info' }],
  });
  expect(await viewOf([...inReview, command('WithdrawVerification')])).toMatchObject({ request: 'form', notices: [] });
});

test('an appeal is called so, and taking it back is another question than taking back a request', async () => {
  const appealed = [...rejected, command('SubmitAppeal')];
  const named = { text: expect.stringContaining('This is about your appeal') as unknown };
  expect(await viewOf(appealed)).toMatchObject({ canWithdraw: 'appeal', notices: [named] });
  const asked = [...appealed, command('RequestInformation')];
  expect(await viewOf(asked)).toMatchObject({ canWithdraw: 'appeal', notices: [{ kind: 'questions', ...named }] });
  const again = [...appealed, command('WithdrawVerification'), command('RequestVerification')];
  expect(await viewOf(again)).toMatchObject({ canWithdraw: 'request', appeals: [] });
});

test('questions are there, with the day by which to answer', async () => {
  const view = await viewOf(informationRequested);
  expect(view).toMatchObject({ request: 'none', notices: [{ kind: 'questions', tone: 'wait' }] });
  expect(view.questions).toEqual([expect.objectContaining({ message: 'What will you send?' })]);
  expect(view.respondBy).toMatch(/^20/);
});

test('verified: green; nothing more to request', async () => {
  expect(await viewOf(verified)).toMatchObject({ request: 'none', notices: [{ kind: 'ready_to_send', tone: 'ok' }] });
});

test('rejected: why, again behind a button, and the appeal', async () => {
  expect(await viewOf(rejected)).toMatchObject({
    request: 'again',
    final: false,
    appeals: ['verification'],
    reasons: ['We could not see how people sign up.'],
    notices: [{ kind: 'rejected', tone: 'stop' }],
  });
});

test('rejected for good: no request, and it says so', async () => {
  const reasons = [{ code: 'other' as const, customerMessage: 'We cannot.' }];
  const view = await viewOf([...inReview, command('RejectVerification', { reasons, retryable: false })]);
  expect(view).toMatchObject({ request: 'none', final: true, appeals: ['verification'] });
});

test('suspended: the appeal is against the suspension, and how it stands is said', async () => {
  const suspended = [...verified, command('SuspendAccount')];
  const view = await viewOf(suspended);
  expect(view).toMatchObject({ appeals: ['suspension'], notices: [{ kind: 'suspended', tone: 'stop' }] });
  expect(view.notices[0]?.text).toContain('you can appeal once');
  const appealed = [...suspended, command('SubmitAppeal', { against: 'suspension', statement: 'Please look again' })];
  const later = await viewOf(appealed, 'de');
  expect(later.appeals).toEqual([]);
  expect(later.notices[0]?.text).toContain('Wir prüfen Ihren Einspruch');
});

test('closed: nothing is asked of anybody', async () => {
  expect(await viewOf(closed)).toMatchObject({ request: 'none', appeals: [], canWithdraw: undefined, final: false });
});

describe('domains', () => {
  const record: DnsRecord = {
    purpose: 'ownership',
    type: 'TXT',
    name: '_gatehouse.acme.com',
    value: 'gatehouse-verification=1',
    required: true,
    status: 'unchecked',
    found: [],
    hint: null,
  };
  const domain: Domain = {
    domain: 'acme.com',
    state: 'pending',
    lapsed: false,
    text: 'As the service says it',
    lastCheckAt: null,
    records: [record],
  };
  const checked = { lastCheckAt: '2026-01-05T09:00:00.000Z' };
  const [missing, found] = [{ status: 'missing' as const }, { status: 'found' as const }];

  test.each<[ReturnType<typeof domainTextKey>, Partial<Domain>]>([
    ['unchecked', {}],
    ['missing', { ...checked, state: 'failed', records: [{ ...record, ...missing }] }],
    ['unreachable', { ...checked, records: [record] }],
    ['verified', { ...checked, state: 'verified', records: [{ ...record, ...found }] }],
    ['vouched', { ...checked, state: 'verified' }],
    ['wavering', { ...checked, state: 'temporaryFailure', records: [{ ...record, ...missing }] }],
    ['unreachable', { ...checked, state: 'temporaryFailure' }],
    ['lapsed', { ...checked, state: 'failed', lapsed: true, records: [{ ...record, ...missing }] }],
  ])('%s', (key, change) => {
    expect(domainTextKey({ ...domain, ...change })).toBe(key);
  });

  test.each<[ReturnType<typeof recordHintKey>, Partial<DnsRecord>]>([
    [undefined, {}],
    [undefined, { status: 'found', found: ['x'] }],
    ['recommended', { purpose: 'dmarc', required: false }],
    ['other', { status: 'missing', found: ['x'] }],
    ['spf.several', { purpose: 'spf', status: 'missing', found: ['v=spf1', 'v=spf1'] }],
    ['spf.include', { purpose: 'spf', status: 'missing', found: ['v=spf1 …'], value: 'include:spf.example' }],
    ['spf.change', { purpose: 'spf', status: 'missing', found: ['v=spf1 a'], value: 'v=spf1 include:spf.example a' }],
  ])('a record with the hint %s', (key, change) => {
    expect(recordHintKey({ ...record, ...change })).toBe(key);
  });
});
