/** The names that transitions can be filtered by, as the API has them, in words. */
import type { Paths } from '../api/openapi.js';
import { codeWords } from '../words/status.js';

export type Asked = NonNullable<Paths['/v1/transitions']['get']['parameters']['query']>;
/** The API takes commands in two spellings; the form offers the first. */
type CommandName = Exclude<NonNullable<Asked['command']>, Lowercase<string>>;

/** The names are written down as keys, so that the compiler finds one that the API has and this does not. */
type All<Name extends string> = Readonly<Record<Name, true>>;

const actorTypes: All<NonNullable<Asked['actorType']>> = {
  customer: true,
  product: true,
  reviewer: true,
  system: true,
  auditor: true,
  analyst: true,
  admin: true,
};

const states: All<NonNullable<Asked['toState']>> = {
  none: true,
  notRequested: true,
  screening: true,
  pendingReview: true,
  infoRequested: true,
  verified: true,
  rejected: true,
  revoked: true,
  expired: true,
  ended: true,
};

const standings: All<NonNullable<Asked['standing']>> = {
  none: true,
  good: true,
  warned: true,
  suspended: true,
  closed: true,
};

const commands: All<CommandName> = {
  SignUp: true,
  UpdateContacts: true,
  UpdateBusinessProfile: true,
  RecordPeopleAdded: true,
  RecordEventsReceived: true,
  ConfigureChannel: true,
  RemoveChannel: true,
  AddDomain: true,
  RemoveDomain: true,
  RecordDomainCheck: true,
  RecordMessageCreated: true,
  AttachEvidence: true,
  RequestVerification: true,
  WithdrawVerification: true,
  CompleteScreening: true,
  SkipScreening: true,
  AssignReview: true,
  ReleaseReview: true,
  EscalateReview: true,
  RequestInformation: true,
  CancelInformationRequest: true,
  SubmitInformation: true,
  RecordCustomerReply: true,
  ExpireInformationRequest: true,
  CloseResubmissionWindow: true,
  WaiveRequirement: true,
  ProposeApproval: true,
  WithdrawProposal: true,
  ApproveVerification: true,
  RejectVerification: true,
  RevokeVerification: true,
  OpenReReview: true,
  ConfirmVerification: true,
  SubmitAppeal: true,
  DismissAppeal: true,
  RecordAbuseSignal: true,
  WarnAccount: true,
  SuspendAccount: true,
  ReinstateAccount: true,
  CloseAccount: true,
  GrandfatherAccount: true,
  RecordNotification: true,
};

const types: All<NonNullable<Asked['type']>> = {
  AccountSignedUp: true,
  ContactsUpdated: true,
  BusinessProfileUpdated: true,
  PeopleAdded: true,
  EventsReceived: true,
  ChannelConfigured: true,
  ChannelRemoved: true,
  DomainAdded: true,
  DomainRemoved: true,
  DomainVerified: true,
  DomainCheckFailed: true,
  DomainLapsed: true,
  MessageCreated: true,
  EvidenceAttached: true,
  VerificationRequested: true,
  VerificationWithdrawn: true,
  ScreeningCompleted: true,
  ScreeningSkipped: true,
  ReviewAssigned: true,
  ReviewReleased: true,
  ReviewEscalated: true,
  InformationRequested: true,
  InformationSubmitted: true,
  InformationRequestCancelled: true,
  InformationRequestExpired: true,
  RequirementWaived: true,
  ApprovalProposed: true,
  ProposalWithdrawn: true,
  VerificationApproved: true,
  VerificationRejected: true,
  VerificationRevoked: true,
  VerificationGrandfathered: true,
  ResubmissionWindowClosed: true,
  ReReviewOpened: true,
  VerificationConfirmed: true,
  AppealSubmitted: true,
  AppealDismissed: true,
  AbuseSignalRecorded: true,
  AccountWarned: true,
  AccountSuspended: true,
  AccountReinstated: true,
  AccountClosed: true,
  NotificationSent: true,
  NotificationFailed: true,
};

const reasons: All<NonNullable<Asked['reason']>> = {
  website_inaccessible: true,
  website_password_protected: true,
  website_under_construction: true,
  website_domain_mismatch: true,
  domain_unverified: true,
  domain_recently_registered: true,
  free_email_provider: true,
  opt_in_unclear: true,
  opt_in_evidence_missing: true,
  sample_missing: true,
  sample_use_case_mismatch: true,
  unsubscribe_missing: true,
  postal_address_missing: true,
  privacy_policy_missing: true,
  use_case_unsupported: true,
  identity_unconfirmed: true,
  business_not_found: true,
  incomplete_information: true,
  no_response: true,
  complaint_rate_high: true,
  bounce_rate_high: true,
  credentials_compromised: true,
  duplicate_account: true,
  terms_of_service: true,
  requested_by_customer: true,
  other: true,
  fraud: true,
  phishing: true,
  malware: true,
  impersonation: true,
  linked_to_suspended_account: true,
  domain_listed: true,
  disposable_email: true,
  purchased_list_suspected: true,
  spam_trap_hit: true,
  volume_anomaly: true,
};

export type Choice = { readonly value: string; readonly label: string };

function choices(names: Readonly<Record<string, true>>): readonly Choice[] {
  return Object.keys(names)
    .map((value) => ({ value, label: codeWords(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** In the order of the chart, not of the alphabet. */
function inOrder(names: Readonly<Record<string, true>>): readonly Choice[] {
  return Object.keys(names).map((value) => ({ value, label: codeWords(value) }));
}

/** Filters with a fixed set of values. */
export const nameChoices = {
  actorType: inOrder(actorTypes),
  command: choices(commands),
  type: choices(types),
  fromState: inOrder(states),
  toState: inOrder(states),
  standing: inOrder(standings),
  reason: choices(reasons),
} satisfies Partial<Record<keyof Asked, readonly Choice[]>>;
