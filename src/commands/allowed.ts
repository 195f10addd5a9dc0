/**
 * Which commands the chart would admit now, for some data: what an answer lists as `allowedCommands`. Whether the data,
 * the sender and the policy then suit is said when the command comes.
 */
import { type AccountSnapshot, admitsType } from '../../machines/fold.js';
import type { Fact, Proposal } from '../events/fact.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import type { AccountFacts } from '../policy/facts.js';
import { type CommandName, commandNames } from './catalogue.js';

/** A person who has nothing to do with the account: `~` occurs in no real id. */
const somebody: Actor = { type: 'reviewer', id: '~' };

const reasons = [{ code: 'other' as const, customerMessage: '~' }];
const anyMessage = { messageId: '~', name: '~' };

type Example = (facts: AccountFacts, now: Instant) => readonly (Proposal & { readonly actor?: Actor })[];

const always =
  (...proposals: readonly Proposal[]): Example =>
  () =>
    proposals;

const firstChannel = (facts: AccountFacts): string => Object.keys(facts.channels)[0] ?? '~';

/** For each command the facts that would most likely be admitted, so that any admission at all is found. */
const examples: { readonly [C in CommandName]: Example } = {
  SignUp: always({ type: 'AccountSignedUp', data: { holder: 'business', ownerEmail: '~' } }),
  UpdateContacts: always({ type: 'ContactsUpdated', data: { contacts: [] } }),
  UpdateBusinessProfile: always({ type: 'BusinessProfileUpdated', data: {} }),
  RecordPeopleAdded: always({ type: 'PeopleAdded', data: { count: 1, attributes: [] } }),
  RecordEventsReceived: always({ type: 'EventsReceived', data: { count: 1, names: [] } }),
  ConfigureChannel: always({ type: 'ChannelConfigured', data: { channelId: '~', kind: 'push' } }),
  RemoveChannel: (facts) => [{ type: 'ChannelRemoved', data: { channelId: firstChannel(facts) } }],
  AddDomain: always({ type: 'DomainAdded', data: { domain: '~' } }),
  RemoveDomain: always({ type: 'DomainRemoved', data: { domain: '~' } }),
  RecordDomainCheck: always({ type: 'DomainVerified', data: { domain: '~', records: [] } }),
  RecordMessageCreated: (facts) => [
    { type: 'MessageCreated', data: { ...anyMessage, channelId: firstChannel(facts) } },
  ],
  AttachEvidence: always({
    type: 'EvidenceAttached',
    data: { evidenceId: '~', kind: 'text', fileName: '~', mediaType: '~', bytes: 1, sha256: '~' },
  }),
  RequestVerification: (_facts, now) => [
    {
      type: 'VerificationRequested',
      data: {
        website: 'https://example.com',
        technicalContact: { name: '~', email: '~' },
        useCase: '~',
        sampleMessage: anyMessage,
        approvalRequirements: [],
        screenBy: now,
      },
    },
  ],
  WithdrawVerification: always({ type: 'VerificationWithdrawn', data: {} }),
  CompleteScreening: always({
    type: 'ScreeningCompleted',
    data: { policyVersion: '~', findings: [], recommendation: 'review' },
  }),
  SkipScreening: always({ type: 'ScreeningSkipped', data: { reason: '~' } }),
  AssignReview: always({ type: 'ReviewAssigned', data: { reviewer: '~' } }),
  ReleaseReview: always({ type: 'ReviewReleased', data: {} }),
  EscalateReview: always({ type: 'ReviewEscalated', data: { to: '~', reason: '~' } }),
  RequestInformation: (_facts, now) => [{ type: 'InformationRequested', data: { items: [], respondBy: now } }],
  CancelInformationRequest: always({ type: 'InformationRequestCancelled', data: { reason: '~' } }),
  SubmitInformation: allAnswers,
  RecordCustomerReply: allAnswers,
  ExpireInformationRequest: (_facts, now) => [{ type: 'InformationRequestExpired', data: { respondBy: now } }],
  CloseResubmissionWindow: (_facts, now) => [{ type: 'ResubmissionWindowClosed', data: { resubmitUntil: now } }],
  WaiveRequirement: always({ type: 'RequirementWaived', data: { requirement: 'other', reason: '~' } }),
  ProposeApproval: always({ type: 'ApprovalProposed', data: {} }),
  WithdrawProposal: (facts) => [
    { type: 'ProposalWithdrawn', data: {}, actor: { type: 'reviewer', id: facts.proposal?.by ?? '~' } },
  ],
  ApproveVerification: always({ type: 'VerificationApproved', data: { automatic: false } }),
  RejectVerification: always({ type: 'VerificationRejected', data: { reasons, retryable: true } }),
  RevokeVerification: always({ type: 'VerificationRevoked', data: { reasons, retryable: true } }),
  OpenReReview: always({ type: 'ReReviewOpened', data: { reasons } }),
  ConfirmVerification: always({ type: 'VerificationConfirmed', data: {} }),
  SubmitAppeal: always(
    { type: 'AppealSubmitted', data: { against: 'verification', statement: '~' } },
    { type: 'AppealSubmitted', data: { against: 'suspension', statement: '~' } },
  ),
  DismissAppeal: always({ type: 'AppealDismissed', data: { reasons } }),
  RecordAbuseSignal: always({ type: 'AbuseSignalRecorded', data: { kind: 'report', source: '~' } }),
  WarnAccount: always({ type: 'AccountWarned', data: { reasons } }),
  SuspendAccount: always({ type: 'AccountSuspended', data: { reasons } }),
  ReinstateAccount: always({ type: 'AccountReinstated', data: { note: '~' } }),
  CloseAccount: always({ type: 'AccountClosed', data: { cause: 'provider', reason: '~' } }),
  GrandfatherAccount: (_facts, now) => [
    { type: 'VerificationGrandfathered', data: { verifiedSince: now, basis: '~' } },
  ],
  RecordNotification: always({ type: 'NotificationSent', data: { template: '~', contact: '~' } }),
};

function allAnswers(facts: AccountFacts): readonly Proposal[] {
  const answers = (facts.information?.items ?? []).map(({ requirement }) => ({ requirement, text: '~' }));
  return [{ type: 'InformationSubmitted', data: { answers } }];
}

/** The example facts of a command, for tests that compare this list with the chart's own answer. */
export function exampleFacts(command: CommandName, facts: AccountFacts, now: Instant): readonly Fact[] {
  return examples[command](facts, now).map((proposal) => ({ actor: somebody, ...proposal, occurredAt: now }) as Fact);
}

/** The commands that the chart admits now, for some data, whoever sends them. */
export function allowedCommands(snapshot: AccountSnapshot, now: Instant): readonly CommandName[] {
  const { facts } = snapshot.context;
  return commandNames.filter((command) => exampleFacts(command, facts, now).some((fact) => admitsType(snapshot, fact)));
}
