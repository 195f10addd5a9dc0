/** What Courier's backend does, with a product token: through the public API, like any product. */
import { pause } from '../api/pause.js';

/** What went wrong, in a sentence. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}

export type Workspace = {
  readonly accountId: string;
  readonly company: string | null;
  readonly status: string | null;
  readonly channels: readonly { readonly channelId: string; readonly kind: string; readonly domain?: string }[];
  readonly messages: readonly { readonly messageId: string; readonly name: string }[];
};

export type SignUp = { readonly company: string; readonly email: string };
export type AccountToken = { readonly token: string; readonly expiresAt: string };
type Gate = { readonly allowed: boolean; readonly reasons: readonly string[] };

/** How often something is tried again while the service restarts, and the pause between, in milliseconds. */
const attempts = 20;
const between = 1_000;

export class Backend {
  constructor(readonly token: string) {}

  /** Whether the token is one that a product may use. @throws {BackendError} */
  async check(): Promise<void> {
    await this.#ask('GET', '/v1/accounts/courier-check/gate?action=message.send');
  }

  /** @returns the new account's id @throws {BackendError} */
  async signUp({ company, email }: SignUp, key: string): Promise<string> {
    const slug = company
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 40);
    const accountId = `${slug === '' ? 'company' : slug}-${key.slice(0, 6)}`;
    await this.#ask('POST', '/v1/accounts', { accountId, company, ownerEmail: email }, key);
    return accountId;
  }

  /** A short-lived token for the account's own people: what the elements are given. @throws {BackendError} */
  async accountToken(accountId: string): Promise<AccountToken> {
    return this.#ask<AccountToken>('POST', `${pathOf(accountId)}/tokens`, {});
  }

  /** @throws {BackendError} */
  async workspace(accountId: string): Promise<Workspace> {
    return this.#ask<Workspace>('GET', pathOf(accountId));
  }

  /** @throws {BackendError} */
  async command(accountId: string, name: string, data: object, key: string): Promise<void> {
    await this.#ask('POST', `${pathOf(accountId)}/commands/${name}`, data, key);
  }

  /** What a backend asks before it sends anything. @throws {BackendError} */
  async gate(accountId: string, action: string): Promise<Gate> {
    return this.#ask<Gate>('GET', `${pathOf(accountId)}/gate?action=${action}`);
  }

  /** @param key makes it safe to repeat */
  async #ask<Body>(method: string, path: string, body?: object, key?: string): Promise<Body> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(path, {
        method,
        headers: {
          Authorization: `Bearer ${this.token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(key === undefined ? {} : { 'Idempotency-Key': key }),
        },
        credentials: 'omit',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => undefined);
      if (response !== undefined && response.status !== 503) return bodyOf<Body>(response);
      if (attempt === attempts) throw new BackendError('Gatehouse cannot be reached just now. Please try again.');
      await pause(between);
    }
  }
}

const pathOf = (accountId: string): string => `/v1/accounts/${encodeURIComponent(accountId)}`;

async function bodyOf<Body>(response: Response): Promise<Body> {
  const body = (await response.json().catch(() => ({}))) as Body & { readonly detail?: string };
  if (response.ok) return body;
  if (response.status === 401) {
    throw new BackendError('This token is not known. Make one with: gatehouse token create --role product');
  }
  throw new BackendError(body.detail ?? `Gatehouse answered ${response.status}.`);
}
