/** The token that the elements of a page share for one account. The page makes it, and makes another when it ends. */

/** Who can be asked for a token: an element, which asks its page. */
export type TokenHolder = {
  /** Asks the page; it need not answer. The token may also come by itself, through `give`. */
  readonly ask: () => Promise<string> | undefined;
};

/** How long to wait for a page that was asked for a token, in milliseconds. */
const longestWait = 30_000;

export class TokenExhausted extends Error {
  override readonly name = 'TokenExhausted';
}

export class SharedToken {
  readonly #holders = new Set<TokenHolder>();
  #token: string | undefined;
  #waiting: ((token: string) => void)[] = [];
  #renewal: Promise<string> | undefined;

  add(holder: TokenHolder): () => void {
    this.#holders.add(holder);
    return () => this.#holders.delete(holder);
  }

  /** A token of the page's; the one that counts from now on. */
  give(token: string): void {
    if (token === '' || token === this.#token) return;
    this.#token = token;
    for (const take of this.#waiting) take(token);
    this.#waiting = [];
  }

  /** The token; the page is asked where there is none yet. @throws {TokenExhausted} when the page gives none */
  async current(): Promise<string> {
    return this.#token ?? this.renewed(undefined);
  }

  /** Another token than this one, which was refused. @throws {TokenExhausted} when the page gives none */
  async renewed(refused: string | undefined): Promise<string> {
    if (this.#token !== undefined && this.#token !== refused) return this.#token;
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #renew(): Promise<string> {
    const given = new Promise<string>((resolve) => this.#waiting.push(resolve));
    for (const holder of this.#holders) {
      const promised = holder.ask();
      if (promised === undefined) continue;
      void promised.then(
        (token) => this.give(token),
        // A page that cannot make one just now may still give one by itself.
        () => undefined,
      );
      break;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new TokenExhausted('the page gave no token')), longestWait);
    });
    return Promise.race([given, late]).finally(() => clearTimeout(timer));
  }
}
