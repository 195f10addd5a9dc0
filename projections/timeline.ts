/** The audit timeline: every event of an account as one item, with who, when, from, to and why. */
import { type Audience, eventCatalogue, eventTypes } from '../src/events/catalogue.js';
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

/** Fields of event data that never leave the provider. */
const innerFields: ReadonlySet<string> = new Set(['internalNote', 'note', 'holdUntil', 'automatic']);

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

/** An event's data without notes and inner reason codes. */
export function publicData(data: object): object {
  const shown = Object.entries(data).filter(([name]) => !innerFields.has(name));
  return Object.fromEntries(shown.map(([name, value]) => [name, publicValue(name, value)]));
}

function audienceOf(type: string): Audience {
  return eventCatalogue[type as keyof typeof eventCatalogue].audience;
}

/** The item for the account's own people; undefined when it is none of their business. */
export function publicItem(one: TimelineItem): PublicTimelineItem | undefined {
  if (audienceOf(one.type) === 'internal') return undefined;
  const { revision, position, id, type, occurredAt, actor, from, to, data } = one;
  return {
    revision,
    position,
    id,
    type,
    occurredAt,
    by: actor.type === 'product' || actor.type === 'customer' ? 'you' : 'provider',
    from: statusOf(from) ?? null,
    to: statusOf(to) ?? null,
    data: publicData(data),
  };
}
