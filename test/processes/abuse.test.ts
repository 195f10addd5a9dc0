/** Abuse signals and changes of verified accounts, in a running service. */
import { command, inReview, setUp, verified } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService('told', { GATEHOUSE_PROCESSES: 'abuse,re-review' })));
afterAll(async () => service.stop());

type Item = {
  readonly type: string;
  readonly actor: { readonly type: string; readonly id: string };
  readonly data: object;
};

/** The timeline once it has an event by the process, or after a while without one. */
async function timeline(accountId: string, by: string, count = 1): Promise<Item[]> {
  for (let tries = 0; ; tries++) {
    const { body } = await service.ask('auditor', 'GET', `/v1/accounts/${accountId}/timeline`);
    const items = (body['items'] ?? []) as Item[];
    if (items.filter(({ actor }) => actor.id === by).length >= count || tries > 400) return items;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
const byProcess = async (accountId: string, by: string, count = 1): Promise<Item[]> =>
  (await timeline(accountId, by, count)).filter(({ actor }) => actor.id === by);
/** Where the log ends now: what is asked for after it reflects everything. */
const logEnd = async (): Promise<string> => {
  const { body } = await service.ask(undefined, 'GET', '/readyz');
  return String(body['head']);
};
const review = async (accountId: string) =>
  service.ask('reviewer', 'GET', `/v1/reviews/${accountId}?after=${await logEnd()}`);
const gate = async (accountId: string) =>
  service.ask('product', 'GET', `/v1/accounts/${accountId}/gate?action=message.send&after=${await logEnd()}`);
/** Long enough for a process that would act. */
const quiet = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

const bounces = (rate: number) =>
  command('RecordAbuseSignal', { kind: 'bounces', rate, window: '24 h', source: 'mail log' });

test('a warning, then a suspension: by the system, with the policy’s words, the rule in the note', async () => {
  await service.walk('told', [...verified, bounces(0.06)]);
  expect(await byProcess('told', 'abuse')).toMatchObject([
    {
      type: 'AccountWarned',
      actor: { type: 'system', id: 'abuse' },
      data: {
        reasons: [{ code: 'bounce_rate_high', customerMessage: expect.stringContaining('clean your list') as unknown }],
        internalNote:
          'Signal: bounces at a rate of 0.06 within 24 h, from mail log. Rule of policy built-in-1: bounces, from a rate of 0.05 on, warn.',
      },
    },
  ]);
  await service.walk('told', [bounces(0.07)]);
  await quiet();
  expect(await byProcess('told', 'abuse')).toHaveLength(1);
  await service.walk('told', [bounces(0.2)]);
  expect((await byProcess('told', 'abuse', 2)).map(({ type }) => type)).toEqual(['AccountWarned', 'AccountSuspended']);
  expect(await gate('told')).toMatchObject({ body: { allowed: false, reasons: ['suspended'], onDenied: 'hold' } });
  expect(JSON.stringify((await service.ask('customer', 'GET', '/v1/accounts/told/timeline')).body)).not.toContain(
    'Rule of',
  );
});

test('a spam trap: a re-review, sending goes on; the customer never reads the inner code', async () => {
  await service.walk('trap', [...verified, command('RecordAbuseSignal', { kind: 'spam_trap', source: 'partner' })]);
  const [opened] = await byProcess('trap', 'abuse');
  expect(opened).toMatchObject({ type: 'ReReviewOpened', data: { reasons: [{ code: 'spam_trap_hit' }] } });
  expect(await gate('trap')).toMatchObject({ body: { allowed: true } });
  const guide = await service.ask('product', 'GET', '/v1/accounts/trap/setup-guide');
  expect(guide.text).not.toContain('spam_trap');
  expect(await review('trap')).toMatchObject({
    body: { review: 're_review', signals: [{ kind: 'spam_trap', source: 'partner' }] },
  });
});

test('a report on an account that is not verified: recorded, and shown to the reviewer', async () => {
  await service.walk('early', [...inReview, command('RecordAbuseSignal', { kind: 'report', source: 'abuse desk' })]);
  await quiet();
  expect(await byProcess('early', 'abuse', 0)).toEqual([]);
  expect(await review('early')).toMatchObject({
    body: { signals: [{ kind: 'report' }] },
  });
});

test('ten signals at once: one warning', async () => {
  await service.walk('storm', verified);
  await Promise.all(Array.from({ length: 10 }, async () => service.walk('storm', [bounces(0.06)])));
  await byProcess('storm', 'abuse');
  await quiet();
  expect((await byProcess('storm', 'abuse')).map(({ type }) => type)).toEqual(['AccountWarned']);
});

test('a verified account that changes its website: a re-review that says what and by when', async () => {
  await service.walk('moved', [
    ...verified,
    command('UpdateBusinessProfile', { website: 'https://elsewhere.example' }),
  ]);
  expect(await byProcess('moved', 're-review')).toMatchObject([
    {
      type: 'ReReviewOpened',
      actor: { type: 'system', id: 're-review' },
      data: {
        reasons: [{ code: 'other' }],
        reviewBy: expect.any(String) as unknown,
        internalNote: 'Changed while verified: website.',
      },
    },
  ]);
  await service.walk('moved', [command('AddDomain', { domain: 'elsewhere.example' })]);
  await quiet();
  expect(await byProcess('moved', 're-review')).toHaveLength(1);
  const { body } = await review('moved');
  expect(body).toMatchObject({
    review: 're_review',
    notes: [{ event: 'ScreeningSkipped' }, { text: 'Changed while verified: website.' }],
  });
});

test('accounts that are not verified change what they like', async () => {
  await service.walk('open', [...setUp, command('UpdateBusinessProfile', { website: 'https://one.example' })]);
  await service.walk('open', [command('UpdateBusinessProfile', { website: 'https://two.example' })]);
  await service.walk('open-2', [...inReview, command('AddDomain', { domain: 'two.example' })]);
  await quiet();
  expect([...(await byProcess('open', 're-review', 0)), ...(await byProcess('open-2', 're-review', 0))]).toEqual([]);
});
