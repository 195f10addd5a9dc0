/** Reads HTML from its beginning to its end, and collects what it says. */
import { Parser } from 'htmlparser2';
import { beginningOf } from './html.js';

/** So much is kept while reading; in characters; nobody looks at as much. */
const longestRaw = 200_000;

/** Most forms and links that are looked at. */
const mostForms = 50;
const mostLinks = 1_000;

type Attributes = Readonly<Record<string, string>>;
type OpenForm = { hasEmail: boolean; hasPassword: boolean; words: string };

/** Elements after which a word does not go on. */
const parting: ReadonlySet<string> = new Set(
  'br p div li td th tr h1 h2 h3 h4 h5 h6 a button footer section article header nav label option'.split(' '),
);

function append(text: string, more: string): string {
  return text.length >= longestRaw ? text : text + more.slice(0, longestRaw - text.length);
}

function isEmailInput({ type = '', name = '', id = '' }: Attributes): boolean {
  return type.toLowerCase() === 'email' || /e-?mail/i.test(name) || /email/i.test(id);
}

/** Scripts that a browser runs, not data for somebody else. */
function isScript({ src, type }: Attributes): boolean {
  return src !== undefined || type === undefined || type.toLowerCase() === 'module';
}

/**
 * Collects what a document says while it is read from its beginning to its end: strangers wrote it, so neither a tree is
 * made of it nor anything looked for twice. The rules by which browsers mend misnested HTML can make gigabytes of a page
 * of some kilobytes; they are not followed.
 */
class HtmlReader {
  title: string | undefined;
  headings = '';
  text = '';
  description: string | undefined;
  asksPassword = false;
  hasScripts = false;
  readonly forms: OpenForm[] = [];
  readonly links: { words: string; readonly href: string }[] = [];
  #form: OpenForm | undefined;
  #link: { words: string } | undefined;
  #inTitle = false;
  /** How many elements are open of these kinds. */
  #unread = 0;
  #headings = 0;

  constructor(readonly without: ReadonlySet<string>) {}

  open(name: string, attributes: Attributes): void {
    if (this.without.has(name)) this.#unread += 1;
    switch (name) {
      case 'title':
        // The title of a page is its first; pictures have titles, too.
        this.#inTitle = this.title === undefined;
        break;
      case 'h1':
        this.#headings += 1;
        break;
      case 'script':
        this.hasScripts ||= isScript(attributes);
        break;
      case 'meta':
        this.#meta(attributes);
        break;
      case 'form':
        this.#openForm(attributes);
        break;
      case 'input':
      case 'button':
        this.#input(name, attributes);
        break;
      case 'a':
        this.#openLink(attributes);
        break;
      default:
    }
  }

  close(name: string): void {
    if (this.without.has(name)) this.#unread -= 1;
    if (name === 'title') this.#inTitle = false;
    if (name === 'h1') this.#headings -= 1;
    if (name === 'form') this.#form = undefined;
    if (name === 'a') this.#link = undefined;
    if (parting.has(name)) this.#read(' ');
  }

  say(text: string): void {
    if (this.#inTitle) this.title = append(this.title ?? '', text);
    if (this.#unread === 0) this.#read(text);
  }

  #read(text: string): void {
    this.text = append(this.text, text);
    if (this.#headings > 0) this.headings = append(this.headings, text);
    if (this.#form !== undefined) this.#form.words = append(this.#form.words, text);
    if (this.#link !== undefined) this.#link.words = append(this.#link.words, text);
  }

  #meta({ name = '', property = '', content = '' }: Attributes): void {
    const isDescription = name.toLowerCase() === 'description' || property.toLowerCase() === 'og:description';
    if (isDescription) this.description ??= content;
  }

  /** A form within a form is none. */
  #openForm({ action = '', class: className = '', id = '' }: Attributes): void {
    if (this.#form !== undefined || this.forms.length >= mostForms) return;
    this.#form = { hasEmail: false, hasPassword: false, words: `${action} ${className} ${id} ` };
    this.forms.push(this.#form);
  }

  #input(name: string, attributes: Attributes): void {
    const { type = '', value = '', placeholder = '' } = attributes;
    const isPassword = name === 'input' && type.toLowerCase() === 'password';
    this.asksPassword ||= isPassword;
    if (this.#form === undefined) return;
    this.#form.hasPassword ||= isPassword;
    this.#form.hasEmail ||= name === 'input' && isEmailInput(attributes);
    this.#form.words = append(this.#form.words, ` ${value} ${placeholder} `);
  }

  #openLink({ href }: Attributes): void {
    if (href === undefined || this.links.length >= mostLinks) return;
    const link = { words: '', href };
    this.links.push(link);
    this.#link = link;
  }
}

/**
 * Reads a document, as much of it as is ever read.
 * @param without elements whose text is left out
 */
export function readDocument(html: string, without: ReadonlySet<string>): HtmlReader {
  const reader = new HtmlReader(without);
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    onclosetag: (name) => reader.close(name),
    ontext: (text) => reader.say(text),
  });
  parser.end(beginningOf(html));
  return reader;
}
