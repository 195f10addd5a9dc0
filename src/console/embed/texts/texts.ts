/** The texts of a language, with those that the page puts in their place. */
import { de } from './de.js';
import { en, type TextKey, type Texts } from './en.js';

/** Texts of the page's own: any of ours by its key, such as `{'guide.title': 'Open your account'}`. */
export type OwnTexts = Readonly<Partial<Record<TextKey, string>>>;

export type Say = {
  /** A text, with its `{names}` filled in. */
  (key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  /** A text whose key is put together from what the service says; `otherwise` where it knows a word that we do not. */
  readonly of: (key: string, otherwise: string | null, values?: Readonly<Record<string, string | number>>) => string;
  readonly locale: string;
  /** The language that the texts are in, as far as it is known: of the page's own texts it is the locale's. */
  readonly lang: string;
  /** How our languages are written; undefined where the page has texts of its own, and knows. */
  readonly dir: 'ltr' | undefined;
  /** `a, b and c` in this language. */
  readonly list: (items: readonly string[]) => string;
  /** A day, in this language and the reader's time zone. */
  readonly date: (instant: string) => string;
  /** An instant, to the minute. */
  readonly instant: (instant: string) => string;
  /** A number of bytes: `10 MB`. */
  readonly size: (bytes: number) => string;
};

const languages: Readonly<Record<string, Texts>> = { en, de };

/** Which of our languages a locale is: its own, or English. */
export function languageOf(locale: string): 'en' | 'de' {
  return /^de(?:-|$)/i.test(locale) ? 'de' : 'en';
}

/** @param locale such as `de-CH`: decides on the texts by its language, on dates and numbers wholly */
export function sayIn(locale: string, own: OwnTexts = {}): Say {
  const texts = languages[languageOf(locale)] ?? en;
  const usable = isLocale(locale) ? locale : 'en';
  const find = (key: string): string | undefined => {
    const given = Object.hasOwn(own, key) ? own[key as TextKey] : undefined;
    if (typeof given === 'string') return given;
    return Object.hasOwn(texts, key) ? texts[key as TextKey] : undefined;
  };
  const isOwn = Object.keys(own).length > 0;
  const say = (key: TextKey, values: Readonly<Record<string, string | number>> = {}): string =>
    filled(find(key) ?? en[key], values);
  return Object.assign(say, {
    of: (key: string, otherwise: string | null, values: Readonly<Record<string, string | number>> = {}) =>
      filled(find(key) ?? otherwise ?? '', values),
    locale: usable,
    lang: isOwn ? usable : languageOf(locale),
    dir: isOwn ? undefined : ('ltr' as const),
    list: (items: readonly string[]) => new Intl.ListFormat(usable, { type: 'conjunction' }).format(items),
    date: (instant: string) =>
      new Date(instant).toLocaleDateString(usable, { day: 'numeric', month: 'long', year: 'numeric' }),
    instant: (instant: string) => new Date(instant).toLocaleString(usable, { dateStyle: 'medium', timeStyle: 'short' }),
    size: (bytes: number) => {
      const unit = bytes >= 1_048_576 ? 'megabyte' : 'kilobyte';
      const amount = bytes / (unit === 'megabyte' ? 1_048_576 : 1_024);
      return new Intl.NumberFormat(usable, { style: 'unit', unit, maximumFractionDigits: 1 }).format(amount);
    },
  });
}

function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function isLocale(text: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([text]).length > 0;
  } catch {
    return false;
  }
}
