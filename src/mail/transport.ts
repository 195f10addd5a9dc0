/** The way out of the house for a mail. */
import type { OutgoingMail } from './message.js';

/**
 * What became of a mail. `refused`: this contact cannot be reached, trying again is no use. `postponed`: not now;
 * `server` says whether it is the way out that does not work, or only this mail or contact.
 */
export type Outcome =
  | { readonly kind: 'sent'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'postponed'; readonly detail: string; readonly server: boolean };

export interface MailTransport {
  /** Never rejects for what a server does. @throws when the signal aborts; the mail may then have gone out */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<Outcome>;
  close(): void;
}
