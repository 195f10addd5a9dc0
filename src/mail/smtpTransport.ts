/** Mails to an SMTP server. */
import { createTransport } from 'nodemailer';
import { messageOf, type OutgoingMail, type Sender } from './message.js';
import type { MailTransport, Outcome } from './transport.js';

/** How long a server may take, in milliseconds: to accept the connection, to greet, and to answer anything after. */
export type SmtpTimes = { readonly connect: number; readonly greet: number; readonly answer: number };

const usualTimes: SmtpTimes = { connect: 10_000, greet: 10_000, answer: 30_000 };

/** How many connections are kept open, and how many mails go over one before it is renewed. */
const pool = { maxConnections: 4, maxMessages: 100 };

/** Most characters of what a server said that are kept. */
const longestDetail = 300;

type SmtpError = Error & {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
};

/** 530, 535 and 538 ask for (other) credentials: about us, not about the contact. */
const aboutCredentials: ReadonlySet<number> = new Set([530, 535, 538]);

/**
 * What a failure means. A 5xx answer to the recipient or to the message is final for this contact, unless it is about
 * our right to use the server; a 4xx answer there is about this mail alone. All else (connection, greeting, TLS, login,
 * sender) is the server's or the configuration's, which somebody will mend.
 */
export function outcomeOf(error: SmtpError, contact: string): Outcome {
  const { responseCode = 0, command = '', message, response } = error;
  const detail = said(response ?? message, contact);
  const what = said(message, contact);
  const aboutMail = command === 'RCPT TO' || command === 'DATA' || (command === '' && responseCode > 0);
  const aboutUs = aboutCredentials.has(responseCode) || /\brelay/i.test(detail);
  if (aboutMail && !aboutUs && responseCode >= 500) return { kind: 'refused', detail };
  // 421: the server closes the connection, whatever was asked.
  const server = !aboutMail || aboutUs || responseCode < 400 || responseCode === 421;
  return { kind: 'postponed', detail: what, server };
}

/** A server's words on one line, without the address that they are about. */
function said(text: string, contact: string): string {
  const plain = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  const without = plain.replaceAll(new RegExp(escapeForPattern(contact), 'gi'), 'the address');
  return without.slice(0, longestDetail) || 'no reason given';
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}-]/g, '\\$&');
}

/** @param url `smtp(s)://user:password@host:port`; nodemailer's options as parameters, such as `?requireTLS=true` */
export function smtpTransport(
  url: string,
  sender: Sender,
  now: () => Date,
  times: SmtpTimes = usualTimes,
): MailTransport {
  const transporter = createTransport({
    url,
    pool: true,
    ...pool,
    connectionTimeout: times.connect,
    greetingTimeout: times.greet,
    socketTimeout: times.answer,
    dnsTimeout: times.connect,
  });
  return {
    send: async (mail: OutgoingMail, signal: AbortSignal) => {
      try {
        const { response } = await transporter.sendMail({ ...messageOf(mail, sender, now()), signal });
        return { kind: 'sent', detail: said(response, mail.to.email) };
      } catch (error) {
        signal.throwIfAborted();
        return outcomeOf(error as SmtpError, mail.to.email);
      }
    },
    close: () => transporter.close(),
  };
}
