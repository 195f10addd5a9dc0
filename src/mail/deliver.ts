/** Empties the outbox: sends what is due, and records on the account what became of it. */
import { type CommandHandlerDeps, handleCommand } from '../app/handleCommand.js';
import { EventStoreError } from '../eventStore/eventStore.js';
import { longestText } from '../events/schemas.js';
import { millisecondsBetween } from '../events/time.js';
import { answerBy } from '../policy/facts.js';
import type { Outbox, Waiting } from './outbox.js';
import { accountNow } from './planner.js';
import type { MailTransport, Outcome } from './transport.js';

/** After so long a mail that could not be sent counts as failed, in milliseconds: three days. */
export const longestTrying = 3 * 24 * 60 * 60_000;

/** So many mails are on their way at once. */
const sideBySide = 4;

/** The way out does not work: what waits is tried again later. */
export class MailServerUnavailable extends Error {
  override readonly name = 'MailServerUnavailable';
}

export type DeliveryDeps = {
  readonly commands: CommandHandlerDeps;
  readonly outbox: Outbox;
  readonly transport: MailTransport;
};

/**
 * Tries everything that is due, a few at a time.
 * @param signal ends it after what is under way
 * @param sending ends what is under way, too; whether such a mail went out is then not known
 * @throws {MailServerUnavailable} at the first sign that the server is at fault; the other mails wait untried
 * @throws {EventStoreError} when an outcome cannot be recorded; it is kept, and the mail is not sent again
 */
export async function deliverDue(
  deps: DeliveryDeps,
  signal: AbortSignal,
  sending: AbortSignal = signal,
): Promise<void> {
  for (let tried = sideBySide; tried >= sideBySide && !signal.aborted;) {
    // The first of each contact only: so these can go side by side.
    const batch = deps.outbox.due(deps.commands.now(), sideBySide);
    tried = batch.length;
    const results = await Promise.allSettled(batch.map((waiting) => deliverOrPutOff(deps, waiting, sending)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

/** A mail of an account that cannot be read, say, is put off: four of them would keep all others waiting for ever. */
async function deliverOrPutOff(deps: DeliveryDeps, waiting: Waiting, signal: AbortSignal): Promise<void> {
  try {
    await deliver(deps, waiting, signal);
  } catch (error) {
    const isCommon = error instanceof MailServerUnavailable || error instanceof EventStoreError;
    if (!isCommon) deps.outbox.putOff(waiting, deps.commands.now());
    throw error;
  }
}

async function deliver(deps: DeliveryDeps, waiting: Waiting, signal: AbortSignal): Promise<void> {
  const { outbox, transport } = deps;
  if (waiting.outcome !== null) {
    await record(deps, waiting, waiting.outcome, waiting.detail ?? '');
    return;
  }
  if (await isOver(deps, waiting)) {
    outbox.remove(waiting);
    return;
  }
  const outcome = await transport.send(waiting.mail, signal);
  const settled = settledAs(outcome, waiting, deps.commands.now());
  if (settled !== undefined) {
    // Before anything else can fail: from here on the mail is not sent again.
    outbox.settle(waiting, settled, outcome.detail);
    await record(deps, waiting, settled, outcome.detail);
  } else outbox.postpone(waiting, outcome.detail, deps.commands.now());
  if (outcome.kind === 'postponed' && outcome.server) throw new MailServerUnavailable(outcome.detail);
}

/** What is to be recorded; undefined while it is tried again. */
function settledAs(outcome: Outcome, { createdAt }: Waiting, now: string): 'sent' | 'failed' | undefined {
  if (outcome.kind === 'sent') return 'sent';
  return outcome.kind === 'refused' || millisecondsBetween(createdAt, now) >= longestTrying ? 'failed' : undefined;
}

/** Whether there is nothing left to do: it was recorded before a crash or elsewhere, or nobody needs reminding now. */
async function isOver({ commands }: DeliveryDeps, { mail }: Waiting): Promise<boolean> {
  const account = await accountNow(commands, mail.accountId);
  if (account.commands.get(mail.key, account.revision) !== undefined) return true;
  if (mail.remindsOf === undefined) return false;
  const { information } = account.snapshot.context.facts;
  return information?.at !== mail.remindsOf || commands.now() >= answerBy(information);
}

async function record(
  { commands, outbox }: DeliveryDeps,
  waiting: Waiting,
  outcome: 'sent' | 'failed',
  detail: string,
): Promise<void> {
  const { key, accountId, template, to, causationId, correlationId } = waiting.mail;
  const result = await handleCommand(commands, {
    accountId,
    commandId: key,
    command: {
      name: 'RecordNotification',
      data: { template, contact: to.email, outcome, detail: detail.slice(0, longestText) },
      actor: { type: 'system', id: 'mail' },
    },
    causationId,
    correlationId,
  });
  // Another node recorded this mail, with another outcome: that one stands.
  const isRecorded = result.kind !== 'refused' || result.code === 'idempotency_key_reused';
  if (!isRecorded) throw new Error(`the outcome of a mail cannot be recorded on ${accountId}: ${result.code}`);
  outbox.remove(waiting);
}
