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
  pinnedSample,
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
import { abuseKinds } from './vocabulary.js';

type Definition<S extends z.ZodType> = { readonly version: number; readonly data: S };

function event<S extends z.ZodRawShape>(shape: S, version = 1): Definition<z.ZodObject<S, z.core.$strict>> {
  return { version, data: z.strictObject(shape) };
}

/** What people write for each other, or of the customer: personal data, whoever it is about. */
const words = personal(text);
const note = words.optional();

/** Until when a reviewer is to decide; in the events that make it the reviewers' move. */
const decideBy = instant.optional();

export const eventCatalogue = {
  AccountSignedUp: event({
    holder: z.enum(['business', 'individual']),
    company: personal(shortText).optional(),
    ownerEmail: personal(email),
    locale: locale.optional(),
  }),
  ContactsUpdated: event({ contacts: listOf(contact, 50) }),
  BusinessProfileUpdated: event(profileFields),
  PeopleAdded: event({ count, attributes: listOf(shortText, 500) }),
  EventsReceived: event({ count, names: listOf(shortText, 500) }),
  ChannelConfigured: event({ channelId: id, kind: channelKind, domain: hostname.optional() }),
  ChannelRemoved: event({ channelId: id }),
  DomainAdded: event({
    domain: hostname,
    dkim: z.strictObject({ selector: shortText, publicKey: text }).optional(),
  }),
  DomainRemoved: event({ domain: hostname }),
  DomainVerified: event({ domain: hostname, records: listOf(dnsRecord, 50) }),
  DomainCheckFailed: event({
    domain: hostname,
    outcome: z.enum(['failed', 'temporary_failure']),
    records: listOf(dnsRecord, 50),
  }),
  /** A domain that was verified failed more checks, for longer, than the policy allows. */
  DomainLapsed: event({ domain: hostname, failures: count, failingSince: instant }),
  MessageCreated: event({
    messageId: id,
    channelId: id,
    name: personal(shortText),
    subject: personal(text).optional(),
    body: personal(text).optional(),
    previewUrl: personal(webAddress).optional(),
  }),
  EvidenceAttached: event({
    evidenceId: id,
    kind: z.enum(['screenshot', 'pdf', 'text']),
    fileName: personal(shortText),
    mediaType: shortText,
    bytes: count,
    sha256,
    requirement: requirement.optional(),
  }),
  /** Carries the whole profile as it was requested on, and the limits that hold for this request. */
  VerificationRequested: event({
    website: webAddress,
    technicalContact,
    useCase: personal(text),
    audience: profileFields.audience,
    messageTypes: profileFields.messageTypes,
    subscriptionProcess: profileFields.subscriptionProcess,
    sampleMessage,
    /** The sample's content as it then was; requests from before it was pinned have none. */
    sample: pinnedSample.optional(),
    approvalRequirements: listOf(requirement, 20),
    screenBy: instant,
  }),
  VerificationWithdrawn: event({ reason: note }),
  ScreeningCompleted: event({
    policyVersion: id,
    findings: listOf(finding, 100),
    recommendation: z.enum(['approve', 'review', 'request_information']),
    decideBy,
  }),
  ScreeningSkipped: event({ reason: words, decideBy }),
  ReviewAssigned: event({ reviewer: id }),
  ReviewReleased: event({}),
  ReviewEscalated: event({ to: id, reason: words }),
  InformationRequested: event({ items: z.array(item).min(1).max(20), respondBy: instant, internalNote: note }),
  /** `via` is there when a reviewer recorded a reply that came by other means. */
  InformationSubmitted: event({
    answers: z.array(answer).min(1).max(40),
    via: z.enum(['email', 'phone', 'ticket']).optional(),
    reference: personal(shortText).optional(),
    decideBy,
  }),
  InformationRequestCancelled: event({ reason: words, decideBy }),
  InformationRequestExpired: event({ respondBy: instant }),
  RequirementWaived: event({ requirement, reason: words }),
  ApprovalProposed: event({ note }),
  ProposalWithdrawn: event({}),
  /** `automatic` when screening approved by itself, by the system actor. */
  VerificationApproved: event({ note, scope: scope.optional(), automatic: z.boolean() }),
  VerificationRejected: event({
    reasons,
    retryable: z.boolean(),
    resubmitUntil: instant.optional(),
    internalNote: note,
  }),
  VerificationRevoked: event({ reasons, retryable: z.boolean(), internalNote: note }),
  VerificationGrandfathered: event({ verifiedSince: instant, basis: words }),
  ResubmissionWindowClosed: event({ resubmitUntil: instant }),
  ReReviewOpened: event({ reasons, reviewBy: instant.optional(), internalNote: note }),
  VerificationConfirmed: event({ note }),
  /** Carries what it must meet to be approved where there never was a request to say it. */
  AppealSubmitted: event({
    against: z.enum(['verification', 'suspension']),
    statement: words,
    approvalRequirements: listOf(requirement, 20).optional(),
    decideBy,
  }),
  AppealDismissed: event({ reasons, internalNote: note }),
  AbuseSignalRecorded: event({
    kind: z.enum(abuseKinds),
    rate: z.number().min(0).optional(),
    window: shortText.optional(),
    /** Who or what reported it: may be a person. */
    source: personal(shortText),
  }),
  AccountWarned: event({ reasons, internalNote: note }),
  AccountSuspended: event({ reasons, internalNote: note, holdUntil: instant.optional() }),
  AccountReinstated: event({ note: words }),
  AccountClosed: event({ cause: z.enum(['customer', 'provider']), reason: words }),
  NotificationSent: event({ template: shortText, contact: personal(email), detail: note }),
  NotificationFailed: event({ template: shortText, contact: personal(email), detail: note }),
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
