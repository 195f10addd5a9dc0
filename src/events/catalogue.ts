/**
 * The only list of events: what happened to an account, in the past tense, with a version and a schema for the data.
 *
 * To change an event: raise its version, change the schema, and add the step from the old version to `upcast.ts`.
 */
import { z } from 'zod';
import {
  answer,
  channelKind,
  contact,
  count,
  dnsRecord,
  email,
  finding,
  hostname,
  id,
  instant,
  item,
  listOf,
  locale,
  personal,
  profileFields,
  reasons,
  requirement,
  sampleMessage,
  scope,
  sha256,
  shortText,
  technicalContact,
  text,
  webAddress,
} from './schemas.js';

/**
 * Who may learn of an event. `public` events appear on the account's own timeline (without notes, findings and inner
 * codes); `internal` ones only in views of reviewers, auditors, analysts, system and admin.
 */
export type Audience = 'public' | 'internal';

type Definition<S extends z.ZodType> = { readonly version: number; readonly audience: Audience; readonly data: S };

function shown<S extends z.ZodRawShape>(shape: S, version = 1): Definition<z.ZodObject<S, z.core.$strict>> {
  return { version, audience: 'public', data: z.strictObject(shape) };
}

function inner<S extends z.ZodRawShape>(shape: S, version = 1): Definition<z.ZodObject<S, z.core.$strict>> {
  return { version, audience: 'internal', data: z.strictObject(shape) };
}

const note = text.optional();

export const eventCatalogue = {
  AccountSignedUp: shown({
    holder: z.enum(['business', 'individual']),
    company: personal(shortText).optional(),
    ownerEmail: personal(email),
    locale: locale.optional(),
  }),
  ContactsUpdated: shown({ contacts: listOf(contact, 50) }),
  BusinessProfileUpdated: shown(profileFields),
  PeopleAdded: shown({ count, attributes: listOf(shortText, 500) }),
  EventsReceived: shown({ count, names: listOf(shortText, 500) }),
  ChannelConfigured: shown({ channelId: id, kind: channelKind, domain: hostname.optional() }),
  ChannelRemoved: shown({ channelId: id }),
  DomainAdded: shown({
    domain: hostname,
    dkim: z.strictObject({ selector: shortText, publicKey: text }).optional(),
  }),
  DomainRemoved: shown({ domain: hostname }),
  DomainVerified: shown({ domain: hostname, records: listOf(dnsRecord, 50) }),
  DomainCheckFailed: shown({
    domain: hostname,
    outcome: z.enum(['failed', 'temporary_failure']),
    records: listOf(dnsRecord, 50),
  }),
  /** A domain that was verified failed more checks, for longer, than the policy allows. */
  DomainLapsed: shown({ domain: hostname, failures: count, failingSince: instant }),
  MessageCreated: shown({
    messageId: id,
    channelId: id,
    name: shortText,
    subject: personal(text).optional(),
    body: personal(text).optional(),
    previewUrl: webAddress.optional(),
  }),
  EvidenceAttached: shown({
    evidenceId: id,
    kind: z.enum(['screenshot', 'pdf', 'text']),
    fileName: personal(shortText),
    mediaType: shortText,
    bytes: count,
    sha256,
    requirement: requirement.optional(),
  }),
  /** Carries the whole profile as it was requested on, and the limits that hold for this request. */
  VerificationRequested: shown({
    website: webAddress,
    technicalContact,
    useCase: personal(text),
    audience: profileFields.audience,
    messageTypes: profileFields.messageTypes,
    subscriptionProcess: profileFields.subscriptionProcess,
    sampleMessage,
    approvalRequirements: listOf(requirement, 20),
    screenBy: instant,
  }),
  VerificationWithdrawn: shown({ reason: personal(text).optional() }),
  ScreeningCompleted: inner({
    policyVersion: id,
    findings: listOf(finding, 100),
    recommendation: z.enum(['approve', 'review', 'request_information']),
  }),
  ScreeningSkipped: inner({ reason: text }),
  ReviewAssigned: inner({ reviewer: id }),
  ReviewReleased: inner({}),
  ReviewEscalated: inner({ to: id, reason: text }),
  InformationRequested: shown({ items: z.array(item).min(1).max(20), respondBy: instant, internalNote: note }),
  /** `via` is there when a reviewer recorded a reply that came by other means. */
  InformationSubmitted: shown({
    answers: z.array(answer).min(1).max(40),
    via: z.enum(['email', 'phone', 'ticket']).optional(),
    reference: shortText.optional(),
  }),
  InformationRequestCancelled: shown({ reason: text }),
  InformationRequestExpired: shown({ respondBy: instant }),
  RequirementWaived: inner({ requirement, reason: text }),
  ApprovalProposed: inner({ note }),
  ProposalWithdrawn: inner({}),
  /** `automatic` when screening approved by itself, by the system actor. */
  VerificationApproved: shown({ note, scope: scope.optional(), automatic: z.boolean() }),
  VerificationRejected: shown({
    reasons,
    retryable: z.boolean(),
    resubmitUntil: instant.optional(),
    internalNote: note,
  }),
  VerificationRevoked: shown({ reasons, retryable: z.boolean(), internalNote: note }),
  VerificationGrandfathered: shown({ verifiedSince: instant, basis: text }),
  ResubmissionWindowClosed: shown({ resubmitUntil: instant }),
  ReReviewOpened: inner({ reasons, reviewBy: instant.optional() }),
  VerificationConfirmed: inner({ note }),
  AppealSubmitted: shown({ against: z.enum(['verification', 'suspension']), statement: personal(text) }),
  AppealDismissed: shown({ reasons, internalNote: note }),
  AbuseSignalRecorded: inner({
    kind: z.enum(['complaints', 'bounces', 'spam_trap', 'report', 'credentials', 'volume']),
    rate: z.number().min(0).optional(),
    window: shortText.optional(),
    source: shortText,
  }),
  AccountWarned: shown({ reasons, internalNote: note }),
  AccountSuspended: shown({ reasons, internalNote: note, holdUntil: instant.optional() }),
  AccountReinstated: shown({ note: text }),
  AccountClosed: shown({ cause: z.enum(['customer', 'provider']), reason: text }),
  NotificationSent: shown({ template: shortText, contact: personal(email) }),
  NotificationFailed: inner({ template: shortText, contact: personal(email), detail: text.optional() }),
} as const satisfies Record<string, Definition<z.ZodType>>;

export type EventType = keyof typeof eventCatalogue;
export type EventData<T extends EventType> = z.infer<(typeof eventCatalogue)[T]['data']>;

/** Every event type, in the order of an account's life. */
export const eventTypes = Object.keys(eventCatalogue) as readonly EventType[];

const known: ReadonlySet<string> = new Set(eventTypes);

/** Whether a stored type is one of ours. */
export function isEventType(type: string): type is EventType {
  return known.has(type);
}
