/** The closed word lists that events, commands, policy and API share. */

/** Who acts. The actor of an event comes from the sender's token, so these are the roles of tokens, too. */
export const actorTypes = ['product', 'customer', 'reviewer', 'auditor', 'analyst', 'system', 'admin'] as const;
export type ActorType = (typeof actorTypes)[number];

/** A person or program, by the id that its token carries. Two persons means two ids. */
export type Actor = { readonly type: ActorType; readonly id: string };

export const channelKinds = ['email', 'sms', 'push', 'in_app', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const messageTypes = ['transactional', 'lifecycle', 'newsletter', 'marketing', 'other'] as const;
export type MessageType = (typeof messageTypes)[number];

/** Requirements that must be met before verification can be requested. */
export const requestRequirements = [
  'people_added',
  'events_received',
  'channel_configured',
  'first_message_created',
  'company_website',
  'technical_contact',
  'use_case',
] as const;

/** Requirements that policy may add to the request form; they must be met before approval. */
export const askedRequirements = ['audience', 'message_types', 'subscription_process'] as const;

/** Every requirement there is; `identity` and `other` exist only when a reviewer asks for them. */
export const requirements = [
  ...requestRequirements,
  ...askedRequirements,
  'sample_message',
  'domain_verified',
  'identity',
  'other',
] as const;
export type Requirement = (typeof requirements)[number];

/** For what a contact of an account is written to. */
export const contactRoles = ['owner', 'technical', 'requester'] as const;
export type ContactRole = (typeof contactRoles)[number];

/** What may speak against how an account sends. */
export const abuseKinds = ['complaints', 'bounces', 'spam_trap', 'report', 'credentials', 'volume'] as const;

/** Reason codes that customers may see. */
export const publicReasonCodes = [
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

/** Reason codes that never leave the provider; a customer sees `publicReasonCode` of them. */
export const internalReasonCodes = [
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

export const reasonCodes = [...publicReasonCodes, ...internalReasonCodes] as const;
export type PublicReasonCode = (typeof publicReasonCodes)[number];
export type ReasonCode = (typeof reasonCodes)[number];

const publicCodes: ReadonlySet<string> = new Set(publicReasonCodes);

/** What a customer sees for a reason code: itself when it is public, else `terms_of_service`. */
export function publicReasonCode(code: ReasonCode): PublicReasonCode {
  return publicCodes.has(code) ? (code as PublicReasonCode) : 'terms_of_service';
}
