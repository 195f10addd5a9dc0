/** The words for how an account stands: statuses, standing, requirements, reasons, domains, and who acts. */
import type { Actor, ActorType, ChannelKind, MessageType, ReasonCode, Requirement } from '../../events/vocabulary.js';
import type { DomainState } from '../../policy/facts.js';
import type { Mover } from '../../policy/requirements.js';
import type { Standing, Status } from '../../policy/status.js';

/** How good or bad something is for the account: which colour it has. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export const statusWords: Readonly<Record<Status, string>> = {
  not_requested: 'Not requested',
  in_review: 'In review',
  info_requested: 'Waiting for answers',
  verified: 'Verified',
  rejected: 'Rejected',
  revoked: 'Revoked',
  expired: 'Expired',
  closed: 'Closed',
};

export const statusTones: Readonly<Record<Status, Tone>> = {
  not_requested: 'neutral',
  in_review: 'info',
  info_requested: 'warning',
  verified: 'success',
  rejected: 'danger',
  revoked: 'danger',
  expired: 'warning',
  closed: 'neutral',
};

export const standingWords: Readonly<Record<Standing, string>> = {
  none: 'Not signed up',
  good: 'Good standing',
  warned: 'Warned',
  suspended: 'Suspended',
  closed: 'Closed',
};

export const standingTones: Readonly<Record<Standing, Tone>> = {
  none: 'neutral',
  good: 'success',
  warned: 'warning',
  suspended: 'danger',
  closed: 'neutral',
};

export const requirementWords: Readonly<Record<Requirement, string>> = {
  people_added: 'People added',
  events_received: 'A first event',
  channel_configured: 'A channel',
  first_message_created: 'A first message',
  company_website: 'Website',
  technical_contact: 'Technical contact',
  use_case: 'What will be sent',
  audience: 'Who is written to',
  message_types: 'Kinds of messages',
  subscription_process: 'How people sign up',
  sample_message: 'A sample message',
  domain_verified: 'A verified sending domain',
  identity: 'Proof of identity',
  other: 'Something else',
};

export const reasonWords: Readonly<Record<ReasonCode, string>> = {
  website_inaccessible: 'Website cannot be reached',
  website_password_protected: 'Website asks for a password',
  website_under_construction: 'Website is under construction',
  website_domain_mismatch: 'Website and sending domain do not match',
  domain_unverified: 'Sending domain is not verified',
  domain_recently_registered: 'Domain was registered recently',
  free_email_provider: 'Address at a free mail provider',
  opt_in_unclear: 'Unclear how people sign up',
  opt_in_evidence_missing: 'No evidence of how people sign up',
  sample_missing: 'No sample message',
  sample_use_case_mismatch: 'Sample does not match the use case',
  unsubscribe_missing: 'No way to unsubscribe',
  postal_address_missing: 'No postal address',
  privacy_policy_missing: 'No privacy policy',
  use_case_unsupported: 'Use case is not supported',
  identity_unconfirmed: 'Identity is not confirmed',
  business_not_found: 'Business was not found',
  incomplete_information: 'Information is incomplete',
  no_response: 'No response',
  complaint_rate_high: 'Many complaints',
  bounce_rate_high: 'Many bounces',
  credentials_compromised: 'Credentials are compromised',
  duplicate_account: 'Duplicate account',
  terms_of_service: 'Against the terms of service',
  requested_by_customer: 'Requested by the customer',
  other: 'Another reason',
  fraud: 'Fraud',
  phishing: 'Phishing',
  malware: 'Malware',
  impersonation: 'Impersonation',
  linked_to_suspended_account: 'Linked to a suspended account',
  domain_listed: 'Domain is on a blocklist',
  disposable_email: 'Disposable e-mail address',
  purchased_list_suspected: 'Purchased list suspected',
  spam_trap_hit: 'Spam trap was hit',
  volume_anomaly: 'Unusual volume',
};

export const moverWords: Readonly<Record<Mover, string>> = {
  customer: 'The customer',
  reviewer: 'A reviewer',
  system: 'Gatehouse',
};

export const channelWords: Readonly<Record<ChannelKind, string>> = {
  email: 'E-mail',
  sms: 'SMS',
  push: 'Push',
  in_app: 'In-app',
  webhook: 'Webhook',
};

export const messageTypeWords: Readonly<Record<MessageType, string>> = {
  transactional: 'Transactional',
  lifecycle: 'Lifecycle',
  newsletter: 'Newsletter',
  marketing: 'Marketing',
  other: 'Other',
};

export const domainWords: Readonly<Record<DomainState, string>> = {
  pending: 'Not checked yet',
  verified: 'Verified',
  temporaryFailure: 'Verified, last check failed',
  failed: 'Not verified',
};

export const domainTones: Readonly<Record<DomainState, Tone>> = {
  pending: 'neutral',
  verified: 'success',
  temporaryFailure: 'warning',
  failed: 'danger',
};

const actorWords: Readonly<Record<ActorType, string>> = {
  product: 'product backend',
  customer: 'customer',
  reviewer: 'reviewer',
  auditor: 'auditor',
  analyst: 'analyst',
  system: 'system',
  admin: 'admin',
};

/** Who acted: `reviewer r-1`, `product backend shop`. */
export function actorText({ type, id }: Actor): string {
  return `${actorWords[type]} ${id}`;
}
