/** Review states, requirements, reasons, commands and events in the words of the desk. */
import { codeWords, type Tone } from '../words/status.js';

type Words = Readonly<Record<string, string>>;

function said(words: Words, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : codeWords(code);
}

const requirements: Words = {
  people_added: 'People added',
  events_received: 'Events received',
  channel_configured: 'Channel configured',
  first_message_created: 'First message created',
  company_website: 'Website',
  technical_contact: 'Technical contact',
  use_case: 'Use case',
  audience: 'Audience',
  message_types: 'Kinds of messages',
  subscription_process: 'How people sign up',
  sample_message: 'Sample message',
  domain_verified: 'Sending domain verified',
  identity: 'Identity',
  other: 'Something else',
};
export const requirementCodes = Object.keys(requirements);
export const requirementWords = (code: string): string => said(requirements, code);

/** Reason codes that a customer sees as they are. */
export const publicReasons = [
  'website_inaccessible',
  'website_password_protected',
  'website_under_construction',
  'website_domain_mismatch',
  'domain_unverified',
  'domain_recently_registered',
  'free_email_provider',
  'opt_in_unclear',
  'opt_in_evidence_missing',
  'sample_missing',
  'sample_use_case_mismatch',
  'unsubscribe_missing',
  'postal_address_missing',
  'privacy_policy_missing',
  'use_case_unsupported',
  'identity_unconfirmed',
  'business_not_found',
  'incomplete_information',
  'no_response',
  'complaint_rate_high',
  'bounce_rate_high',
  'credentials_compromised',
  'duplicate_account',
  'terms_of_service',
  'requested_by_customer',
  'other',
] as const;

/** Reason codes that stay with the provider: the customer sees “terms of service” in their place, and the message. */
export const internalReasons = [
  'fraud',
  'phishing',
  'malware',
  'impersonation',
  'linked_to_suspended_account',
  'domain_listed',
  'disposable_email',
  'purchased_list_suspected',
  'spam_trap_hit',
  'volume_anomaly',
] as const;

const reasons: Words = {
  free_email_provider: 'Free e-mail provider',
  disposable_email: 'Disposable e-mail',
  opt_in_unclear: 'Opt-in unclear',
  opt_in_evidence_missing: 'Opt-in evidence missing',
};
export const reasonWords = (code: string): string => said(reasons, code);

const reviews: Readonly<Record<string, readonly [words: string, tone: Tone]>> = {
  screening: ['Screening', 'info'],
  pending_review: ['To decide', 'wait'],
  info_requested: ['With the customer', 'quiet'],
  re_review: ['Re-review', 'wait'],
  re_review_info_requested: ['Re-review, with the customer', 'quiet'],
  suspension_appeal: ['Suspension appeal', 'wait'],
};
/** The states of the queue, in the order in which they are offered. */
export const reviewStates = Object.keys(reviews);
export const reviewWords = (state: string): string => reviews[state]?.[0] ?? codeWords(state);
export const reviewTone = (state: string): Tone => reviews[state]?.[1] ?? 'quiet';

const commands: Words = {
  SkipScreening: 'Skip screening',
  AssignReview: 'Assign',
  ReleaseReview: 'Release',
  EscalateReview: 'Escalate',
  RequestInformation: 'Ask for more',
  CancelInformationRequest: 'Take the questions back',
  RecordCustomerReply: 'Record a reply',
  WaiveRequirement: 'Waive a requirement',
  ProposeApproval: 'Propose approval',
  WithdrawProposal: 'Withdraw proposal',
  ApproveVerification: 'Approve',
  RejectVerification: 'Reject',
  RevokeVerification: 'Revoke verification',
  OpenReReview: 'Open a re-review',
  ConfirmVerification: 'Confirm verification',
  DismissAppeal: 'Dismiss the appeal',
  WarnAccount: 'Warn',
  SuspendAccount: 'Suspend',
  ReinstateAccount: 'Reinstate',
  CloseAccount: 'Close the account',
  GrandfatherAccount: 'Verify without review',
};
export const commandWords = (command: string): string => said(commands, command);

