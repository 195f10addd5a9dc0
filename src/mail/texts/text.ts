/** What the texts of a language are made from, and what they give. */
import type { Instant } from '../../events/time.js';
import type { Block, Point } from '../letter.js';
import type { LinkPurpose } from '../links.js';
import type { NoticeOf, PublicQuestion, PublicReason } from '../notice.js';
import type { MailTemplate } from '../../policy/policy.js';

/** What is at hand for every text. */
export type Words = {
  readonly provider: string;
  /** How the account calls itself; undefined when it has no name, or none that can be repeated. */
  readonly company: string | undefined;
  /** A date and time in words. */
  readonly date: (instant: Instant) => string;
  readonly number: (value: number) => string;
  readonly link: (purpose: LinkPurpose) => string;
  readonly reasons: (reasons: readonly PublicReason[]) => readonly Point[];
  readonly questions: (questions: readonly PublicQuestion[]) => readonly Point[];
};

/** The part of a letter that its template says. */
export type Said = {
  readonly subject: string;
  readonly preview: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
};

/** All texts of a language. */
export type Texts = {
  readonly greeting: (name: string | undefined) => string;
  readonly closing: (provider: string) => string;
  readonly footer: (words: Words, technicalOnly: boolean, reference: string) => readonly string[];
  readonly templates: { readonly [T in MailTemplate]: (notice: NoticeOf<T>, words: Words) => Said };
};
