/** The languages that mails are written in, and dates as they are written there. */
import type { Instant } from '../events/time.js';

/** Languages with texts of their own. */
export const mailLocales = ['en', 'de'] as const;
export type MailLocale = (typeof mailLocales)[number];

/**
 * The language for a reader: the first of the tags whose language has texts, whatever its region; English otherwise.
 * @param tags language tags (BCP 47) such as `de-CH`, the reader's own first
 */
export function mailLocale(...tags: readonly (string | undefined)[]): MailLocale {
  for (const tag of tags) {
    const language = tag?.toLowerCase().split('-')[0];
    const known = mailLocales.find((one) => one === language);
    if (known !== undefined) return known;
    // Somebody who reads another language reads English rather than the language of a colleague.
    if (tag !== undefined) return 'en';
  }
  return 'en';
}

const dateFormats: Readonly<Record<MailLocale, Intl.DateTimeFormat>> = {
  en: dateFormat('en-GB'),
  de: dateFormat('de-DE'),
};

function dateFormat(tag: string): Intl.DateTimeFormat {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(tag, {
    ...parts,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
}

/** A date and time in words, in UTC and saying so: `Wednesday, 4 February 2026, 10:00 UTC`. */
export function dateInWords(instant: Instant, locale: MailLocale): string {
  const parts = new Map(
    dateFormats[locale].formatToParts(Date.parse(instant)).map(({ type, value }) => [type as string, value]),
  );
  const of = (type: string): string => parts.get(type) ?? '';
  const time = `${of('hour')}:${of('minute')}`;
  return locale === 'de'
    ? `${of('weekday')}, ${of('day')}. ${of('month')} ${of('year')}, ${time} Uhr (UTC)`
    : `${of('weekday')}, ${of('day')} ${of('month')} ${of('year')}, ${time} UTC`;
}

const numberTags: Readonly<Record<MailLocale, string>> = { en: 'en-GB', de: 'de-DE' };

/** A number with the separators of the language. */
export function numberInWords(value: number, locale: MailLocale): string {
  return new Intl.NumberFormat(numberTags[locale]).format(value);
}
