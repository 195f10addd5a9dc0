/**
 * Accounts in every state that the console shows, each with as much to show as it can have. All of what people wrote
 * goes through `say`, so that a test can have them write something else; their addresses have in them what an address may.
 */
import type { Command } from '../../../src/commands/decide.js';
import type { Actor } from '../../../src/events/vocabulary.js';
import { admin, backend, checks, command, owner, reviewer } from '../../support/examples.js';
import type { TestService } from '../../support/service.js';

/** What somebody wrote in a place that takes at most so many characters. */
export type Say = (text: string, most?: number) => string;

const mailDomain = 'mail.acme.example';
const customerReasons = (say: Say) => [
  { code: 'opt_in_unclear' as const, customerMessage: say('We could not see how people sign up.') },
];

/** What only insiders may see. */
export const internal = 'internal-only-7f3a';
const note = (say: Say): string => say(`${internal} The owner was rude on the phone.`);

function settingUp(say: Say): Command[] {
  return [
    command('SignUp', { company: say('Acme', 256), ownerEmail: "owner'+script@acme.example", locale: 'en' }),
    command('UpdateContacts', {
      contacts: [{ email: "tech'+script@acme.example", name: say('Technical contact', 256), roles: ['technical'] }],
    }),
    command('RecordPeopleAdded', { count: 3, attributes: [say('email', 256)] }),
    command('RecordEventsReceived', { count: 2, names: [say('signed_in', 256)] }),
    command('ConfigureChannel', { channelId: 'email-1', kind: 'email', domain: mailDomain }),
    command('AddDomain', { domain: mailDomain }),
    command('RecordDomainCheck', {
      domain: mailDomain,
      outcome: 'failed',
      records: [
        { type: 'TXT', name: `_dmarc.${mailDomain}`, expected: 'v=DMARC1', found: [say('v=DMARC9', 256)], ok: false },
      ],
    }),
    command('RecordDomainCheck', { domain: mailDomain, outcome: 'verified', records: [] }),
    command('RecordMessageCreated', {
      messageId: 'welcome',
      channelId: 'email-1',
      name: say('Welcome', 256),
      subject: say('Welcome to Acme'),
      body: say('Hello, here is how to begin.'),
      previewUrl: `https://acme.example/preview?${say('welcome', 2_000)}`,
    }),
    ...(['screenshot', 'pdf', 'text'] as const).map((kind) =>
      command('AttachEvidence', {
        evidenceId: `${kind}-1`,
        kind,
        fileName: say(`${kind}.file`, 200),
        mediaType: 'text/plain',
        bytes: 1,
        sha256: 'a'.repeat(64),
        requirement: 'subscription_process',
      }),
    ),
  ];
}

function requesting(say: Say): Command {
  return command('RequestVerification', {
    website: `https://acme.example/?${say('shop', 2_000)}`,
    technicalContact: { name: say('Technical contact', 256), email: "tech'+script@acme.example" },
    useCase: say('Receipts for our customers'),
    audience: say('Customers of our shop'),
    messageTypes: ['transactional'],
    subscriptionProcess: say('They tick a box'),
  });
}

function screened(say: Say): Command {
  return command('CompleteScreening', {
    policyVersion: 'built-in-1',
    findings: [
      { check: 'website', outcome: 'fail', reasonCode: 'website_inaccessible', detail: note(say) },
      { check: 'blocklist', outcome: 'pass', detail: say('Listed nowhere') },
      { check: 'domain age', outcome: 'unknown', detail: say('No answer') },
    ],
    recommendation: 'review',
  });
}

const by = (actor: Actor, name: Parameters<typeof command>[0], data: object): Command =>
  command(name, data as never, actor);

/** The accounts by name, each with the commands that lead to it. */
export function townOf(say: Say): Readonly<Record<string, readonly Command[]>> {
  const request = [...settingUp(say), requesting(say)];
  const review = [...request, screened(say)];
  const questions = by(reviewer, 'RequestInformation', {
    items: [
      { requirement: 'subscription_process', reasonCode: 'opt_in_unclear', message: say('Please show us the form.') },
      { requirement: 'use_case', reasonCode: 'incomplete_information', message: say('What will you send?') },
    ],
    internalNote: note(say),
  });
  const answers = by(owner, 'SubmitInformation', {
    answers: [
      { requirement: 'subscription_process', text: say('Here it is'), evidenceId: 'screenshot-1' },
      { requirement: 'use_case', cannotProvide: say('We do not know yet') },
    ],
  });
  const decision = { reasons: customerReasons(say), internalNote: note(say) };
  const reject = by(reviewer, 'RejectVerification', { ...decision, retryable: true });
  const appeal = by(owner, 'SubmitAppeal', { against: 'verification', statement: say('People tick a box.') });
  const verified = [...review, by(reviewer, 'ApproveVerification', { note: note(say) })];
  return {
    'new': [command('SignUp', { company: say('New', 256), ownerEmail: "owner'+script@new.example" })],
    'ready': settingUp(say),
    'screening': request,
    'review': [...review, questions, answers, by(reviewer, 'AssignReview', { reviewer: 'reviewer-1' })],
    'escalated': [...review, by(reviewer, 'EscalateReview', { to: 'lead', reason: note(say) })],
    'proposed': [...review, by(admin, 'ProposeApproval', { note: note(say) })],
    'asked': [...review, questions],
    'withdrawn': [...review, by(owner, 'WithdrawVerification', { reason: say('Not now') })],
    verified,
    're-review': [
      ...verified,
      by(backend, 'RecordAbuseSignal', { kind: 'complaints', rate: 0.01, source: say('feedback loop', 256) }),
      by(reviewer, 'OpenReReview', decision),
    ],
    'warned': [...verified, by(reviewer, 'WarnAccount', decision)],
    'suspended': [
      ...verified,
      by(reviewer, 'SuspendAccount', decision),
      by(owner, 'SubmitAppeal', { against: 'suspension', statement: say('It was a mistake.') }),
    ],
    'rejected': [...review, reject],
    'appealed': [...review, reject, appeal],
    'revoked': [...verified, by(reviewer, 'RevokeVerification', { ...decision, retryable: false })],
    'closed': [...verified, by(owner, 'CloseAccount', { cause: 'customer', reason: say('No longer needed') })],
    'notified': [
      ...settingUp(say),
      by(checks, 'RecordNotification', {
        template: 'request-received',
        contact: "owner'+script@acme.example",
        outcome: 'failed',
        detail: say('mailbox full', 200),
      }),
    ],
  };
}

/** Builds the town in a service. */
export async function build(service: TestService, town: ReturnType<typeof townOf>): Promise<void> {
  await Promise.all(Object.entries(town).map(async ([accountId, commands]) => service.walk(accountId, commands)));
}
