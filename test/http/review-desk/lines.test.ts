/** The queue in short lines, and its counts. */
import { reviewPageSchema } from '../../../src/http/reviewSchemas.js';
import {
  auditor,
  backend,
  command,
  day,
  informationRequested,
  inReview,
  inScreening,
  reasons,
  rejected,
  reviewer,
  secondReviewer,
  verified,
} from '../../support/examples.js';
import { newReviewDesk, type ReviewDesk } from '../../support/reviewDesk.js';

let desk: ReviewDesk;
beforeEach(async () => (desk = await newReviewDesk()));
afterEach(async () => desk.close());

type Line = Record<string, unknown> & { readonly accountId: string };

async function lines(query = '', actor = reviewer): Promise<{ items: Line[]; next: string | null }> {
  const head = (await desk.gatehouse.store.head()) ?? '';
  const { status, body } = await desk.get(actor, `/v1/review-lines?after=${head}${query}`);
  expect(status).toBe(200);
  return body as never;
}
const idsOf = ({ items }: { items: readonly Line[] }): string[] => items.map(({ accountId }) => accountId);

const assign = (to = reviewer) => command('AssignReview', { reviewer: to.id }, to);
const appealed = [command('SuspendAccount'), command('SubmitAppeal', { against: 'suspension', statement: 'No.' })];

async function everyKind(): Promise<void> {
  await desk.gatehouse.walk([...inReview, assign(), command('ProposeApproval')], 'mine');
  await desk.gatehouse.walk([...inReview, assign(secondReviewer), command('EscalateReview')], 'theirs');
  await desk.gatehouse.walk(inScreening, 'screened');
  await desk.gatehouse.walk([...informationRequested, assign()], 'asked');
  await desk.gatehouse.walk([...verified, command('OpenReReview', { reasons, reviewBy: day(20) })], 'looked-at');
  await desk.gatehouse.walk([...verified, ...appealed], 'suspended');
  await desk.gatehouse.walk([...inReview, ...appealed], 'both');
  await desk.gatehouse.walk([...rejected, command('SubmitAppeal')], 'appealed');
  await desk.gatehouse.walk(verified, 'done');
}

test('a line says who, since when, until when, with whom, and what is missing', async () => {
  await everyKind();
  desk.at(day(3));
  const { items } = await lines();
  const line = (accountId: string): Line | undefined => items.find((one) => one.accountId === accountId);
  expect(line('mine')).toEqual({
    accountId: 'mine',
    company: 'Acme',
    status: 'in_review',
    standing: 'good',
    review: 'pending_review',
    suspensionAppeal: false,
    appeal: false,
    waitingSince: expect.any(String) as unknown,
    decideBy: expect.any(String) as unknown,
    overdue: true,
    assignee: reviewer.id,
    proposedBy: reviewer.id,
    escalatedTo: null,
    missing: [],
    respondBy: null,
    requests: 1,
    revision: 10,
  });
  expect(line('theirs')).toMatchObject({ escalatedTo: 'lead', assignee: secondReviewer.id });
  expect(line('asked')).toMatchObject({
    review: 'info_requested',
    missing: ['use_case'],
    respondBy: expect.any(String) as unknown,
    overdue: false,
  });
  expect(line('both')).toMatchObject({ review: 'pending_review', suspensionAppeal: true, standing: 'suspended' });
  expect(line('suspended')).toMatchObject({ review: 'suspension_appeal', suspensionAppeal: true, status: 'verified' });
  expect(line('appealed')).toMatchObject({ appeal: true });
  expect(line('looked-at')).toMatchObject({ review: 're_review', decideBy: day(20), overdue: false });
  expect(line('done')).toBeUndefined();
});

