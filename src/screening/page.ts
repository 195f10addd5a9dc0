/** What a web page shows, as far as its HTML says: no script of it is run. */
import { said } from './detail.js';
import { decodeHtml } from './html.js';
import { readDocument } from './htmlReader.js';

/** A form of a page. */
export type Form = {
  readonly hasEmail: boolean;
  readonly hasPassword: boolean;
  /** Everything written on and in it, in lower case. */
  readonly words: string;
};

export type Page = {
  readonly title: string;
  /** The headings of the first level. */
  readonly headings: string;
  /** What a visitor reads, with the description that search engines show, on one line. */
  readonly text: string;
  readonly forms: readonly Form[];
  /** Whether it asks for a password somewhere, in a form or not. */
  readonly asksPassword: boolean;
  /** Whether it brings scripts, which may draw what the HTML does not show. */
  readonly hasScripts: boolean;
};

/** So much of a page's text is looked at, in characters. */
const longestText = 50_000;

/** Elements whose text nobody reads as text. */
const unread: ReadonlySet<string> = new Set(['script', 'style', 'template', 'title']);
/** Those, and what a browser that runs scripts and draws pictures does not show as text. */
const unreadOnPages: ReadonlySet<string> = new Set([...unread, 'noscript', 'svg']);

/**
 * Reads a page.
 * @param contentType the `Content-Type` with which it came; its charset counts as it does in browsers
 */
export function readPage(body: Buffer, contentType = ''): Page {
  const found = readDocument(decodeHtml(body, contentType), unreadOnPages);
  const { title = '', headings, text, description = '', forms, asksPassword, hasScripts } = found;
  return {
    title: said(title, 200),
    headings: said(headings, 500),
    text: said(`${text} ${description}`, longestText),
    forms: forms.map(({ words, ...form }) => ({ ...form, words: said(words, 2_000).toLowerCase() })),
    asksPassword,
    hasScripts,
  };
}

/** What HTML says to a reader, and where its links lead, on one line. */
export function readHtml(html: string): { readonly text: string; readonly links: readonly string[] } {
  const { text, links } = readDocument(html, unread);
  return { text: said(text, longestText), links: links.map(({ words, href }) => said(`${words} ${href}`, 500)) };
}
