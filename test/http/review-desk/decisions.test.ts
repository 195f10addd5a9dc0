/** Every step of a reviewer's work over HTTP: what it leads to, its public reasons, its internal note. */
import type { CommandInput, CommandName } from '../../../src/commands/catalogue.js';
import type { Command } from '../../../src/commands/decide.js';
import type { Actor } from '../../../src/events/vocabulary.js';
import {
  admin,
  backend,
  command,
  goodData,
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
beforeAll(async () => (desk = await newReviewDesk()));
afterAll(async () => desk.close());

const internalNote = 'Seen this website before.';
const inner = [{ code: 'phishing' as const, customerMessage: 'Your website asks for passwords of others.' }];
const warned = [...verified, command('WarnAccount')];
const suspended = [...verified, command('SuspendAccount')];
const reReviewed = [...verified, command('OpenReReview')];
const appealed = [...rejected, command('SubmitAppeal')];
const suspensionAppealed = [...suspended, command('SubmitAppeal', { against: 'suspension', statement: 'No.' })];
const assigned = [...inReview, command('AssignReview')];

type Row = readonly [what: string, given: readonly Command[], by: Actor, name: CommandName, data: object, then: object];
const step = <C extends CommandName>(
  what: string,
  given: readonly Command[],
  by: Actor,
  name: C,
  data: CommandInput<C>,
  then: object,
): Row => [what, given, by, name, data, then];

const rows: readonly Row[] = [
  step(
    'skip the checks',
    inScreening,
    reviewer,
    'SkipScreening',
    { reason: internalNote },
    { review: 'pending_review' },
  ),
  step('assign', inReview, reviewer, 'AssignReview', { reviewer: 'reviewer-2' }, { assignee: 'reviewer-2' }),
  step(
    'assign to somebody else',
    assigned,
    admin,
    'AssignReview',
    { reviewer: 'reviewer-2' },
    { assignee: 'reviewer-2' },
  ),
  step('release', assigned, reviewer, 'ReleaseReview', {}, { assignee: null }),
  step(
    'escalate',
    inReview,
    reviewer,
    'EscalateReview',
    { to: 'lead', reason: internalNote },
    { escalations: [{ to: 'lead', reason: internalNote }] },
  ),
  step(
    'ask',
    inReview,
    reviewer,
    'RequestInformation',
    { ...goodData.RequestInformation, internalNote },
    { review: 'info_requested', decideBy: null },
  ),
  step(
    'take a question back',
    informationRequested,
    reviewer,
    'CancelInformationRequest',
    { reason: internalNote },
    { review: 'pending_review', rounds: [{ outcome: 'cancelled' }] },
  ),
  step(
    'record a reply that came by e-mail',
    informationRequested,
    reviewer,
    'RecordCustomerReply',
    { ...goodData.RecordCustomerReply, reference: 'ticket-7' },
    { review: 'pending_review', rounds: [{ outcome: 'answered', via: 'email' }] },
  ),
  step(
    'waive',
    inReview,
    reviewer,
    'WaiveRequirement',
    { requirement: 'identity', reason: internalNote },
    { waived: ['identity'] },
  ),
  step('propose', inReview, reviewer, 'ProposeApproval', { note: internalNote }, { proposal: { by: 'reviewer-1' } }),
  step(
    'withdraw one’s proposal',
    [...inReview, command('ProposeApproval')],
    reviewer,
    'WithdrawProposal',
    {},
    { proposal: null },
  ),
  step(
    'approve as a second person',
    [...inReview, command('ProposeApproval')],
    secondReviewer,
    'ApproveVerification',
    { note: internalNote },
    { review: null },
  ),
  step(
    'approve within a scope',
    inReview,
    reviewer,
    'ApproveVerification',
    { scope: { messageTypes: ['transactional'], limits: { perDay: 500 } } },
    { review: null },
  ),
  step(
    'reject, retryable',
    inReview,
    reviewer,
    'RejectVerification',
    { reasons: inner, retryable: true, internalNote },
    { decision: { kind: 'rejected', retryable: true, resubmitUntil: expect.any(String) as unknown } },
  ),
  step(
    'reject for good',
    inReview,
    reviewer,
    'RejectVerification',
    { reasons: inner, retryable: false, internalNote },
    { decision: { retryable: false } },
  ),
  step(
    'revoke',
    verified,
    reviewer,
    'RevokeVerification',
    { reasons: inner, retryable: false, internalNote },
    { decision: { kind: 'revoked' } },
  ),
  step(
    'open a re-review',
    verified,
    reviewer,
    'OpenReReview',
    { reasons: inner, reviewBy: '2027-01-01T00:00:00Z', internalNote },
    { review: 're_review', decideBy: '2027-01-01T00:00:00.000Z' },
  ),
  step(
    'assign a re-review',
    reReviewed,
    reviewer,
    'AssignReview',
    { reviewer: 'reviewer-2' },
    { review: 're_review', assignee: 'reviewer-2' },
  ),
  step('ask in a re-review', reReviewed, reviewer, 'RequestInformation', goodData.RequestInformation, {
    review: 're_review_info_requested',
  }),
  step(
    'confirm',
    reReviewed,
    reviewer,
    'ConfirmVerification',
    { note: internalNote },
    { review: null, reviewBy: null },
  ),
  step('grant an appeal', appealed, secondReviewer, 'ApproveVerification', {}, { review: null, decision: null }),
  step(
    'reject an appeal',
    appealed,
    secondReviewer,
    'RejectVerification',
    { reasons, retryable: true },
    { decision: { appeal: 'used' } },
  ),
  step('warn', verified, reviewer, 'WarnAccount', { reasons: inner, internalNote }, { standing: { state: 'warned' } }),
  step(
    'suspend',
    warned,
    reviewer,
    'SuspendAccount',
    { reasons: inner, internalNote },
    { standing: { state: 'suspended', appeal: 'unappealed' } },
  ),
  step(
    'uphold a suspension',
    suspensionAppealed,
    secondReviewer,
    'DismissAppeal',
    { reasons: inner, internalNote },
    { standing: { appeal: 'upheld' }, suspensionAppeal: false, decideBy: null },
  ),
  step(
    'reinstate',
    suspensionAppealed,
    secondReviewer,
    'ReinstateAccount',
    { note: internalNote },
    { standing: { state: 'good' }, suspensionAppeal: false },
  ),
  step(
    'close',
    verified,
    reviewer,
    'CloseAccount',
    { cause: 'provider', reason: internalNote },
    { review: null, standing: { state: 'closed' } },
  ),
  step('take over as verified', rejected, admin, 'GrandfatherAccount', goodData.GrandfatherAccount, {
    review: null,
    decision: null,
  }),
];

test.each(rows)('%s', async (what, given, by, name, data, then) => {
  const accountId = what.replaceAll(/[^a-z]+/g, '-');
  await desk.gatehouse.walk(given, accountId);
  const before = await desk.page(by, accountId);
  expect(before.body['allowedCommands']).toContain(name);
  const answer = await desk.post(by, accountId, name, data as never, { 'If-Match': before.etag ?? '' });
  expect(answer).toMatchObject({ status: 200, body: { accountId } });
  const { body } = await desk.page(reviewer, accountId);
  expect(body).toMatchObject(then);
  const noted = JSON.stringify(data).includes(internalNote) && name !== 'CloseAccount';
  if (noted) expect(JSON.stringify(body['notes'])).toContain(internalNote);
  const outside = await Promise.all(
    ['', '/timeline', '/setup-guide', '/gate?action=message.send'].map(async (path) =>
      desk.get(backend, `/v1/accounts/${accountId}${path}`),
    ),
  );
  expect(JSON.stringify(outside)).not.toContain(internalNote);
  expect(JSON.stringify(outside)).not.toContain('phishing');
});

test('an approval with a scope is what the gate goes by', async () => {
  const { body } = await desk.get(
    backend,
    '/v1/accounts/approve-within-a-scope/gate?action=message.send&messageType=newsletter',
  );
  expect(body).toMatchObject({ allowed: false, reasons: ['out_of_scope'] });
});
