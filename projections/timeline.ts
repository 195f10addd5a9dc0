/** The audit timeline: every event of an account as one item, with who, when, from, to and why. */
import { type EventData, type EventType, eventTypes } from '../src/events/catalogue.js';
import { accountOf, type StateValue } from '../src/events/envelope.js';
import { type Actor, publicReasonCode } from '../src/events/vocabulary.js';
import { type Status, statusOf } from '../src/policy/status.js';
import type { Reason } from '../src/policy/facts.js';
import type { ProjectedEvent, Projection } from './projection.js';

export type TimelineItem = {
  readonly accountId: string;
  readonly revision: number;
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly imported: boolean;
  readonly actor: Actor;
  readonly onBehalfOf: string | null;
  readonly from: StateValue | null;
  readonly to: StateValue | null;
  /** The event's own data: reasons, items, findings, notes. */
  readonly data: object;
  readonly commandId: string;
  readonly policyVersion: string | null;
  readonly hash: string;
};

/** What the account's own people and the product backend see of an item. */
export type PublicTimelineItem = {
  readonly revision: number;
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  /** Whose side acted; which person of the provider it was is not told. */
  readonly by: 'you' | 'provider';
  readonly from: Status | null;
  readonly to: Status | null;
  readonly data: object;
};

const revisionWidth = 10;

/** The key of an item: the account and the revision, so that keys sort as a stream does. */
export function timelineKey(accountId: string, revision: number): string {
  return `${accountId}/${String(revision).padStart(revisionWidth, '0')}`;
}

function item({ id, revision, position, stream, fact, metadata }: ProjectedEvent): TimelineItem {
  return {
    accountId: accountOf(stream) ?? stream,
    revision,
    position,
    id,
    type: fact.type,
    occurredAt: fact.occurredAt,
    recordedAt: metadata.recordedAt,
    imported: metadata.imported === true,
    actor: fact.actor,
    onBehalfOf: metadata.onBehalfOf ?? null,
    // The first event comes from nowhere: there was no account.
    from: revision === 0 ? null : metadata.from,
    to: metadata.to,
    data: fact.data,
    commandId: metadata.commandId,
    policyVersion: metadata.policyVersion ?? null,
    hash: metadata.hash,
  };
}

export const timeline: Projection<TimelineItem> = {
  name: 'timeline',
  version: 1,
  types: eventTypes,
  key: (event) => {
    const accountId = accountOf(event.stream);
    return accountId === undefined ? undefined : timelineKey(accountId, event.revision);
  },
  evolve: (_row, event) => item(event),
  appendOnly: true,
  columns: {},
  indexes: [],
};

/**
 * The events that the account's own people may learn of, and of each the fields that they may see. What is not named
 * here never leaves the provider: notes, findings, and what reviewers write for each other.
 */
const publicFields: { readonly [T in EventType]?: readonly (keyof EventData<T>)[] } = {
  AccountSignedUp: ['holder', 'company', 'ownerEmail', 'locale'],
  ContactsUpdated: ['contacts'],
  BusinessProfileUpdated: ['website', 'technicalContact', 'useCase', 'audience', 'messageTypes', 'subscriptionProcess'],
  PeopleAdded: ['count', 'attributes'],
  EventsReceived: ['count', 'names'],
  ChannelConfigured: ['channelId', 'kind', 'domain'],
  ChannelRemoved: ['channelId'],
  DomainAdded: ['domain', 'dkim'],
  DomainRemoved: ['domain'],
  DomainVerified: ['domain', 'records'],
  DomainCheckFailed: ['domain', 'outcome', 'records'],
  DomainLapsed: ['domain', 'failures', 'failingSince'],
  MessageCreated: ['messageId', 'channelId', 'name', 'subject', 'body', 'previewUrl'],
  EvidenceAttached: ['evidenceId', 'kind', 'fileName', 'mediaType', 'bytes', 'sha256', 'requirement'],
  VerificationRequested: [
    'website',
    'technicalContact',
    'useCase',
    'audience',
    'messageTypes',
    'subscriptionProcess',
    'sampleMessage',
  ],
  VerificationWithdrawn: ['reason'],
  InformationRequested: ['items', 'respondBy'],
  InformationSubmitted: ['answers', 'via'],
  InformationRequestCancelled: [],
  InformationRequestExpired: ['respondBy'],
  VerificationApproved: ['scope'],
  VerificationRejected: ['reasons', 'retryable', 'resubmitUntil'],
  VerificationRevoked: ['reasons', 'retryable'],
  VerificationGrandfathered: ['verifiedSince'],
  ResubmissionWindowClosed: ['resubmitUntil'],
  AppealSubmitted: ['against', 'statement'],
  AppealDismissed: ['reasons'],
  AccountWarned: ['reasons'],
  AccountSuspended: ['reasons'],
  AccountReinstated: [],
  AccountClosed: ['cause', 'reason'],
  NotificationSent: ['template', 'contact'],
};

function publicReason({ code, requirement, customerMessage }: Reason): Reason {
  return { code: publicReasonCode(code), ...(requirement === undefined ? {} : { requirement }), customerMessage };
}

function publicValue(name: string, value: unknown): unknown {
  if (name === 'reasons') return (value as readonly Reason[]).map(publicReason);
  if (name !== 'items') return value;
  return (value as readonly { reasonCode: Reason['code'] }[]).map((one) => ({
    ...one,
    reasonCode: publicReasonCode(one.reasonCode),
  }));
}

function publicData({ type, data }: TimelineItem, fields: readonly string[], byThem: boolean): object {
  // Why an account was closed is the customer's word, or what a reviewer wrote for the file.
  const hidden = type === 'AccountClosed' && !byThem ? 'reason' : undefined;
  const shown = Object.entries(data).filter(([name]) => fields.includes(name) && name !== hidden);
  return Object.fromEntries(shown.map(([name, value]) => [name, publicValue(name, value)]));
}

/** The item for the account's own people; undefined when it is none of their business. */
export function publicItem(one: TimelineItem): PublicTimelineItem | undefined {
  const fields = publicFields[one.type as EventType];
  if (fields === undefined) return undefined;
  const { revision, position, id, type, occurredAt, actor, from, to } = one;
  const byThem = actor.type === 'product' || actor.type === 'customer';
  return {
    revision,
    position,
    id,
    type,
    occurredAt,
    by: byThem ? 'you' : 'provider',
    from: statusOf(from) ?? null,
    to: statusOf(to) ?? null,
    data: publicData(one, fields, byThem),
  };
}
