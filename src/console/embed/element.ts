/** What both elements are: attributes and properties, one link to the account, Preact in a shadow root. */
import { type ComponentChild, render } from 'preact';
import { type AccountLink, linkTo } from './link.js';
import { sheet } from './style.js';
import { type OwnTexts, type Say, sayIn } from './texts/texts.js';
import type { GivenToken, TokenHolder } from './tokens.js';

/** Where this file came from: that is where the service is, unless the page says otherwise. */
const home = new URL(import.meta.url).origin;

/** Attributes of both elements; each may have more. */
export const commonAttributes = ['account', 'token', 'base', 'locale', 'theme'] as const;

export type GetToken = () => Promise<GivenToken>;

export abstract class GatehouseElement extends HTMLElement {
  #getToken: GetToken | undefined;
  #texts: OwnTexts = {};
  #shared: { readonly link: AccountLink; readonly key: string; readonly release: () => void } | undefined;
  #say: { readonly say: Say; readonly locale: string; readonly texts: OwnTexts } | undefined;
  #due = false;
  /** The token that the attribute last had. */
  #given = '';
  readonly #root: ShadowRoot;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = [sheet()];
  }

  /** Makes a token for the account: asked for the first one, unless the attribute has it, and whenever one has ended. */
  get getToken(): GetToken | undefined {
    return this.#getToken;
  }
  set getToken(value: GetToken | null | undefined) {
    this.#getToken = value ?? undefined;
    if (this.#getToken !== undefined) this.#shared?.link.client.tokens.canBeAsked();
  }

  /** Texts of the page's own, by our keys. */
  get texts(): OwnTexts {
    return this.#texts;
  }
  set texts(value: OwnTexts | null | undefined) {
    this.#texts = value ?? {};
    this.changed();
  }

  connectedCallback(): void {
    // What was set before this file was loaded hides the accessors; it is given to them now.
    const accessors = Object.getPrototypeOf(this) as object;
    for (const name of Object.keys(this).filter((own) => own in accessors)) {
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    this.changed();
  }

  disconnectedCallback(): void {
    // An element that is only moved is there again in this turn.
    queueMicrotask(() => {
      if (!this.isConnected) this.#clear();
    });
  }

  attributeChangedCallback(): void {
    this.changed();
  }

  /** What is shown for an account. */
  protected abstract content(link: AccountLink, say: Say): ComponentChild;

  /** Nothing is shown any more. */
  protected cleared(): void {
    // Whoever keeps something of what was shown forgets it here.
  }

  /** What an attribute has; frameworks leave it empty for what is not there. */
  protected given(attribute: string): string | undefined {
    const value = this.getAttribute(attribute);
    return value === '' || value === null ? undefined : value;
  }

  /** Which account, and where: what is known of it is of this one only. */
  protected subject(): string {
    return `${this.given('base') ?? home}\n${this.given('account') ?? ''}`;
  }

  /** Shows what follows from attributes and properties, once for all that were changed in one turn. */
  protected changed(): void {
    if (this.#due || !this.isConnected) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.isConnected) this.#show();
    });
  }

  protected say(): Say {
    const locale = this.given('locale') ?? (document.documentElement.lang || 'en');
    // The same texts stay the same value, so that nothing is drawn anew for them.
    if (this.#say?.locale !== locale || this.#say.texts !== this.#texts) {
      this.#say = { say: sayIn(locale, this.#texts), locale, texts: this.#texts };
    }
    return this.#say.say;
  }

  #show(): void {
    const account = this.given('account') ?? '';
    if (account === '') {
      this.#clear();
      return;
    }
    const link = this.#linkOf(this.given('base') ?? home, account);
    const token = this.given('token') ?? '';
    // Said once: by now the page may have made another one.
    if (token !== this.#given) link.client.tokens.give(token);
    this.#given = token;
    render(this.content(link, this.say()), this.#root);
  }

  #linkOf(base: string, account: string): AccountLink {
    const key = `${base}\n${account}`;
    if (this.#shared?.key === key) return this.#shared.link;
    this.#letGo();
    this.#given = '';
    const { link, release } = linkTo(base, account);
    const leave = link.client.tokens.add(this.#holder(account));
    this.#shared = {
      link,
      key,
      release: () => {
        leave();
        release();
      },
    };
    return link;
  }

  #clear(): void {
    render(null, this.#root);
    this.#letGo();
    this.cleared();
  }

  #letGo(): void {
    this.#shared?.release();
    this.#shared = undefined;
  }

  #holder(account: string): TokenHolder {
    return {
      makes: () => this.#getToken !== undefined,
      ask: () => {
        // A page may also answer by setting the attribute, when it has another token.
        const event = new CustomEvent('gatehouse-token-needed', { bubbles: true, composed: true, detail: { account } });
        this.dispatchEvent(event);
        return this.#getToken?.();
      },
    };
  }
}
