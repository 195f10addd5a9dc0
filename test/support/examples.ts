/** Named, fixed examples: an account, people, a clock, and the data of commands. */
import type { CommandInput, CommandName } from '../../src/commands/catalogue.js';
import { commandCatalogue } from '../../src/commands/catalogue.js';
import type { Command } from '../../src/commands/decide.js';
import { plusMinutes } from '../../src/events/time.js';
import type { Actor } from '../../src/events/vocabulary.js';

export const backend: Actor = { type: 'product', id: 'backend' };
export const owner: Actor = { type: 'customer', id: 'owner' };
export const checks: Actor = { type: 'system', id: 'checks' };
export const reviewer: Actor = { type: 'reviewer', id: 'reviewer-1' };
export const secondReviewer: Actor = { type: 'reviewer', id: 'reviewer-2' };
export const admin: Actor = { type: 'admin', id: 'admin-1' };
export const auditor: Actor = { type: 'auditor', id: 'auditor-1' };

/** The instant at which examples begin, and so many minutes later. */
export const start = '2026-01-05T09:00:00.000Z';
export const minute = (count: number): string => plusMinutes(start, count);
export const day = (count: number): string => plusMinutes(start, count * 24 * 60);

export const domain = 'mail.acme.example';
export const reasons = [{ code: 'opt_in_unclear' as const, customerMessage: 'We could not see how people sign up.' }];
export const item = {
  requirement: 'use_case' as const,
  reasonCode: 'incomplete_information' as const,
  message: 'What will you send?',
};

/** One good example of each command's data. */
export const goodData: { readonly [C in CommandName]: CommandInput<C> } = {
  SignUp: { company: 'Acme', ownerEmail: 'owner@acme.example' },
  UpdateContacts: { contacts: [{ email: 'tech@acme.example', roles: ['technical'] }] },
  UpdateBusinessProfile: { audience: 'Customers of our shop' },
  RecordPeopleAdded: { count: 3, attributes: ['email'] },
  RecordEventsReceived: { count: 2, names: ['signed_in'] },
  ConfigureChannel: { channelId: 'email-1', kind: 'email', domain },
  RemoveChannel: { channelId: 'email-1' },
  AddDomain: { domain },
  RemoveDomain: { domain },
  RecordDomainCheck: { domain, outcome: 'verified', records: [] },
  RecordMessageCreated: { messageId: 'welcome', channelId: 'email-1', name: 'Welcome' },
  AttachEvidence: {
    evidenceId: 'shot-1',
    kind: 'screenshot',
    fileName: 'form.png',
    mediaType: 'image/png',
    bytes: 1_000,
    sha256: 'a'.repeat(64),
  },
  RequestVerification: {
    website: 'https://acme.example',
    technicalContact: { name: 'Technical contact', email: 'tech@acme.example' },
    useCase: 'Receipts for our customers',
  },
  WithdrawVerification: { reason: 'Not now' },
  CompleteScreening: { policyVersion: 'built-in-1', findings: [], recommendation: 'review' },
  SkipScreening: { reason: 'A person looks at it' },
  AssignReview: { reviewer: reviewer.id },
  ReleaseReview: {},
  EscalateReview: { to: 'lead', reason: 'Unusual volume' },
  RequestInformation: { items: [item] },
  CancelInformationRequest: { reason: 'Found it ourselves' },
  SubmitInformation: { answers: [{ requirement: 'use_case', text: 'Receipts' }] },
  RecordCustomerReply: { answers: [{ requirement: 'use_case', text: 'Receipts' }], via: 'email' },
  ExpireInformationRequest: {},
  CloseResubmissionWindow: {},
  WaiveRequirement: { requirement: 'domain_verified', reason: 'Known sender' },
  ProposeApproval: { note: 'Looks good' },
  WithdrawProposal: {},
  ApproveVerification: {},
  RejectVerification: { reasons, retryable: true },
  RevokeVerification: { reasons, retryable: true },
  OpenReReview: { reasons },
  ConfirmVerification: {},
  SubmitAppeal: { against: 'verification', statement: 'People tick a box.' },
  DismissAppeal: { reasons },
  RecordAbuseSignal: { kind: 'complaints', rate: 0.01, source: 'feedback loop' },
  WarnAccount: { reasons },
  SuspendAccount: { reasons },
  ReinstateAccount: { note: 'Cleared up' },
  CloseAccount: { cause: 'customer', reason: 'No longer needed' },
  GrandfatherAccount: { verifiedSince: '2024-01-01T00:00:00.000Z', basis: 'Customer since 2020' },
  RecordNotification: { template: 'request-received', contact: 'owner@acme.example', outcome: 'sent' },
};

/** Who sends a command in the examples. */
export function senderOf(name: CommandName): Actor {
  const senders: readonly Actor[] = [owner, backend, reviewer, checks, admin];
  const actors: readonly string[] = commandCatalogue[name].actors;
  const sender = senders.find(({ type }) => actors.includes(type));
  if (sender === undefined) throw new Error(`nobody sends ${name}`);
  return sender;
}

/** A command with its data checked by the catalogue, as an edge would send it. */
export function command<C extends CommandName>(
  name: C,
  data: CommandInput<C> = goodData[name],
  actor: Actor = senderOf(name),
): Command {
  return { name, data: commandCatalogue[name].data.parse(data), actor } as Command;
}

/** Commands that lead to an account that is set up for its request. */
export const setUp: readonly Command[] = [
  command('SignUp'),
  command('RecordPeopleAdded'),
  command('RecordEventsReceived'),
  command('ConfigureChannel'),
  command('AddDomain'),
  command('RecordDomainCheck'),
  command('RecordMessageCreated'),
];

export const inScreening: readonly Command[] = [...setUp, command('RequestVerification')];
export const inReview: readonly Command[] = [...inScreening, command('SkipScreening')];
export const verified: readonly Command[] = [...inReview, command('ApproveVerification')];
export const rejected: readonly Command[] = [...inReview, command('RejectVerification')];
export const informationRequested: readonly Command[] = [...inReview, command('RequestInformation')];
export const closed: readonly Command[] = [...verified, command('CloseAccount')];
