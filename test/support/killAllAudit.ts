/** Looks whether every promise held: the log, the processes' effects, and what reached the outside. */
import { sendingGate, type GateRow } from '../../projections/sendingGate.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { accountOf } from '../../src/events/envelope.js';
import { decode, type RecordedEvent } from '../../src/events/upcast.js';
import { messageId } from '../../src/mail/message.js';
import { mailKey } from '../../src/mail/reference.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { messagesOf } from '../../src/webhooks/messages.js';
import { from, type World } from './killAllWorld.js';

/** The owner is told of each of these. */
const told: ReadonlySet<string> = new Set([
  'VerificationRequested',
  'InformationRequested',
  'VerificationApproved',
  'VerificationRejected',
  'AccountWarned',
  'AccountSuspended',
]);

export async function accountEvents(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const stored of store.readAll()) if (accountOf(stored.stream) !== undefined) events.push(decode(stored));
  return events;
}

/** Commands that are in the log more than once: apart from each other, or with the same event twice. */
export function doubledCommands(events: readonly RecordedEvent[]): string[] {
  const seen = new Map<string, { last: number; types: string[] }>();
  const findings: string[] = [];
  for (const { stream, revision, fact, metadata } of events) {
    const key = `${stream} ${metadata.commandId}`;
    const before = seen.get(key);
    const isOther = before !== undefined && (before.last !== revision - 1 || before.types.includes(fact.type));
    if (isOther) findings.push(`${key} did ${before.types.join()} at ${before.last}, ${fact.type} at ${revision}`);
    seen.set(key, { last: revision, types: [...(before?.types ?? []), fact.type] });
  }
  return findings;
}

/** The mails to the owners that the log gives reason for: how often each is recorded as sent. */
export function ownersMails(events: readonly RecordedEvent[]): Map<string, number> {
  const owners = new Map<string, string>();
  const expected = new Map<string, number>();
  for (const { stream, id, fact } of events) {
    if (fact.type === 'AccountSignedUp') owners.set(stream, fact.data.ownerEmail ?? '');
    if (told.has(fact.type)) expected.set(mailKey(id, owners.get(stream) ?? ''), 0);
  }
  for (const { fact, metadata } of events) {
    const times = expected.get(metadata.commandId);
    if (fact.type === 'NotificationSent' && times !== undefined) expected.set(metadata.commandId, times + 1);
  }
  return expected;
}

export function mailFindings(events: readonly RecordedEvent[], { mail }: World): string[] {
  const findings = [...ownersMails(events)]
    .filter(([, times]) => times !== 1)
    .map(([key, times]) => `${key} is recorded ${times} times`);
  const arrived = new Set(mail.received.map(({ messageId: one }) => one));
  for (const { fact, metadata } of events) {
    const isSent = fact.type === 'NotificationSent';
    if (isSent && !arrived.has(messageId(metadata.commandId, from))) findings.push(`${metadata.commandId} never came`);
    if (fact.type === 'NotificationFailed') findings.push(`${metadata.commandId} failed: ${JSON.stringify(fact.data)}`);
  }
  return findings;
}

/** The webhooks that the log gives reason for, by id. */
export function expectedWebhooks(events: readonly RecordedEvent[]): Map<string, string> {
  const rows = new Map<string, GateRow>();
  const made = new Map<string, string>();
  for (const event of events) {
    const row = sendingGate.evolve(rows.get(event.stream), event);
    rows.set(event.stream, row);
    for (const { id, body } of messagesOf(event, row, builtInPolicy)) made.set(id, body);
  }
  return made;
}

/** @param ordered whether one node delivers: then in the order of each account */
export function webhookFindings(events: readonly RecordedEvent[], { backend }: World, ordered: boolean): string[] {
  const findings: string[] = [];
  const delivered = backend.delivered();
  const ids = new Set(delivered.map(({ id }) => id));
  const expected = expectedWebhooks(events);
  for (const id of expected.keys()) if (!ids.has(id)) findings.push(`webhook ${id} never came`);
  const highest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { id, accountId, revision, text } of delivered) {
    if (expected.get(id) !== text) findings.push(`webhook ${id} is not as the log says`);
    if (seen.has(id)) continue;
    seen.add(id);
    const last = highest.get(accountId) ?? -1;
    if (ordered && revision < last) findings.push(`webhook ${id} of ${accountId}@${revision} came after ${last}`);
    highest.set(accountId, Math.max(last, revision));
  }
  return findings;
}
