/** What stands in mails so that an answer finds its account, and ids that make a repeated mail recognisable. */
import { hash } from 'node:crypto';
import { addressKey } from './recipients.js';

const referenceLength = 16;

/**
 * The reference of an account in mails: 16 hexadecimal digits that say nothing of it, the same in every mail, and the
 * same when a mail server changes upper to lower case. `gatehouse mail account <reference>` finds the account.
 */
export function mailReference(accountId: string): string {
  return hash('sha256', `gatehouse-mail-reference\n${accountId}`).slice(0, referenceLength);
}

/**
 * Names a mail for ever: what caused it, and to whom it goes. It is the id of the command that records its outcome, so
 * that the account itself knows whether it was told.
 * @param cause the id of the event, or what fell due
 */
export function mailKey(cause: string, email: string): string {
  return `mail:${cause}:${hash('sha256', addressKey(email)).slice(0, referenceLength)}`;
}
