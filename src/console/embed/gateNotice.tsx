/**
 * `<gatehouse-gate-notice>`: whether something may be done now, and why not, beside the button that does it. The button
 * is its content: while the answer is no, a press does nothing but say why. It is for people; the backend asks the gate
 * itself before it does anything.
 */
import type { ComponentChild } from 'preact';
import { commonAttributes, GatehouseElement } from './element.js';
import { type Asked, gateNoticeView, type GateNoticeView } from './gateView.js';
import { GateNotice } from './gateNoticeView.js';
import type { AccountLink } from './link.js';
import type { Say } from './texts/texts.js';

export class GateNoticeElement extends GatehouseElement {
  static readonly observedAttributes = [...commonAttributes, 'action', 'channel', 'message-type'];
  #allowed = false;
  #told = '';
  #refused = 0;

  /** Whether the gate says yes: false until it has. */
  get allowed(): boolean {
    return this.#allowed;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#guard, { capture: true });
    this.#mark();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.#guard, { capture: true });
  }

  protected override content(link: AccountLink, say: Say): ComponentChild {
    const question = new URLSearchParams({ action: this.getAttribute('action') ?? 'message.send' });
    const [channel, messageType] = [this.getAttribute('channel'), this.getAttribute('message-type')];
    if (channel !== null && channel !== '') question.set('channelId', channel);
    if (messageType !== null && messageType !== '') question.set('messageType', messageType);
    return (
      <GateNotice
        key={link.client.url('')}
        link={link}
        say={say}
        question={question.toString()}
        refused={this.#refused}
        onAnswer={this.#take}
        onSlot={this.#mark}
      />
    );
  }

  readonly #take = (asked: Asked): void => {
    const view: GateNoticeView = gateNoticeView(asked, this.say());
    this.#allowed = view.allowed;
    this.#mark();
    const reasons = typeof asked === 'string' ? [] : asked.reasons;
    const told = `${asked === 'asking' ? 'asking' : String(view.allowed)} ${reasons.join(' ')}`;
    if (asked === 'asking' || told === this.#told) return;
    this.#told = told;
    const detail = { account: this.getAttribute('account'), allowed: view.allowed, reasons };
    this.dispatchEvent(new CustomEvent('gatehouse-gate', { bubbles: true, composed: true, detail }));
  };

  /** A press on what is guarded, while the answer is no, is only answered with why. */
  readonly #guard = (event: Event): void => {
    if (this.#allowed || event.composedPath()[0] === this) return;
    if (!(event.target instanceof Node) || !this.contains(event.target) || event.target === this) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#refused++;
    this.changed();
  };

  /** Says of the guarded controls that they do nothing now; they keep the focus, and can be found. */
  readonly #mark = (): void => {
    const inner = this.querySelectorAll('button, a[href], input, select, textarea, [role="button"]');
    for (const control of inner.length > 0 ? inner : this.children) {
      if (this.#allowed) control.removeAttribute('aria-disabled');
      else control.setAttribute('aria-disabled', 'true');
    }
  };
}
