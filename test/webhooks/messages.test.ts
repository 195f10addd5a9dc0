/** Which messages an event makes, and that nothing internal or personal is in them. */
import { sendingGate, type GateRow } from '../../projections/sendingGate.js';
import { decode } from '../../src/events/upcast.js';
import { internalReasonCodes } from '../../src/events/vocabulary.js';
import { webhookBody } from '../../src/http/webhookSchemas.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { messagesOf, type WebhookMessage } from '../../src/webhooks/messages.js';
import {
  command,
  goodData,
  informationRequested,
  inScreening,
  rejected,
  setUp,
  verified,
} from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';

let gatehouse: TestGatehouse;
beforeEach(async () => (gatehouse = await newGatehouse()));
afterEach(async () => gatehouse.close());

/** Every message of the log, in its order. */
async function messages(): Promise<WebhookMessage[]> {
  const rows = new Map<string, GateRow>();
  const made: WebhookMessage[] = [];
  for await (const stored of gatehouse.store.readAll({ types: sendingGate.types })) {
    const event = decode(stored);
    const row = sendingGate.evolve(rows.get(event.stream), event);
    rows.set(event.stream, row);
    made.push(...messagesOf(event, row, builtInPolicy));
  }
  return made;
}

const typesOf = (made: readonly WebhookMessage[]): string[] => made.map(({ type }) => type);
const last = (made: readonly WebhookMessage[], type: string) => {
  const found = made.findLast((one) => one.type === type);
  return (JSON.parse(found?.body ?? 'null') as { data: Record<string, unknown> } | null)?.data;
};

test('from sign-up to verified: what happened, then what it changed', async () => {
  await gatehouse.walk(verified);
  const made = await messages();
  expect(typesOf(made).slice(0, 2)).toEqual(['account.signed_up', 'gate.changed']);
  expect(typesOf(made).slice(-4)).toEqual(['gate.changed', 'gate.changed', 'verification.approved', 'gate.changed']);
  expect(last(made, 'gate.changed')).toMatchObject({
    accountId: 'acme',
    status: 'verified',
    allowed: true,
    reasons: [],
    channels: [{ channelId: 'email-1', allowed: true }],
  });
  expect(new Set(made.map(({ id }) => id)).size).toBe(made.length);
  expect(made.every(({ id }) => /^[0-9a-f-]{36}_[a-z-]+$/.test(id))).toBe(true);
});

test('an event that changes no answer makes no gate.changed', async () => {
  await gatehouse.walk([
    ...setUp,
    command('AddDomain', { domain: 'other.acme.example' }),
    command('RecordNotification'),
  ]);
  const made = await messages();
  const revisions = made.filter(({ type }) => type === 'gate.changed').map(({ revision }) => revision);
  expect(revisions).not.toContain(setUp.length);
  expect(revisions).not.toContain(setUp.length + 1);
});

test.each([
  ['a rejection', [...rejected], 'verification.rejected', { status: 'rejected', retryable: true }],
  ['questions', [...informationRequested], 'verification.information_requested', { status: 'info_requested' }],
  ['a withdrawal', [...inScreening, command('WithdrawVerification')], 'verification.withdrawn', {}],
  ['a warning', [...verified, command('WarnAccount')], 'account.warned', { standing: 'warned' }],
  ['a suspension', [...verified, command('SuspendAccount')], 'account.suspended', { standing: 'suspended' }],
  [
    'an appeal against it',
    [...verified, command('SuspendAccount'), command('SubmitAppeal', { against: 'suspension', statement: 'No!' })],
    'account.appeal_submitted',
    { against: 'suspension' },
  ],
  ['the end', [...verified, command('CloseAccount')], 'account.closed', { cause: 'customer', status: 'closed' }],
  ['a lapsed domain', [...verified, command('RemoveChannel')], 'gate.changed', { allowed: false }],
])('%s is told', async (_what, commands, type, data) => {
  await gatehouse.walk(commands);
  expect(last(await messages(), type)).toMatchObject(data);
});

const canary = 'canary-7f3a';
const address = 'canary-person@acme.example';

test('given random histories with internal codes, notes and people in them, then no message holds any', async () => {
  const internal = internalReasonCodes.map((code) => ({ code, customerMessage: 'We cannot go on.' }));
  const contact = { name: canary, email: address };
  const request = { ...goodData.RequestVerification, technicalContact: contact, useCase: canary };
  const steps = [
    command('SignUp', { ownerEmail: address, company: canary }),
    ...setUp.slice(1),
    command('UpdateContacts', { contacts: [{ ...contact, roles: ['owner'] }] }),
    command('RequestVerification', request),
    command('CompleteScreening', {
      policyVersion: 'built-in-1',
      findings: [{ check: 'blocklist', outcome: 'fail', reasonCode: 'domain_listed', detail: canary }],
      recommendation: 'review',
    }),
    command('AssignReview', { reviewer: canary }),
    command('RequestInformation', {
      items: [{ requirement: 'use_case', reasonCode: 'fraud', message: 'What do you sell?' }],
      internalNote: canary,
    }),
    command('SubmitInformation', { answers: [{ requirement: 'use_case', text: canary }] }),
    command('RejectVerification', { reasons: internal, retryable: true, internalNote: canary }),
    command('SubmitAppeal', { against: 'verification', statement: canary }),
    command('ApproveVerification', { note: canary }, { type: 'reviewer', id: 'reviewer-2' }),
    command('WarnAccount', { reasons: internal, internalNote: canary }),
    command('SuspendAccount', { reasons: internal, internalNote: canary }),
    command('ReinstateAccount', { note: canary }),
    command('RevokeVerification', { reasons: internal, retryable: false, internalNote: canary }),
    command('CloseAccount', { cause: 'provider', reason: canary }, { type: 'reviewer', id: 'reviewer-1' }),
  ];
  await gatehouse.walk(steps);
  await walkRandomly(gatehouse, 3, 42, 40);
  const made = await messages();
  const text = made.map(({ body }) => body).join('\n');
  for (const word of [canary, address, '@', ...internalReasonCodes])
    expect([word, text.includes(word)]).toEqual([word, false]);
  expect(text).toContain('terms_of_service');
  for (const { type, body } of made) {
    expect(webhookBody(type).safeParse(JSON.parse(body)).error?.message).toBeUndefined();
  }
});
