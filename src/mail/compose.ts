/** A notice for one reader as a mail: subject, text and HTML. Pure; the same always gives the same. */
import type { Letter } from './letter.js';
import { linkTo } from './links.js';
import { dateInWords, type MailLocale, numberInWords } from './locale.js';
import type { Notice } from './notice.js';
import type { Recipient } from './recipients.js';
import { noticeFor } from './recipients.js';
import { renderHtml, renderText } from './render.js';
import { safeName } from './safeName.js';
import { de } from './texts/de.js';
import { en } from './texts/en.js';
import { policyInGerman } from './texts/policy.de.js';
import type { Said, Texts, Words } from './texts/text.js';
import { reasonTitles, requirementTitles, titleOf } from './words.js';

/** How the provider shows itself in mails. */
export type Provider = { readonly name: string; readonly dashboardUrl: string };

export type MailInput = {
  readonly accountId: string;
  /** How the account calls itself. */
  readonly company: string | undefined;
  readonly notice: Notice;
  readonly to: Recipient;
  readonly provider: Provider;
  /** What helps support to find the account; see `reference.ts`. */
  readonly reference: string;
};

export type MailContent = { readonly subject: string; readonly text: string; readonly html: string };

const texts: Readonly<Record<MailLocale, Texts>> = { en, de };

/** A sentence in the reader's language, where it is one of ours. */
function translated(message: string, locale: MailLocale): string {
  return locale === 'de' ? (policyInGerman.get(message) ?? message) : message;
}

function wordsFor({ accountId, company, to, provider }: MailInput): Words {
  const { locale } = to;
  return {
    provider: provider.name,
    company: safeName(company),
    date: (instant) => dateInWords(instant, locale),
    number: (value) => numberInWords(value, locale),
    link: (purpose) => linkTo(purpose, provider.dashboardUrl, accountId),
    reasons: (reasons) =>
      reasons.map(({ code, message }) => ({
        ...titleOf(reasonTitles, code, locale),
        text: translated(message, locale),
      })),
    questions: (questions) =>
      questions.map(({ requirement, message }) => ({
        ...titleOf(requirementTitles, requirement, locale),
        text: translated(message, locale),
      })),
  };
}

function say(notice: Notice, words: Words, locale: MailLocale): Said {
  const said = texts[locale].templates[notice.template] as (notice: Notice, words: Words) => Said;
  return said(notice, words);
}

/** The mail for one reader, in their language. */
export function composeMail(input: MailInput): MailContent {
  const { to, provider, reference } = input;
  const { locale } = to;
  const words = wordsFor(input);
  const { greeting, closing, footer } = texts[locale];
  const technicalOnly = to.roles.every((role) => role === 'technical');
  const letter: Letter = {
    ...say(noticeFor(to, input.notice), words, locale),
    greeting: greeting(safeName(to.name)),
    closing: closing(provider.name),
    footer: footer(words, technicalOnly, reference),
  };
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter, provider.name, locale) };
}
