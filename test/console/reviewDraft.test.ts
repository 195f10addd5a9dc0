/** What a reviewer fills in makes data that the command takes, or says what is missing. */
import { commandCatalogue, type CommandName, commandNames, maySend } from '../../src/commands/catalogue.js';
import {
  dataOf as dataAt,
  type DeskCommand,
  type Draft,
  emptyDraft,
  emptyItem,
  formFields,
} from '../../src/console/desk/draft.js';
import { internalReasons, publicReasons, requirementCodes } from '../../src/console/desk/words.js';
import { internalReasonCodes, publicReasonCodes, requirements } from '../../src/events/vocabulary.js';

const full: Draft = {
  ...emptyDraft,
  note: ' Looks good ',
  internalNote: ' Between us ',
  reason: 'Because',
  reasons: [
    { code: 'opt_in_unclear', requirement: 'subscription_process', customerMessage: ' How do people sign up? ' },
  ],
  items: [{ requirement: 'use_case', reasonCode: 'incomplete_information', message: ' What will you send? ' }],
  answers: [
    { requirement: 'use_case', text: 'Receipts', cannot: false },
    { requirement: 'identity', text: 'No papers yet', cannot: true },
  ],
  respondBy: '2026-02-01',
  resubmitUntil: '2026-03-01',
  reviewBy: '2026-02-10',
  holdUntil: '2026-02-11',
  messageTypes: ['newsletter'],
  channelKinds: ['email'],
  perDay: '500',
  perMonth: '',
  requirement: 'identity',
  to: 'reviewer-2',
  reference: 'T-17',
  verifiedSince: '2024-01-01',
};

/** Before the days of the draft. */
const now = Date.parse('2026-01-15T12:00:00.000Z');
const dataOf = (command: DeskCommand, draft: Draft) => dataAt(command, draft, now);

const commands = Object.keys(formFields) as DeskCommand[];

test('every command of a reviewer or admin has its form', () => {
  const theirs = commandNames.filter((name) => maySend('admin', name));
  expect(commands.toSorted()).toEqual(theirs.toSorted());
});

test.each(commands)('%s: a full draft is what the command takes', (name) => {
  const { data, errors } = dataOf(name, full);
  expect(errors).toEqual({});
  expect(commandCatalogue[name as CommandName].data.safeParse(data).error?.message).toBeUndefined();
});

test.each(commands)('%s: an empty draft is whole, or what is missing is named as the service would name it', (name) => {
  const { data, errors } = dataOf(name, {
    ...emptyDraft,
    answers: [{ requirement: 'use_case', text: ' ', cannot: false }],
  });
  const parsed = commandCatalogue[name as CommandName].data.safeParse(data);
  expect(Object.keys(errors).length > 0).toBe(!parsed.success);
  for (const message of Object.values(errors)) expect(message).toMatch(/\.$/);
});

test('what is sent: texts without spaces around them, the end of the day that was chosen, nothing that is empty', () => {
  expect(dataOf('RejectVerification', full).data).toEqual({
    reasons: [
      { code: 'opt_in_unclear', requirement: 'subscription_process', customerMessage: 'How do people sign up?' },
    ],
    retryable: true,
    resubmitUntil: new Date('2026-03-01T23:59:59').toISOString(),
    internalNote: 'Between us',
  });
  expect(dataOf('RejectVerification', { ...full, retryable: false, internalNote: ' ' }).data).toEqual({
    reasons: [
      { code: 'opt_in_unclear', requirement: 'subscription_process', customerMessage: 'How do people sign up?' },
    ],
    retryable: false,
  });
  expect(dataOf('ApproveVerification', emptyDraft).data).toEqual({});
  expect(dataOf('ApproveVerification', full).data).toEqual({
    note: 'Looks good',
    scope: { messageTypes: ['newsletter'], channelKinds: ['email'], limits: { perDay: 500 } },
  });
  expect(dataOf('RecordCustomerReply', full).data).toEqual({
    answers: [
      { requirement: 'use_case', text: 'Receipts' },
      { requirement: 'identity', cannotProvide: 'No papers yet' },
    ],
    via: 'email',
    reference: 'T-17',
  });
});

test('each part that is missing is named by its place', () => {
  expect(
    Object.keys(dataOf('RequestInformation', { ...full, items: [emptyItem, ...full.items, emptyItem] }).errors),
  ).toEqual(['/items/0/message', '/items/2/message']);
  expect(Object.keys(dataOf('ApproveVerification', { ...full, perDay: '0', perMonth: '1.5' }).errors)).toEqual([
    '/scope/limits/perDay',
    '/scope/limits/perMonth',
  ]);
  expect(Object.keys(dataOf('AssignReview', { ...full, to: 'somebody@acme.example' }).errors)).toEqual(['/reviewer']);
});

test('a limit is digits alone: what some read as a thousand is not taken for one', () => {
  for (const perDay of ['1.000', '1,000', '1 000', '1e3', '-5', '0', 'many']) {
    const { data, errors } = dataOf('ApproveVerification', { ...emptyDraft, perDay });
    expect(Object.keys(errors)).toEqual(['/scope/limits/perDay']);
    expect(data).toEqual({});
  }
  expect(dataOf('ApproveVerification', { ...emptyDraft, perDay: ' 1000 ' }).data).toEqual({
    scope: { limits: { perDay: 1000 } },
  });
});

test('nothing is asked for by a day that is over; today is not over before its end', () => {
  const lastMoment = new Date('2026-02-01T23:59:58').getTime();
  const until = (at: number) => dataAt('RequestInformation', { ...full, respondBy: '2026-02-01' }, at).errors;
  expect(until(lastMoment)).toEqual({});
  expect(until(lastMoment + 2_000)).toEqual({ '/respondBy': 'This day is over. Choose today or a later one.' });
  const after = Date.parse('2027-01-01T00:00:00.000Z');
  expect(Object.keys(dataAt('RejectVerification', full, after).errors)).toEqual(['/resubmitUntil']);
  expect(dataAt('RejectVerification', { ...full, retryable: false }, after).errors).toEqual({});
});

test('nobody is trusted since a day that has not come', () => {
  const since = (verifiedSince: string) => dataOf('GrandfatherAccount', { ...full, verifiedSince });
  expect(since('2026-01-15').data['verifiedSince']).toBe(new Date('2026-01-15T00:00:00').toISOString());
  expect(since('2026-01-17').errors['/verifiedSince']).toContain('has not come yet');
});

test('the codes that are offered are those that there are', () => {
  expect([...publicReasons]).toEqual([...publicReasonCodes]);
  expect([...internalReasons]).toEqual([...internalReasonCodes]);
  expect(requirementCodes.toSorted()).toEqual([...requirements].toSorted());
});
