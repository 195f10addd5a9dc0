/** The token that the elements of a page share for one account. The page makes it, and makes another when it ends. */

import { hint } from './hint.js';

/** A token, with its end where the page knows it, so that another one is asked for before. */
export type GivenToken = string | { readonly token: string; readonly expiresAt?: string };

/** Who can be asked for a token: an element, which asks its page. */
export type TokenHolder = {
  /** Asks the page; it need not answer. The token may also come by itself, through `give`. What it answers is the page's. */
  readonly ask: () => unknown;
  /** Whether it can make a token whenever it is asked, and need not wait for one. */
  readonly makes?: () => boolean;
};

/** How long to wait for a page that was asked for a token, in milliseconds. */
const longestWait = 30_000;
/** So long before a token ends another one is asked for, in milliseconds. */
const margin = 15_000;

/** The token in what a page gave; undefined where there is none in it: its backend may have answered with an error. */
function tokenIn(given: unknown): { readonly token: string; readonly ends: number } | undefined {
  const { token, expiresAt } = (typeof given === 'object' ? (given ?? {}) : { token: given }) as Partial<
    Record<'token' | 'expiresAt', unknown>
  >;
  if (typeof token !== 'string' || token === '') return undefined;
  const ends = typeof expiresAt === 'string' ? Date.parse(expiresAt) : NaN;
  // A token that has ended before it was used says that this machine's clock is wrong: the service says when it ends.
  return { token, ends: ends > Date.now() ? ends : Infinity };
}

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

  /** @param onGiven told of each other token */
  constructor(private readonly onGiven: () => void = () => undefined) {}

  add(holder: TokenHolder): () => void {
    this.#holders.add(holder);
    return () => this.#holders.delete(holder);
  }

  /** A token of the page's; the one that counts from now on. What is none changes nothing. */
  give(given: unknown): void {
    const one = tokenIn(given);
    if (one === undefined && given !== '')
      hint('getToken gave no token: a string, or {token, expiresAt}, is expected.');
    if (one === undefined || one.token === this.#token) return;
    this.#token = one.token;
    this.#ends = one.ends;
    for (const take of this.#waiting) take(one.token);
    this.#waiting = [];
    this.onGiven();
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

  /** Whether the page makes tokens when it is asked. */
  get areMade(): boolean {
    return [...this.#holders].some((holder) => holder.makes?.() === true);
  }

  /** A page can make tokens only now, its script having come after ours: it is asked again if somebody waits. */
  canBeAsked(): void {
    if (this.#waiting.length > 0) this.#askThePage();
  }

  #askThePage(): void {
    for (const holder of this.#holders) {
      if (this.#hasAnswer(holder)) return;
    }
  }

  /** Asks one holder. A page that cannot make a token just now may still give one by itself. @returns whether it answers */
  #hasAnswer(holder: TokenHolder): boolean {
    let answer: unknown;
    try {
      answer = holder.ask();
    } catch (error) {
      hint(`getToken failed: ${String(error)}`);
      return false;
    }
    if (answer === undefined) return false;
    void Promise.resolve(answer).then(
      (given) => this.give(given),
      (error: unknown) => hint(`getToken failed: ${String(error)}`),
    );
    return true;
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
