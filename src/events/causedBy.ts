/**
 * What an event tells of the command behind it. The log keeps a command's id and digest, not its name: the name follows
 * from the event. A test holds this against the deciders of all commands.
 */
import type { EventType } from './catalogue.js';
import type { Fact } from './fact.js';
import type { ReasonCode } from './vocabulary.js';

/** The command of each event that only one command leads to; the others are told apart below. */
const onlyCommand: Readonly<
  Record<Exclude<EventType, 'InformationRequested' | 'InformationSubmitted' | 'VerificationApproved'>, string>
> = {
  AccountSignedUp: 'SignUp',
  ContactsUpdated: 'UpdateContacts',
  BusinessProfileUpdated: 'UpdateBusinessProfile',
  PeopleAdded: 'RecordPeopleAdded',
  EventsReceived: 'RecordEventsReceived',
  ChannelConfigured: 'ConfigureChannel',
  ChannelRemoved: 'RemoveChannel',
  DomainAdded: 'AddDomain',
  DomainRemoved: 'RemoveDomain',
  DomainVerified: 'RecordDomainCheck',
  DomainCheckFailed: 'RecordDomainCheck',
  DomainLapsed: 'RecordDomainCheck',
  MessageCreated: 'RecordMessageCreated',
  EvidenceAttached: 'AttachEvidence',
  VerificationRequested: 'RequestVerification',
  VerificationWithdrawn: 'WithdrawVerification',
  ScreeningCompleted: 'CompleteScreening',
  ScreeningSkipped: 'SkipScreening',
  ReviewAssigned: 'AssignReview',
  ReviewReleased: 'ReleaseReview',
  ReviewEscalated: 'EscalateReview',
  InformationRequestCancelled: 'CancelInformationRequest',
  InformationRequestExpired: 'ExpireInformationRequest',
  RequirementWaived: 'WaiveRequirement',
  ApprovalProposed: 'ProposeApproval',
  ProposalWithdrawn: 'WithdrawProposal',
  VerificationRejected: 'RejectVerification',
  VerificationRevoked: 'RevokeVerification',
  VerificationGrandfathered: 'GrandfatherAccount',
  ResubmissionWindowClosed: 'CloseResubmissionWindow',
  ReReviewOpened: 'OpenReReview',
  VerificationConfirmed: 'ConfirmVerification',
  AppealSubmitted: 'SubmitAppeal',
  AppealDismissed: 'DismissAppeal',
  AbuseSignalRecorded: 'RecordAbuseSignal',
  AccountWarned: 'WarnAccount',
  AccountSuspended: 'SuspendAccount',
  AccountReinstated: 'ReinstateAccount',
  AccountClosed: 'CloseAccount',
  NotificationSent: 'RecordNotification',
  NotificationFailed: 'RecordNotification',
};

/** The name of the command that led to an event, such as `ApproveVerification`. */
export function commandBehind(fact: Fact): string {
  switch (fact.type) {
    case 'InformationRequested':
      // Only people ask by a command of its own; the checks' questions follow from what they found.
      return fact.actor.type === 'system' ? 'CompleteScreening' : 'RequestInformation';
    case 'InformationSubmitted':
      return fact.data.via === undefined ? 'SubmitInformation' : 'RecordCustomerReply';
    case 'VerificationApproved':
      return fact.data.automatic ? 'CompleteScreening' : 'ApproveVerification';
    default:
      return onlyCommand[fact.type];
  }
}

/**
 * The reason codes that an event gives, each once: of a decision, of the questions that were asked, and of what screening
 * found to fail. A check that could not run gives none.
 */
export function reasonCodesIn(fact: Fact): readonly ReasonCode[] {
  return [...new Set(codes(fact))];
}

function codes(fact: Fact): readonly ReasonCode[] {
  switch (fact.type) {
    case 'VerificationRejected':
    case 'VerificationRevoked':
    case 'ReReviewOpened':
    case 'AppealDismissed':
    case 'AccountWarned':
    case 'AccountSuspended':
      return fact.data.reasons.map(({ code }) => code);
    case 'InformationRequested':
      return fact.data.items.map(({ reasonCode }) => reasonCode);
    case 'ScreeningCompleted':
      return fact.data.findings.flatMap(({ outcome, reasonCode }) =>
        outcome === 'fail' && reasonCode !== undefined ? [reasonCode] : [],
      );
    default:
      return [];
  }
}
