/** The person that a page is of, and what waits until they are signed in again. What is done to the page is handed in. */

export type Who = { readonly role: string; readonly actor: string };

export type Ways<Session> = {
  /** Asks the server who is signed in; null: nobody. @throws when it cannot be reached */
  readonly ask: () => Promise<Session | null>;
  /** The person is signed in. */
  readonly onHere: (session: Session) => void;
  /** The person's session has ended. */
  readonly onGone: () => void;
  /** Another person is signed in, or the same one in another role. */
  readonly onOther: () => void;
};

const forever = new Promise<never>(() => undefined);

export class Person<Session extends Who> {
  #who: Who | undefined;
  #returning: Promise<void> | undefined;
  /** What waits until they are here. */
  #goOn: (() => void) | undefined;

  constructor(readonly ways: Ways<Session>) {}

  /** Whose page it is has been settled. */
  get isKnown(): boolean {
    return this.#who !== undefined;
  }

  /**
   * Takes what the server says. What one person has begun is never gone on with in the name of another: whatever waits
   * then waits for ever, and goes with the page.
   * @returns false when it is another person than before, or in another role
   */
  take(session: Session): boolean {
    const who = this.#who;
    if (who !== undefined && (who.actor !== session.actor || who.role !== session.role)) {
      this.ways.onOther();
      return false;
    }
    this.#who = session;
    this.ways.onHere(session);
    this.#goOn?.();
    this.#goOn = undefined;
    return true;
  }

  /**
   * To be called when a request was refused because nobody is signed in. The server is asked first: it may have been a
   * late answer to a question from before.
   * @returns when the same person is signed in
   * @throws when the server cannot be reached
   */
  back(): Promise<void> {
    this.#returning ??= this.#untilHere().finally(() => (this.#returning = undefined));
    return this.#returning;
  }

  async #untilHere(): Promise<void> {
    const session = await this.ways.ask();
    if (session !== null) return this.take(session) ? undefined : forever;
    this.ways.onGone();
    return new Promise((resolve) => (this.#goOn = resolve));
  }
}
