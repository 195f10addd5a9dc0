/** The mails that a decision would lead to, before it is taken. */
import { commandCatalogue, type CommandInput, type CommandName, maySend } from '../../../src/commands/catalogue.js';
import { actorTypes } from '../../../src/events/vocabulary.js';
import { foreseeMails } from '../../../src/mail/foreseen.js';
import { mailsOf } from '../../../src/mail/planner.js';
import { decode } from '../../../src/events/upcast.js';
import { accountStream } from '../../../src/events/envelope.js';
import { mailPreviewRoutes } from '../../../src/http/routes/mailPreview.js';
import {
  admin,
  auditor,
  command,
  goodData,
  informationRequested,
  inReview,
  inScreening,
  item,
  reasons,
  reviewer,
  verified,
} from '../../support/examples.js';
import { newReviewDesk, type ReviewDesk } from '../../support/reviewDesk.js';

let desk: ReviewDesk;
beforeEach(async () => (desk = await newReviewDesk()));
afterEach(async () => desk.close());

const contacts = command('UpdateContacts', {
  contacts: [{ email: 'kauf@acme.example', name: 'Requester', roles: ['requester'], locale: 'de' }],
});

const preview = async (name: CommandName, data: object, actor = reviewer, accountId = 'acme') =>
  desk.ask(actor, `/v1/reviews/${accountId}/mail-preview`, { command: name, data });

type Mail = { to: { email: string }; template: string; locale: string; subject: string; text: string };

test('questions: the mail for each reader in their language, and nothing is left behind', async () => {
  await desk.gatehouse.walk([...inReview, contacts]);
  const head = await desk.gatehouse.store.head();
  const { status, body } = await preview('RequestInformation', { items: [item], internalNote: 'Looks odd' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ accountId: 'acme', revision: 9, refused: null });
  const mails = body['mails'] as Mail[];
  expect(mails.map(({ to, locale, template }) => `${to.email} ${locale} ${template}`).toSorted()).toEqual([
    'kauf@acme.example de information_requested',
    'owner@acme.example en information_requested',
  ]);
  for (const { text } of mails) {
    expect(text).toContain('What will you send?');
    expect(text).not.toContain('Looks odd');
  }
  expect(await desk.gatehouse.store.head()).toBe(head);
  expect((await desk.page(reviewer, 'acme')).body).toMatchObject({ review: 'pending_review', revision: 9 });
});

type Told =
  | 'RequestInformation'
  | 'ApproveVerification'
  | 'RejectVerification'
  | 'RevokeVerification'
  | 'WarnAccount'
  | 'SuspendAccount';

test.each<[Told, readonly ReturnType<typeof command>[], object]>([
  ['RequestInformation', inReview, { items: [item] }],
  ['ApproveVerification', inReview, { scope: { messageTypes: ['newsletter'], limits: { perDay: 500 } } }],
  ['RejectVerification', inReview, { reasons, retryable: true, resubmitUntil: '2026-03-01T00:00:00.000Z' }],
  [
    'RejectVerification',
    [...inReview, command('RejectVerification'), command('SubmitAppeal')],
    { reasons, retryable: false },
  ],
  ['RevokeVerification', verified, { reasons, retryable: false }],
  ['WarnAccount', verified, { reasons }],
  ['SuspendAccount', verified, { reasons }],
])('%s: word for word what goes out when it is sent', async (name, walk, data) => {
  await desk.gatehouse.walk([...walk, contacts]);
  desk.at('2026-01-06T09:00:00.000Z');
  const second = { type: 'reviewer', id: 'reviewer-2' } as const;
  const one = command(name, data as CommandInput<typeof name>, second);
  const provider = { name: 'Acme Mail', dashboardUrl: 'https://dashboard.acme.example' };
  const { mails } = await foreseeMails({ commands: desk.commands, provider }, 'acme', one);
  expect(mails.length).toBeGreaterThan(0);
  expect(await desk.post(second, 'acme', name, data as CommandInput<typeof name>)).toMatchObject({ status: 200 });
  const sent = [];
  for await (const event of desk.gatehouse.store.read(accountStream('acme'), { from: walk.length + 1 })) {
    sent.push(...(await mailsOf({ commands: desk.commands, provider, isOnItsWay: () => false }, decode(event))));
  }
  expect(mails).toEqual(
    sent.map(({ accountId, template, to, locale, reference, content }) => ({
      accountId,
      template,
      to,
      locale,
      reference,
      content,
    })),
  );
});

test('what would be refused says why, and writes no mail', async () => {
  await desk.gatehouse.walk(inScreening);
  expect((await preview('ApproveVerification', {})).body).toMatchObject({
    mails: [],
    refused: { code: 'not_in_this_state', detail: expect.any(String) as unknown, missing: [] },
  });
  await desk.gatehouse.walk(informationRequested, 'asked');
  expect((await preview('RequestInformation', { items: [item] }, reviewer, 'asked')).body).toMatchObject({ mails: [] });
  await desk.gatehouse.walk([...inReview, command('ProposeApproval')], 'proposed');
  expect((await preview('ApproveVerification', {}, reviewer, 'proposed')).body).toMatchObject({
    refused: { code: 'self_approval' },
  });
  expect((await preview('ApproveVerification', {}, admin, 'proposed')).body).toMatchObject({
    refused: null,
    mails: [{ template: 'approved' }],
  });
});

test('data that is not whole names the field; an account that is not there, and a command without mail, are said', async () => {
  await desk.gatehouse.walk(inReview);
  const empty = await preview('RequestInformation', { items: [{ ...item, message: '  ' }] });
  expect(empty).toMatchObject({ status: 422, body: { errors: [{ pointer: '/data/items/0/message' }] } });
  expect(await preview('AssignReview', { reviewer: 'reviewer-1' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/command' }] },
  });
  expect(await preview('WarnAccount', goodData.WarnAccount, reviewer, 'nobody')).toMatchObject({ status: 404 });
});

test('whoever may send the commands may look at their mails, nobody else', async () => {
  await desk.gatehouse.walk(inReview);
  expect(await preview('RequestInformation', { items: [item] }, auditor)).toMatchObject({ status: 403 });
  const names = Object.keys(commandCatalogue) as CommandName[];
  const told = names.filter((name) =>
    ['RequestInformation', 'ApproveVerification', 'RejectVerification', 'RevokeVerification'].includes(name),
  );
  for (const name of told) {
    expect(actorTypes.filter((role) => maySend(role, name))).toEqual(mailPreviewRoutes[0]?.roles);
  }
});
