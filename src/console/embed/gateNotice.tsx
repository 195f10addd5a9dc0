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

/** Presses by mouse, finger, key and script; with the middle button a link opens another tab. */
const presses = ['click', 'auxclick'] as const;

export class GateNoticeElement extends GatehouseElement {
  static readonly observedAttributes = [...commonAttributes, 'action', 'channel', 'message-type'];
  #allowed = false;
  /** What the answer is about: it is believed for nothing else. */
  #about = '';
  #told = '';
  #refused = 0;
  #around: Node | undefined;
  /** Controls that were marked here: what the page says of its own is the page's. */
  readonly #marked = new WeakSet<Element>();

  /** Whether the gate says yes: false until it has. */
  get allowed(): boolean {
    return this.#allowed && this.#about === this.#asksAbout();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of presses) this.addEventListener(type, this.#guard, { capture: true });
    // A form around the notice is sent by its button within.
    this.#around = this.getRootNode();
    this.#around.addEventListener('submit', this.#guardForm, { capture: true });
    this.#mark();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of presses) this.removeEventListener(type, this.#guard, { capture: true });
    this.#around?.removeEventListener('submit', this.#guardForm, { capture: true });
  }

  override attributeChangedCallback(): void {
    super.attributeChangedCallback();
    this.#mark();
  }

  protected override cleared(): void {
    this.#allowed = false;
    this.#told = '';
    this.#mark();
  }

  #question(): string {
    const question = new URLSearchParams({ action: this.given('action') ?? 'message.send' });
    const [channel, messageType] = [this.given('channel'), this.given('message-type')];
    if (channel !== undefined) question.set('channelId', channel);
    if (messageType !== undefined) question.set('messageType', messageType);
    return question.toString();
  }

  #asksAbout(): string {
    return `${this.subject()}\n${this.#question()}`;
  }

  protected override content(link: AccountLink, say: Say): ComponentChild {
    return (
      <GateNotice
        key={link.client.url('')}
        link={link}
        say={say}
        question={this.#question()}
        about={this.#asksAbout()}
        refused={this.#refused}
        onAnswer={this.#take}
        onSlot={this.#mark}
      />
    );
  }

  readonly #take = (asked: Asked, about: string): void => {
    const view: GateNoticeView = gateNoticeView(asked, this.say());
    this.#allowed = view.allowed;
    this.#about = about;
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
    if (this.allowed || event.composedPath()[0] === this) return;
    if (this.#holds(event.target)) this.#refuse(event);
  };

  readonly #guardForm = (event: Event): void => {
    if (this.allowed) return;
    const { submitter } = event as SubmitEvent;
    if (this.#holds(event.target) || this.#holds(submitter)) this.#refuse(event);
  };

  #holds(target: EventTarget | null): boolean {
    return target instanceof Node && target !== this && this.contains(target);
  }

  #refuse(event: Event): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#refused++;
    this.changed();
  }

  /** Says of the guarded controls that they do nothing now; they keep the focus, and can be found. */
  readonly #mark = (): void => {
    const inner = this.querySelectorAll('button, a[href], input, select, textarea, [role="button"]');
    for (const control of inner.length > 0 ? inner : this.children) {
      if (this.allowed) {
        if (this.#marked.delete(control)) control.removeAttribute('aria-disabled');
      } else if (control.getAttribute('aria-disabled') !== 'true') {
        this.#marked.add(control);
        control.setAttribute('aria-disabled', 'true');
      }
    }
  };
}
