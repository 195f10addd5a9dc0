/** `<gatehouse-setup-guide>`: the setup guide of an account, for its own people. */
import type { ComponentChild } from 'preact';
import { commonAttributes, GatehouseElement } from './element.js';
import { Guide } from './guide.js';
import type { AccountLink } from './link.js';
import type { Say } from './texts/texts.js';
import type { Own } from './useOwnAccount.js';

/** Where the page's own places are, by what a step's link names: `people`, `channels`, `domains`, `messages`, …. */
export type Links = Readonly<Record<string, string>>;

export class SetupGuideElement extends GatehouseElement {
  static readonly observedAttributes = [...commonAttributes, 'heading-level'];
  #links: Links = {};
  #status = '';

  get links(): Links {
    return this.#links;
  }
  set links(value: Links | null | undefined) {
    this.#links = value ?? {};
    this.changed();
  }

  protected override content(link: AccountLink, say: Say): ComponentChild {
    const level = Number(this.given('heading-level'));
    return (
      <Guide
        key={link.client.url('')}
        link={link}
        say={say}
        level={[1, 2, 3, 4, 5, 6].includes(level) ? level : 2}
        links={this.#links}
        onOwn={this.#tell}
      />
    );
  }

  protected override cleared(): void {
    this.#status = '';
  }

  /** Tells the page when the account stands otherwise than before; the first time, how it stands. */
  readonly #tell = ({ guide }: Own): void => {
    const notices = guide.notices.map(({ kind }) => kind);
    const status = [guide.accountId, guide.status, ...notices].join(' ');
    if (status === this.#status) return;
    this.#status = status;
    const detail = { account: guide.accountId, status: guide.status, notices };
    this.dispatchEvent(new CustomEvent('gatehouse-status', { bubbles: true, composed: true, detail }));
  };
}
