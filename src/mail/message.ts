/** A composed mail with its headers, as nodemailer takes it. */
import { hash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { Instant } from '../events/time.js';
import type { MailTemplate } from '../policy/policy.js';
import type { MailContent } from './compose.js';
import type { MailLocale } from './locale.js';
import { safeName } from './safeName.js';

/** A mail on its way: what is sent, and what it was caused by. JSON. */
export type OutgoingMail = {
  /** See `mailKey`. */
  readonly key: string;
  readonly accountId: string;
  readonly template: MailTemplate;
  readonly to: { readonly email: string; readonly name?: string };
  readonly locale: MailLocale;
  /** See `mailReference`. */
  readonly reference: string;
  readonly content: MailContent;
  /** When what it tells of happened or fell due. */
  readonly at: Instant;
  /** The event that caused it, and its correlation, for the event that records the outcome. */
  readonly causationId: string;
  readonly correlationId: string;
  /** A reminder of questions asked at this instant: it is dropped when they are no longer open. */
  readonly remindsOf?: Instant;
};

/** From whom mails come, and where answers go. */
export type Sender = { readonly providerName: string; readonly from: string; readonly replyTo: string };

/** The most characters before the `@` (RFC 5321, 4.5.3.1.1). */
const longestLocalPart = 64;

/** `local+<reference>@domain`; undefined where the local part has a `+` already, or would get too long. */
export function replyToWithReference(replyTo: string, reference: string): string | undefined {
  const at = replyTo.lastIndexOf('@');
  const local = replyTo.slice(0, at);
  if (local.includes('+') || local.length + 1 + reference.length > longestLocalPart) return undefined;
  return `${local}+${reference}${replyTo.slice(at)}`;
}

/** The Message-ID: it follows from the mail's key, so that a mail sent twice has the same one. */
export function messageId(key: string, from: string): string {
  return `<${hash('sha256', key).slice(0, 40)}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/** The message for the wire. @param date when it is sent */
export function messageOf(mail: OutgoingMail, { providerName, from, replyTo }: Sender, date: Date): SendMailOptions {
  const { content, to, reference, key, locale } = mail;
  const withReference = replyToWithReference(replyTo, reference);
  return {
    from: { name: providerName, address: from },
    to: { name: safeName(to.name) ?? '', address: to.email },
    replyTo: { name: providerName, address: withReference ?? replyTo },
    subject: withReference === undefined ? `${content.subject} [ref ${reference}]` : content.subject,
    text: content.text,
    html: content.html,
    messageId: messageId(key, from),
    date,
    headers: {
      // RFC 3834: no vacation notes in answer.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': locale,
    },
    // The content is all there: nothing is ever read from files or fetched from addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
