/** Titles of reasons and questions, in the words of a customer, in each language. */
import type { ChannelKind, MessageType, PublicReasonCode, Requirement } from '../events/vocabulary.js';
import type { MailLocale } from './locale.js';

type InEach = Readonly<Record<MailLocale, string>>;

/** What a reason is about; `other` says it in its message alone. */
export const reasonTitles: Readonly<Record<Exclude<PublicReasonCode, 'other'>, InEach>> = {
  website_inaccessible: { en: 'Your website', de: 'Ihre Website' },
  website_password_protected: { en: 'Your website', de: 'Ihre Website' },
  website_under_construction: { en: 'Your website', de: 'Ihre Website' },
  website_domain_mismatch: { en: 'Website and sending domain', de: 'Website und Absenderdomain' },
  domain_unverified: { en: 'Your sending domain', de: 'Ihre Absenderdomain' },
  domain_recently_registered: { en: 'Your domain', de: 'Ihre Domain' },
  free_email_provider: { en: 'Your e-mail address', de: 'Ihre E-Mail-Adresse' },
  opt_in_unclear: { en: 'How people sign up', de: 'Wie sich Menschen anmelden' },
  opt_in_evidence_missing: { en: 'How people sign up', de: 'Wie sich Menschen anmelden' },
  sample_missing: { en: 'Sample message', de: 'Beispielnachricht' },
  sample_use_case_mismatch: { en: 'Sample message', de: 'Beispielnachricht' },
  unsubscribe_missing: { en: 'Unsubscribe link', de: 'Abmeldelink' },
  postal_address_missing: { en: 'Postal address', de: 'Postanschrift' },
  privacy_policy_missing: { en: 'Privacy policy', de: 'Datenschutzerklärung' },
  use_case_unsupported: { en: 'What you want to send', de: 'Was Sie senden möchten' },
  identity_unconfirmed: { en: 'Who you are', de: 'Wer Sie sind' },
  business_not_found: { en: 'Your company', de: 'Ihr Unternehmen' },
  incomplete_information: { en: 'Missing information', de: 'Fehlende Angaben' },
  no_response: { en: 'Open questions', de: 'Offene Fragen' },
  complaint_rate_high: { en: 'Spam complaints', de: 'Spam-Beschwerden' },
  bounce_rate_high: { en: 'Undeliverable messages', de: 'Unzustellbare Nachrichten' },
  credentials_compromised: { en: 'Security of your account', de: 'Sicherheit Ihres Kontos' },
  duplicate_account: { en: 'Another account', de: 'Ein weiteres Konto' },
  terms_of_service: { en: 'Terms of service', de: 'Nutzungsbedingungen' },
  requested_by_customer: { en: 'At your request', de: 'Auf Ihren Wunsch' },
};

/** What a question is about; `other` says it in its message alone. */
export const requirementTitles: Readonly<Record<Exclude<Requirement, 'other'>, InEach>> = {
  people_added: { en: 'People', de: 'Kontakte' },
  events_received: { en: 'Events', de: 'Ereignisse' },
  channel_configured: { en: 'Channel', de: 'Kanal' },
  first_message_created: { en: 'First message', de: 'Erste Nachricht' },
  company_website: { en: 'Website', de: 'Website' },
  technical_contact: { en: 'Technical contact', de: 'Technischer Kontakt' },
  use_case: { en: 'What you will send', de: 'Was Sie senden werden' },
  audience: { en: 'Whom you write to', de: 'Wem Sie schreiben' },
  message_types: { en: 'Kinds of messages', de: 'Arten von Nachrichten' },
  subscription_process: { en: 'How people sign up', de: 'Wie sich Menschen anmelden' },
  sample_message: { en: 'Sample message', de: 'Beispielnachricht' },
  domain_verified: { en: 'Sending domain', de: 'Absenderdomain' },
  identity: { en: 'Who you are', de: 'Wer Sie sind' },
};

export const messageTypeWords: Readonly<Record<MessageType, InEach>> = {
  transactional: { en: 'transactional messages', de: 'Transaktionsnachrichten' },
  lifecycle: { en: 'lifecycle messages', de: 'Lifecycle-Nachrichten' },
  newsletter: { en: 'newsletters', de: 'Newsletter' },
  marketing: { en: 'marketing messages', de: 'Werbenachrichten' },
  other: { en: 'other messages', de: 'sonstige Nachrichten' },
};

export const channelWords: Readonly<Record<ChannelKind, InEach>> = {
  email: { en: 'e-mail', de: 'E-Mail' },
  sms: { en: 'SMS', de: 'SMS' },
  push: { en: 'push', de: 'Push' },
  in_app: { en: 'in-app', de: 'In-App' },
  webhook: { en: 'webhook', de: 'Webhook' },
};

/** A title, where there is one. */
export function titleOf(
  titles: Readonly<Record<string, InEach>>,
  key: string,
  locale: MailLocale,
): { readonly title?: string } {
  const title = Object.hasOwn(titles, key) ? titles[key]?.[locale] : undefined;
  return title === undefined ? {} : { title };
}

/** `a, b and c`. */
export function enumerate(words: readonly string[], locale: MailLocale): string {
  const and = locale === 'de' ? ' und ' : ' and ';
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}${and}${words.at(-1) ?? ''}`;
}
