/** The public API, asked for one account with its people's token. What may be sent twice waits for a service that is away. */
import { pause } from '../api/pause.js';
import { hint } from './hint.js';
import type { Problem } from './model.js';
import { ownProblem, Refused } from './refused.js';
import { SharedToken } from './tokens.js';

/** How long something that was sent is tried again while the service is away, in milliseconds. */
const longestPatience = 60_000;
/** How long one answer may take, in milliseconds. */
const longestAnswer = 30_000;
const firstPause = 400;
const lastPause = 5_000;

export type Asked = {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly signal?: AbortSignal;
  /** Told while it waits for a service that is away, and when it is there again. */
  readonly onWaiting?: (waiting: boolean) => void;
};

export class AccountClient {
  readonly tokens: SharedToken;
  readonly #root: string;
  #wasAnswered = false;

  /** @param onToken told when the page has given another token */
  constructor(
    base: string,
    readonly account: string,
    onToken?: () => void,
  ) {
    this.tokens = new SharedToken(onToken);
    this.#root = `${base.replace(/\/+$/, '')}/v1/accounts/${encodeURIComponent(account)}`;
  }

  /** Below `/v1/accounts/{account}`. */
  url(path: string): string {
    return this.#root + path;
  }

  /** What the service answers, as JSON. @throws {Refused} @throws {TokenExhausted} */
  async json<Body>(path: string, asked: Asked = {}): Promise<Body> {
    const response = await this.patiently(path, asked);
    if (response.ok) return (await response.json()) as Body;
    throw new Refused(await problemFrom(response));
  }

  /** Sends a command. @param id the same for every attempt at the same intent */
  async command<Body>(name: string, data: object, id: string, asked: Asked = {}): Promise<Body> {
    return this.json<Body>(`/commands/${name}`, {
      ...asked,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
      body: JSON.stringify(data),
    });
  }

  /** One request, with a token that is renewed once when it is refused. */
  async once(path: string, { method = 'GET', headers = {}, body, signal }: Asked): Promise<Response> {
    let token = await this.tokens.current();
    for (let renewals = 0; ; renewals++) {
      const response = await fetch(this.url(path), {
        method,
        headers: { ...headers, Authorization: `Bearer ${token}` },
        // Whatever cookies there are, they are not for this.
        credentials: 'omit',
        cache: 'no-store',
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
      if (renewals > 0 || !(await this.#wantsAnother(response))) return response;
      token = await this.tokens.renewed(token);
    }
  }

  /** A page that goes over to another account may have given the last one's token yet: it is asked once more. */
  async #wantsAnother(response: Response): Promise<boolean> {
    if (response.status === 401) return true;
    if (response.status !== 403 || !this.tokens.areMade) return false;
    return (await problemFrom(response.clone())).code === 'forbidden_account';
  }

  /** As `once`, given up when the answer takes too long. */
  async #inTime(path: string, asked: Asked): Promise<Response> {
    const late = new AbortController();
    const abort = (): void => late.abort();
    const timer = setTimeout(abort, longestAnswer);
    asked.signal?.addEventListener('abort', abort, { once: true });
    if (asked.signal?.aborted === true) abort();
    try {
      return await this.once(path, { ...asked, signal: late.signal });
    } finally {
      clearTimeout(timer);
      asked.signal?.removeEventListener('abort', abort);
    }
  }

  /** As `once`, again and again while the service is away: only for what may be sent twice. */
  async patiently(path: string, asked: Asked): Promise<Response> {
    const giveUp = performance.now() + longestPatience;
    for (let wait = firstPause; ; wait = Math.min(wait * 2, lastPause)) {
      const response = await this.#inTime(path, asked).catch((error: unknown) => {
        const isAway = error instanceof TypeError || (isAbort(error) && asked.signal?.aborted !== true);
        if (!isAway || performance.now() > giveUp) throw error;
        return undefined;
      });
      const isAway = response === undefined || response.status === 502 || response.status === 503;
      if (response === undefined) this.#hint();
      else this.#wasAnswered = true;
      if (response !== undefined && (!isAway || performance.now() > giveUp)) {
        asked.onWaiting?.(false);
        return response;
      }
      asked.onWaiting?.(true);
      await pause(wait);
      asked.signal?.throwIfAborted();
    }
  }

  /** A browser does not tell a script why it let a request fail. */
  #hint(): void {
    if (this.#wasAnswered) return;
    const { origin } = new URL(this.#root, location.href);
    hint(
      `${origin} cannot be reached from this page. If it runs, name ${location.origin} in its GATEHOUSE_EMBED_ORIGINS, ` +
        `and ${origin} in connect-src of this page's Content-Security-Policy.`,
    );
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export async function problemFrom(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) return body as Problem;
  } catch {
    // What is no JSON does not come from the service.
  }
  return ownProblem(response.status === 401 ? 'unauthenticated' : 'no_answer', `The answer was ${response.status}.`);
}
