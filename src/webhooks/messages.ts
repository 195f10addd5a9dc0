/**
 * What the product backend is told of an event, as webhooks. Pure: an event's messages are the same however often they
 * are made. They hold nothing that the account's own people may not see, and nothing personal.
 */
import { publicItem, timeline } from '../../projections/timeline.js';
import type { GateRow } from '../../projections/sendingGate.js';
import type { EventType } from '../events/catalogue.js';
import type { RecordedEvent } from '../events/upcast.js';
import { decideOnView, type GatePolicy } from '../policy/gate.js';
import { statusOf } from '../policy/status.js';

/** Every type of message there is. */
export const webhookTypes = [
  'account.signed_up',
  'account.warned',
  'account.suspended',
  'account.reinstated',
  'account.appeal_submitted',
  'account.appeal_dismissed',
  'account.closed',
  'verification.requested',
  'verification.withdrawn',
  'verification.information_requested',
  'verification.information_submitted',
  'verification.information_request_cancelled',
  'verification.information_request_expired',
  'verification.approved',
  'verification.rejected',
  'verification.revoked',
  'verification.expired',
  'verification.resubmission_window_closed',
  'verification.appeal_submitted',
  'gate.changed',
] as const;
export type WebhookType = (typeof webhookTypes)[number];

export type WebhookMessage = {
  /** The `webhook-id`: of the event and the type, so that a receiver knows a message that comes again. */
  readonly id: string;
  readonly accountId: string;
  readonly type: WebhookType;
  readonly revision: number;
  readonly position: string;
  /** The body, as it is signed and sent. */
  readonly body: string;
};

/** Fields of events that go into messages, where the account's own people may see them. */
const told: ReadonlySet<string> = new Set([
  'reasons',
  'retryable',
  'resubmitUntil',
  'items',
  'respondBy',
  'scope',
  'against',
  'cause',
  'holder',
]);

const typeOfEvent: { readonly [T in EventType]?: WebhookType } = {
  AccountSignedUp: 'account.signed_up',
  AccountWarned: 'account.warned',
  AccountSuspended: 'account.suspended',
  AccountReinstated: 'account.reinstated',
  AppealDismissed: 'account.appeal_dismissed',
  AccountClosed: 'account.closed',
  VerificationRequested: 'verification.requested',
  VerificationWithdrawn: 'verification.withdrawn',
  InformationRequested: 'verification.information_requested',
  InformationSubmitted: 'verification.information_submitted',
  InformationRequestCancelled: 'verification.information_request_cancelled',
  VerificationApproved: 'verification.approved',
  VerificationGrandfathered: 'verification.approved',
  VerificationRejected: 'verification.rejected',
  VerificationRevoked: 'verification.revoked',
  ResubmissionWindowClosed: 'verification.resubmission_window_closed',
};

/** The type that names an event; undefined when it is told, if at all, as a change of the gate only. */
function typeOf({ fact, metadata }: RecordedEvent): WebhookType | undefined {
  if (fact.type === 'AppealSubmitted') {
    return fact.data.against === 'suspension' ? 'account.appeal_submitted' : 'verification.appeal_submitted';
  }
  if (fact.type === 'InformationRequestExpired') {
    // Under re-review or appeal the account is then what it was before the question.
    const expired = statusOf(metadata.to) === 'expired';
    return expired ? 'verification.expired' : 'verification.information_request_expired';
  }
  return typeOfEvent[fact.type];
}

/** The identity of a message; without full stops, which part what is signed. */
export function webhookId(eventId: string, type: WebhookType): string {
  return `${eventId}_${type.replaceAll(/[._]/g, '-')}`;
}

/**
 * The messages of an event, in the order in which they are sent: what happened, then what it changed.
 * @param row what the gate knows of the account after the event
 * @param policy the policy in force; nothing of it is told
 */
export function messagesOf(event: RecordedEvent, row: GateRow, policy: GatePolicy): WebhookMessage[] {
  const type = typeOf(event);
  const changes = row.lastChange.revision === event.revision;
  return [
    ...(type === undefined ? [] : [message(type, event, row, publicFields(event))]),
    ...(changes ? [message('gate.changed', event, row, gateFields(row, policy))] : []),
  ];
}

function message(type: WebhookType, event: RecordedEvent, row: GateRow, fields: object): WebhookMessage {
  const { id, revision, position, fact } = event;
  const { accountId, lastChange } = row;
  const { status, standing } = lastChange.view;
  const data = { accountId, status, standing, revision, position, ...fields };
  const body = JSON.stringify({ type, timestamp: fact.occurredAt, data });
  return { id: webhookId(id, type), accountId, type, revision, position, body };
}

/** What the account's own people may know of the event, less what is personal. */
function publicFields(event: RecordedEvent): object {
  const data = publicItem(timeline.evolve(undefined, event))?.data ?? {};
  return Object.fromEntries(Object.entries(data).filter(([name]) => told.has(name)));
}

/** The answer for sending, whatever the mode: what the product should know without asking. */
function gateFields({ lastChange }: GateRow, policy: GatePolicy): object {
  const { view, revision, position } = lastChange;
  const { allowed, onDenied, reasons, missing, channels, awaitingActionFrom, notices, limits, constraints } =
    decideOnView({ action: 'message.send' }, view, revision, { policy, position, mode: 'enforce' });
  return {
    allowed,
    onDenied,
    reasons,
    missing,
    channels,
    awaitingActionFrom,
    notices,
    ...(limits === undefined ? {} : { limits }),
    ...(constraints === undefined ? {} : { constraints }),
  };
}
