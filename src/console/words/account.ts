/** The words for how an account stands: standing, requirements, reasons, domains, and who acts. Tests hold them complete. */
import type { ActorType } from '../api/types.js';
import type { Tone } from './status.js';

type Words = Readonly<Record<string, string>>;
type Tones = Readonly<Record<string, Tone>>;

export const standingWords: Words = {
  none: 'Not signed up',
  good: 'Good standing',
  warned: 'Warned',
  suspended: 'Suspended',
  closed: 'Closed',
};

export const standingTones: Tones = {
  none: 'quiet',
  good: 'ok',
  warned: 'wait',
  suspended: 'stop',
  closed: 'quiet',
};

export const requirementWords: Words = {
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

export const reasonWords: Words = {
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

export const moverWords: Words = {
  customer: 'The customer',
  reviewer: 'A reviewer',
  system: 'Gatehouse',
};

export const channelWords: Words = {
  email: 'E-mail',
  sms: 'SMS',
  push: 'Push',
  in_app: 'In-app',
  webhook: 'Webhook',
};

export const messageTypeWords: Words = {
  transactional: 'Transactional',
  lifecycle: 'Lifecycle',
  newsletter: 'Newsletter',
  marketing: 'Marketing',
  other: 'Other',
};

export const domainWords: Words = {
  pending: 'Not checked yet',
  verified: 'Verified',
  temporaryFailure: 'Verified, last check failed',
  failed: 'Not verified',
};

export const domainTones: Tones = {
  pending: 'quiet',
  verified: 'ok',
  temporaryFailure: 'wait',
  failed: 'stop',
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
export function actorText({ type, id }: { readonly type: ActorType; readonly id: string }): string {
  return `${actorWords[type]} ${id}`;
}
