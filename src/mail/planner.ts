/** From what happened to the mails that it gives reason for: whom is told what, and who was told already. */
import { type Account, readAccount } from '../app/account.js';
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import { stateOf } from '../../machines/fold.js';
import { accountOf } from '../events/envelope.js';
import type { RecordedEvent } from '../events/upcast.js';
import { composeMail, type Provider } from './compose.js';
import type { OutgoingMail } from './message.js';
import { type AccountThen, type Notice, noticeOf, openQuestionsNotice } from './notice.js';
import { addressKey, type Recipient, recipients } from './recipients.js';
import { mailKey, mailReference } from './reference.js';
import { dueReminder, reminderCause } from './reminders.js';

/** What led to a notice: what its mails are named after, when it was, and where it belongs in the log. */
type Cause = Pick<OutgoingMail, 'at' | 'causationId' | 'correlationId' | 'remindsOf'> & { readonly name: string };

export type PlannerDeps = {
  readonly commands: CommandHandlerDeps;
  readonly provider: Provider;
  /** Whether a mail of this template to this contact is still on its way. */
  readonly isOnItsWay: (accountId: string, template: string, email: string) => boolean;
};

/** The account as the log has it now, whichever node wrote last. */
export async function accountNow({ accounts }: CommandHandlerDeps, accountId: string): Promise<Account> {
  const known = await accounts.get(accountId);
  return (await accounts.isBehind(known)) ? accounts.get(accountId) : known;
}

/** The account after an event, as notices look at it. */
export function thenOf({ snapshot }: Pick<Account, 'snapshot'>): AccountThen {
  return { facts: snapshot.context.facts, state: stateOf(snapshot) };
}

/** A mail as its reader gets it, without what caused it. */
export type WrittenMail = Omit<OutgoingMail, 'key' | keyof Omit<Cause, 'name'>>;

/** What a notice says to one recipient. */
export function writeMail(
  provider: Provider,
  accountId: string,
  { facts }: AccountThen,
  notice: Notice,
  recipient: Recipient,
): WrittenMail {
  const reference = mailReference(accountId);
  return {
    accountId,
    template: notice.template,
    to: { email: recipient.email, ...(recipient.name === undefined ? {} : { name: recipient.name }) },
    locale: recipient.locale,
    reference,
    content: composeMail({ accountId, company: facts.company, notice, to: recipient, provider, reference }),
  };
}

/** One mail for each recipient who was not told yet. */
function mailsFor(
  { provider }: PlannerDeps,
  account: Account,
  then: AccountThen,
  notice: Notice,
  to: readonly Recipient[],
  { name, ...cause }: Cause,
): OutgoingMail[] {
  return to
    .map((recipient) => ({ recipient, key: mailKey(name, recipient.email) }))
    .filter(({ key }) => account.commands.get(key, account.revision) === undefined)
    .map(({ recipient, key }) => ({
      key,
      ...writeMail(provider, account.accountId, then, notice, recipient),
      ...cause,
    }));
}

/**
 * The mails that an event gives reason for. The account may have moved on since: what happened is told all the same, as
 * it was then.
 * @throws when the log does not have the event yet where it was read; it comes again
 */
export async function mailsOf(deps: PlannerDeps, event: RecordedEvent): Promise<OutgoingMail[]> {
  const accountId = accountOf(event.stream);
  if (accountId === undefined) return [];
  const { commands } = deps;
  const account = await accountNow(commands, accountId);
  if (account.revision < event.revision) throw new Error(`${event.stream} could be read to ${account.revision} only`);
  const cause = { at: event.fact.occurredAt, causationId: event.id, correlationId: event.metadata.correlationId };
  if (event.fact.type === 'ContactsUpdated' || event.fact.type === 'NotificationFailed') {
    return questionsAgain(deps, account, cause);
  }
  const past =
    account.revision === event.revision ? account : await readAccount(commands.store, accountId, event.revision);
  const policy = commands.policy().document;
  const notice = noticeOf(event.fact, thenOf(past), policy);
  if (notice === undefined) return [];
  const { facts } = thenOf(past);
  return mailsFor(deps, account, thenOf(past), notice, recipients(facts, notice, policy), { ...cause, name: event.id });
}

/** Questions that reached nobody, to contacts who were not tried: whoever is named anew. */
function questionsAgain(deps: PlannerDeps, account: Account, cause: Omit<Cause, 'name'>): OutgoingMail[] {
  const then = thenOf(account);
  const { information, unreachableContacts = [] } = then.facts;
  if (information?.unreachable !== true) return [];
  const notice = openQuestionsNotice('information_requested', then);
  if (notice === undefined) return [];
  const untried = recipients(then.facts, notice, deps.commands.policy().document).filter(
    ({ email }) =>
      !unreachableContacts.includes(addressKey(email)) &&
      !deps.isOnItsWay(account.accountId, 'information_requested', email),
  );
  const name = `${account.accountId}:${information.at}:again`;
  return mailsFor(deps, account, then, notice, untried, { ...cause, name });
}

/**
 * The reminders that are due on an account: the last one due, to whoever did not get it, nor a later one, before.
 * Accounts whose last event was brought in from elsewhere are left alone.
 */
export async function dueReminders(deps: PlannerDeps, accountId: string): Promise<OutgoingMail[]> {
  const { commands } = deps;
  const policy = commands.policy().document;
  const account = await accountNow(commands, accountId);
  const then = thenOf(account);
  const { information } = then.facts;
  if (information === undefined) return [];
  const { remindBeforeDays } = policy.information;
  const days = dueReminder(information, remindBeforeDays, commands.now());
  if (days === undefined || (await isImported(commands, account))) return [];
  const notice = openQuestionsNotice('information_reminder', then);
  if (notice === undefined) return [];
  const later = remindBeforeDays.filter((other) => other < days);
  const told = recipients(then.facts, notice, policy).filter(({ email }) =>
    later.every((other) => {
      const key = mailKey(reminderCause(accountId, information, other), email);
      return account.commands.get(key, account.revision) === undefined;
    }),
  );
  const name = reminderCause(accountId, information, days);
  return mailsFor(deps, account, then, notice, told, {
    name,
    at: information.at,
    causationId: name,
    correlationId: name,
    remindsOf: information.at,
  });
}

async function isImported({ store }: CommandHandlerDeps, { stream, revision }: Account): Promise<boolean> {
  for await (const last of store.read(stream, { from: revision })) return last.metadata['imported'] === true;
  return false;
}