test('counts are those of the lists, for whoever asks', async () => {
  await everyKind();
  desk.at(day(3));
  const head = (await desk.gatehouse.store.head()) ?? '';
  const { body } = await desk.get(reviewer, `/v1/review-counts?after=${head}`);
  const states = body['states'] as Record<string, number>;
  for (const [state, count] of Object.entries(states)) {
    expect([state, idsOf(await lines(`&state=${state}`)).length]).toEqual([state, count]);
  }
  expect(body).toMatchObject({
    all: idsOf(await lines()).length,
    mine: idsOf(await lines(`&reviewer=${reviewer.id}`)).length,
    unassigned: idsOf(await lines('&reviewer=none')).length,
    overdue: idsOf(await lines('&overdue=true')).length,
  });
  expect(body).toMatchObject({ all: 8, mine: 2, unassigned: 5, states: { suspension_appeal: 2, pending_review: 4 } });
  expect((await desk.get(secondReviewer, `/v1/review-counts?after=${head}`)).body).toMatchObject({ mine: 1 });
});

test('pages follow one another without a gap, whatever the filter', async () => {
  await everyKind();
  for (const filter of ['', '&reviewer=none', '&state=pending_review']) {
    const whole = idsOf(await lines(filter));
    const walked: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await lines(`${filter}&limit=2${next === '' ? '' : `&cursor=${next}`}`);
      walked.push(...idsOf(page));
      next = page.next;
    }
    expect(walked).toEqual(whole);
  }
});

test('the lines of some accounts, also of those that left the queue; unknown ones are left out', async () => {
  await everyKind();
  const { items, next } = await lines('&accounts=mine,done,nobody,mine');
  expect(items.map(({ accountId, review }) => [accountId, review])).toEqual([
    ['mine', 'pending_review'],
    ['done', null],
  ]);
  expect(next).toBeNull();
  for (const wrong of ['', 'a,,b', 'a%20b', Array.from({ length: 101 }, (_, index) => `a${index}`).join(',')]) {
    expect(await desk.get(reviewer, `/v1/review-lines?accounts=${wrong}`)).toMatchObject({
      status: 422,
      body: { errors: [{ in: 'query', pointer: '/accounts' }] },
    });
  }
});

test('pages of every kind are what the document says', async () => {
  await everyKind();
  await desk.gatehouse.walk(
    [...informationRequested, command('SubmitInformation'), command('RejectVerification')],
    'no',
  );
  await desk.gatehouse.walk([command('AttachEvidence'), command('RecordAbuseSignal'), command('WarnAccount')], 'done');
  for (const accountId of [
    'mine',
    'theirs',
    'screened',
    'asked',
    'looked-at',
    'suspended',
    'both',
    'appealed',
    'done',
    'no',
  ]) {
    const { body } = await desk.page(reviewer, accountId);
    expect([accountId, reviewPageSchema.safeParse(body).error?.message]).toEqual([accountId, undefined]);
  }
});

test('the page of a review has the note of the standing proposal, not that of one before', async () => {
  const withdrawn = [command('ProposeApproval', { note: 'First' }), command('WithdrawProposal')];
  await desk.gatehouse.walk([...inReview, ...withdrawn, command('ProposeApproval', { note: 'All in order' })]);
  expect((await desk.page(auditor, 'acme')).body['proposal']).toEqual({
    by: reviewer.id,
    at: expect.any(String) as unknown,
    note: 'All in order',
  });
  await desk.gatehouse.walk([command('WithdrawProposal'), command('ProposeApproval', {})]);
  expect((await desk.page(auditor, 'acme')).body['proposal']).toMatchObject({ by: reviewer.id, note: null });
});

test('the timeline from a revision on: what came since', async () => {
  await desk.gatehouse.walk(verified);
  const head = (await desk.gatehouse.store.head()) ?? '';
  const revisions = async (query: string): Promise<number[]> => {
    const { body } = await desk.get(reviewer, `/v1/accounts/acme/timeline?after=${head}&${query}`);
    return (body['items'] as { revision: number }[]).map(({ revision }) => revision);
  };
  expect(await revisions('from=7')).toEqual([7, 8, 9]);
  expect(await revisions('from=0&limit=2')).toEqual([0, 1]);
  expect(await revisions('from=10')).toEqual([]);
});

test('those outside see none of it', async () => {
  await desk.gatehouse.walk(inReview);
  for (const path of ['/v1/review-lines', '/v1/review-counts', '/v1/accounts/acme/linked']) {
    expect(await desk.get(backend, path)).toMatchObject({ status: 403 });
  }
});
