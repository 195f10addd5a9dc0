/** What a web page shows, as far as its HTML says: no script of it is run. */
import { type CheerioAPI, load, loadBuffer } from 'cheerio';
import { said } from './detail.js';

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

/** So much of a page's text is looked at. */
const longestText = 50_000;

const emailInput = 'input[type="email" i], input[name*="email" i], input[name*="e-mail" i], input[id*="email" i]';

function formsOf($: CheerioAPI): Form[] {
  return $('form')
    .toArray()
    .slice(0, 50)
    .map((element) => {
      const form = $(element);
      const labels = form
        .find('input, button')
        .toArray()
        .slice(0, 100)
        .map((input) => `${$(input).attr('value') ?? ''} ${$(input).attr('placeholder') ?? ''}`)
        .join(' ');
      const place = `${form.attr('action') ?? ''} ${form.attr('class') ?? ''} ${form.attr('id') ?? ''}`;
      return {
        hasEmail: form.find(emailInput).length > 0,
        hasPassword: form.find('input[type="password" i]').length > 0,
        words: said(`${form.text()} ${labels} ${place}`, 2_000).toLowerCase(),
      };
    });
}

/**
 * Reads a page.
 * @param contentType the `Content-Type` with which it came; its charset counts as it does in browsers
 */
export function readPage(body: Buffer, contentType = ''): Page {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1];
  const $ = loadBuffer(body, charset === undefined ? {} : { encoding: { transportLayerEncodingLabel: charset } });
  const hasScripts = $('script[src], script:not([type]), script[type="module" i]').length > 0;
  const description = $('meta[name="description" i], meta[property="og:description" i]').first().attr('content') ?? '';
  const forms = formsOf($);
  const asksPassword = $('input[type="password" i]').length > 0;
  const title = said($('title').first().text(), 200);
  $('script, style, noscript, template, svg, head').remove();
  return {
    title,
    headings: said($('h1').text(), 500),
    text: said(`${wordsOf($)} ${description}`, longestText),
    forms,
    asksPassword,
    hasScripts,
  };
}

/** The text of a document with spaces where elements end, so that words do not run together. */
function wordsOf($: CheerioAPI): string {
  $('br, p, div, li, td, h1, h2, h3, h4, a, button, footer').after(' ');
  return $.root().text();
}

/** What HTML says to a reader, and where its links lead, on one line. */
export function readHtml(html: string): { readonly text: string; readonly links: readonly string[] } {
  const $ = load(html);
  const links = $('a[href]')
    .toArray()
    .map((element) => said(`${$(element).text()} ${$(element).attr('href') ?? ''}`, 500));
  $('script, style, template, head').remove();
  return { text: said(wordsOf($), longestText), links };
}
