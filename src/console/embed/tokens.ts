/** The token that the elements of a page share for one account. The page makes it, and makes another when it ends. */

/** A token, with its end where the page knows it, so that another one is asked for before. */
export type GivenToken = string | { readonly token: string; readonly expiresAt?: string };

/** Who can be asked for a token: an element, which asks its page. */
export type TokenHolder = {
  /** Asks the page; it need not answer. The token may also come by itself, through `give`. */
  readonly ask: () => Promise<GivenToken> | undefined;
};

/** How long to wait for a page that was asked for a token, in milliseconds. */
const longestWait = 30_000;
/** So long before a token ends another one is asked for, in milliseconds. */
const margin = 15_000;

export class TokenExhausted extends Error {
  override readonly name = 'TokenExhausted';
}

export class SharedToken {
  readonly #holders = new Set<TokenHolder>();
  #token: string | undefined;
  /** When it ends, in milliseconds since 1970, by this machine's clock; infinite where that is not known. */
  #ends = Infinity;
  #waiting: ((token: string) => void)[] = [];
  #renewal: Promise<string> | undefined;

  add(holder: TokenHolder): () => void {
    this.#holders.add(holder);
    return () => this.#holders.delete(holder);
  }

  /** A token of the page's; the one that counts from now on. */
  give(given: GivenToken): void {
    const { token, expiresAt } = typeof given === 'string' ? { token: given, expiresAt: undefined } : given;
    if (token === '' || token === this.#token) return;
    this.#token = token;
    this.#ends = expiresAt === undefined ? Infinity : Date.parse(expiresAt);
    for (const take of this.#waiting) take(token);
    this.#waiting = [];
  }

  /** The token; the page is asked where there is none yet. @throws {TokenExhausted} when the page gives none */
  async current(): Promise<string> {
    const token = this.#token;
    if (token === undefined || Date.now() < this.#ends - margin) return token ?? this.renewed(undefined);
    // Where the page gives no other one, this one may still do: clocks differ.
    return this.renewed(token).catch(() => token);
  }

  /** Another token than this one, which was refused. @throws {TokenExhausted} when the page gives none */
  async renewed(refused: string | undefined): Promise<string> {
    if (this.#token !== undefined && this.#token !== refused) return this.#token;
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /** A page can make tokens only now, its script having come after ours: it is asked again if somebody waits. */
  canBeAsked(): void {
    if (this.#waiting.length > 0) this.#askThePage();
  }

  #askThePage(): void {
    for (const holder of this.#holders) {
      const promised = holder.ask();
      if (promised === undefined) continue;
      void promised.then(
        (token) => this.give(token),
        // A page that cannot make one just now may still give one by itself.
        () => undefined,
      );
      return;
    }
  }

  async #renew(): Promise<string> {
    const given = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#askThePage();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new TokenExhausted('the page gave no token')), longestWait);
    });
    return Promise.race([given, late]).finally(() => clearTimeout(timer));
  }
}
