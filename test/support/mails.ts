/** Mails in an outbox, put there beside the service that empties it. */
import type { OutgoingMail } from '../../src/mail/message.js';
import { Outbox } from '../../src/mail/outbox.js';
import { start } from './examples.js';

/** Puts a mail about an account's request into the outbox of a file. */
export function mailRequest(file: string, accountId: string): void {
  const mail: OutgoingMail = {
    key: `mail:${accountId}`,
    accountId,
    template: 'request_received',
    to: { email: `owner@${accountId}.example` },
    locale: 'en',
    reference: 'abc',
    content: { subject: 'We are looking', text: 'We are looking at it.', html: '<p>We are looking at it.</p>' },
    at: start,
    causationId: 'event-1',
    correlationId: 'event-1',
  };
  const outbox = new Outbox(file);
  outbox.add([mail], start);
  outbox.close();
}