/** What a command did, for the word that it was done. */
const done: Words = {
  SkipScreening: 'Screening skipped: the request waits for a decision.',
  AssignReview: 'Assigned.',
  ReleaseReview: 'Released: it is with nobody now.',
  EscalateReview: 'Escalated.',
  RequestInformation: 'Asked: the customer is told by mail.',
  CancelInformationRequest: 'The questions were taken back.',
  RecordCustomerReply: 'The reply is recorded.',
  WaiveRequirement: 'Waived.',
  ProposeApproval: 'Proposed: a second person can approve it.',
  WithdrawProposal: 'The proposal was withdrawn.',
  ApproveVerification: 'Approved: the account is verified.',
  RejectVerification: 'Rejected: the customer is told by mail.',
  RevokeVerification: 'Revoked: the customer is told by mail.',
  OpenReReview: 'The re-review is open; sending goes on.',
  ConfirmVerification: 'Confirmed: the account stays verified.',
  DismissAppeal: 'The appeal was dismissed: the suspension stands.',
  WarnAccount: 'Warned: the customer is told by mail.',
  SuspendAccount: 'Suspended: sending has stopped.',
  ReinstateAccount: 'Reinstated.',
  CloseAccount: 'The account is closed.',
};
export const doneWords = (command: string): string => done[command] ?? 'Done.';

const events: Words = {
  AccountSignedUp: 'Signed up',
  BusinessProfileUpdated: 'Business profile changed',
  EvidenceAttached: 'Evidence attached',
  VerificationRequested: 'Verification requested',
  VerificationWithdrawn: 'Request withdrawn',
  ScreeningCompleted: 'Screening done',
  InformationRequested: 'Customer asked for more',
  InformationSubmitted: 'Customer answered',
  InformationRequestCancelled: 'Questions taken back',
  InformationRequestExpired: 'Time to answer ran out',
  RequirementWaived: 'Requirement waived',
  ApprovalProposed: 'Approval proposed',
  ProposalWithdrawn: 'Proposal withdrawn',
  VerificationApproved: 'Approved',
  VerificationRejected: 'Rejected',
  VerificationRevoked: 'Revoked',
  VerificationConfirmed: 'Confirmed',
  VerificationGrandfathered: 'Verified without review',
  ReReviewOpened: 'Re-review opened',
  AppealSubmitted: 'Appeal made',
  AppealDismissed: 'Appeal dismissed',
  AbuseSignalRecorded: 'Abuse signal',
  AccountWarned: 'Warned',
  AccountSuspended: 'Suspended',
  AccountReinstated: 'Reinstated',
  AccountClosed: 'Closed',
  DomainCheckFailed: 'Domain check failed',
  NotificationSent: 'Mail sent',
  NotificationFailed: 'Mail could not be delivered',
};
export const eventWords = (type: string): string => said(events, type);

const shares: Words = {
  address: 'same address',
  website: 'same website',
  sending_domain: 'same sending domain',
  mail_domain: 'same mail domain',
};
export const shareWords = (kind: string): string => said(shares, kind);

const movers: Words = { customer: 'the customer’s move', reviewer: 'your move', system: 'the checks’ move' };
export const moverWords = (mover: string): string => said(movers, mover);

type Refusal = {
  readonly code: string;
  readonly detail: string;
  readonly missing: readonly { readonly requirement: string }[];
};

/** Why something is refused, in the words of the page: the service's own point at fields of its answer. */
export function refusalWords({ code, detail, missing }: Refusal): string {
  if (code !== 'requirements_missing' && code !== 'setup_incomplete') return detail;
  const open = missing.map(({ requirement }) => requirementWords(requirement).toLowerCase()).join(', ');
  const what = open === '' ? 'Something is still open' : `Still open: ${open}`;
  return code === 'requirements_missing'
    ? `${what}. Wait for it, ask for it, or waive it.`
    : `${what}. The account must be set up again first.`;
}

/** `1 request`, `3 requests`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
