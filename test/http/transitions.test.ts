/** Transitions of all accounts over HTTP: every filter, in log order, page by page. */
import { command, inReview, rejected, reviewer, verified } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

type Item = {
  readonly position: string;
  readonly accountId: string;
  readonly type: string;
  readonly revision: number;
  readonly command: string;
  readonly commandId: string;
  readonly occurredAt: string;
  readonly data?: unknown;
};

let service: TestService;
let last = '';
beforeAll(async () => {
  service = await newService();
  await service.walk('one', [...verified, command('SuspendAccount')]);
  await service.walk('two', [...rejected, command('SubmitAppeal')]);
  const answer = await service.walk('three', [
    ...inReview,
    command('AssignReview'),
    command('WaiveRequirement'),
    command('RequestInformation', {
      items: [{ requirement: 'identity', reasonCode: 'fraud', message: 'Who are you?' }],
    }),
  ]);
  last = String(answer.body['position']);
});
afterAll(async () => service.stop());

async function list(query: string): Promise<{ readonly items: readonly Item[]; readonly next: string | null }> {
  const { status, body, text } = await service.ask('auditor', 'GET', `/v1/transitions?after=${last}&${query}`);
  if (status !== 200) throw new Error(text);
  return body as unknown as { items: Item[]; next: string | null };
}
const told = async (query: string): Promise<string[]> =>
  (await list(query)).items.map(({ accountId, type }) => `${accountId} ${type}`);

test('all of them in log order, each with who, which command, from where to where; nothing of its data', async () => {
  const { items } = await list('limit=1000');
  expect(items).toHaveLength(11 + 11 + 12);
  expect(items.map(({ position }) => position)).toEqual(items.map(({ position }) => position).toSorted());
  const approval = items.find(({ type }) => type === 'VerificationApproved');
  expect(approval).toMatchObject({
    accountId: 'one',
    revision: 9,
    command: 'ApproveVerification',
    actor: { type: 'reviewer', id: 'reviewer-1' },
    from: { verification: { pendingReview: { assignment: 'unassigned' } } },
    to: { verification: { verified: 'current' } },
    reasons: [],
    imported: false,
    policyVersion: 'built-in-1',
  });
  expect(approval).not.toHaveProperty('data');
  expect(JSON.stringify(items)).not.toContain('acme.example');
});

test.each([
  ['account=two&fromState=pendingReview', ['two VerificationRejected']],
  ['command=ApproveVerification', ['one VerificationApproved']],
  ['command=approve-verification', ['one VerificationApproved']],
  ['type=AppealSubmitted', ['two AppealSubmitted']],
  ['toState=rejected', ['two VerificationRejected']],
  ['state=rejected', ['two VerificationRejected', 'two AppealSubmitted']],
  ['standing=suspended', ['one AccountSuspended']],
  ['reason=opt_in_unclear', ['one AccountSuspended', 'two VerificationRejected']],
  ['reason=fraud', ['three InformationRequested']],
  ['reason=phishing', []],
  [
    'actorType=reviewer&account=three&changed=true',
    ['three ScreeningSkipped', 'three ReviewAssigned', 'three InformationRequested'],
  ],
  ['account=nobody', []],
  ['account=two&actor=nobody', []],
  ['since=2999-01-01T00:00:00Z', []],
  ['until=2020-01-01T00:00:00Z', []],
])('%s', async (query, wanted) => {
  const found = await told(query);
  expect(found.filter((one) => !wanted.includes(one))).toEqual([]);
  expect(found).toEqual(wanted);
});

test('by actor, by command id', async () => {
  const { items } = await list('limit=1000');
  expect((await list(`actor=${reviewer.id}&limit=1000`)).items).toEqual(
    items.filter((one) => (one as Item & { actor: { id: string } }).actor.id === reviewer.id),
  );
  const [first] = items;
  expect((await list(`commandId=${encodeURIComponent(first?.commandId ?? '')}`)).items).toEqual([first]);
});

test('by time: from an instant on, and before another one', async () => {
  const { items } = await list('limit=1000');
  const middle = items[Math.floor(items.length / 2)]?.occurredAt ?? '';
  expect((await list(`limit=1000&since=${middle}`)).items).toEqual(
    items.filter(({ occurredAt }) => occurredAt >= middle),
  );
  expect((await list(`limit=1000&until=${middle}`)).items).toEqual(
    items.filter(({ occurredAt }) => occurredAt < middle),
  );
});

test.each(['asc', 'desc'])('page by page (%s) it is the whole, each once', async (order) => {
  const whole = (await list(`limit=1000&order=${order}`)).items;
  const pages: Item[] = [];
  let cursor = '';
  for (let page = 0; page < 20; page++) {
    const { items, next } = await list(`limit=5&order=${order}${cursor}`);
    pages.push(...items);
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  expect(pages).toEqual(whole);
  expect(whole.map(({ position }) => position)).toEqual(
    order === 'asc'
      ? whole.map(({ position }) => position).toSorted()
      : whole
          .map(({ position }) => position)
          .toSorted()
          .toReversed(),
  );
});

test.each([
  ['command=NoSuch', '/command'],
  ['type=Approved', '/type'],
  ['toState=in_review', '/toState'],
  ['standing=bad', '/standing'],
  ['reason=because', '/reason'],
  ['actorType=person', '/actorType'],
  ['since=monday', '/since'],
  ['changed=false', '/changed'],
  ['limit=1001', '/limit'],
  ['order=newest', '/order'],
  ['actors=x', '/actors'],
])('a filter that is none (%s): 422, pointing at %s', async (query, pointer) => {
  const answer = await service.ask('auditor', 'GET', `/v1/transitions?${query}`);
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
  expect(answer.body['errors']).toContainEqual(expect.objectContaining({ in: 'query', pointer }));
});

test('a cursor of ours, or none: 400', async () => {
  expect(await service.ask('auditor', 'GET', '/v1/transitions?cursor=here')).toMatchObject({
    status: 400,
    body: { code: 'malformed_cursor' },
  });
});

test('a position that is not reached in time: 503', async () => {
  expect(await service.ask('auditor', 'GET', '/v1/transitions?after=9999999999999999')).toMatchObject({
    status: 503,
    body: { code: 'not_up_to_date' },
  });
});

test.each(['product', 'customer'] as const)('%s may not ask', async (role) => {
  expect(await service.ask(role, 'GET', '/v1/transitions')).toMatchObject({ status: 403 });
});
