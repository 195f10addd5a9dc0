/** Review states, commands, refusals and links in the words of the desk; what all pages speak of is in `words/`. */
import * as account from '../words/account.js';
import { listed, wordFor } from '../words/plain.js';
import { codeWords, type Tone } from '../words/status.js';

type Words = Readonly<Record<string, string>>;

function said(words: Words, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : codeWords(code);
}

export const requirementCodes = Object.keys(account.requirementWords);
export const requirementWords = (code: string): string => wordFor(account.requirementWords, code);
export const reasonWords = (code: string): string => wordFor(account.reasonWords, code);
export const channelWords = (kind: string): string => wordFor(account.channelWords, kind);
export const messageTypeWords = (type: string): string => wordFor(account.messageTypeWords, type);

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
  ScreeningSkipped: 'skipped screening',
  ReviewEscalated: 'escalated',
  InformationRequested: 'asked the customer',
  InformationRequestCancelled: 'took the questions back',
  RequirementWaived: 'waived a requirement',
  ApprovalProposed: 'proposed approval',
  VerificationApproved: 'approved',
  VerificationConfirmed: 'confirmed the verification',
  VerificationRejected: 'rejected',
  VerificationRevoked: 'revoked the verification',
  ReReviewOpened: 'opened a re-review',
  AppealDismissed: 'dismissed the appeal',
  AccountWarned: 'warned the account',
  AccountSuspended: 'suspended the account',
  AccountReinstated: 'reinstated the account',
};
/** What somebody did, after their name: `r-1 rejected`. */
export const didWords = (type: string): string => said(events, type);

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
  const open = listed(missing.map(({ requirement }) => requirementWords(requirement).toLowerCase()));
  const what = open === '' ? 'Something is still open' : `Still open: ${open}`;
  return code === 'requirements_missing'
    ? `${what}. Wait for it, ask for it, or waive it.`
    : `${what}. The account must be set up again first.`;
}
