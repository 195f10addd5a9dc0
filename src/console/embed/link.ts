/** What the elements of a page share for one account: its client, its token, and one stream of changes for all of them. */
import { AccountClient } from './client.js';
import { follow, type Told } from './follow.js';

export type LinkListener = {
  readonly onChange: (told: Told) => void;
  readonly onConnection: (connected: boolean) => void;
  /** Nothing is heard from now on: nobody looks. What was known may be old when somebody looks again. */
  readonly onAway?: () => void;
};

/** A page that nobody looks at for so long closes its stream, in milliseconds: browsers open few to one host. */
const hiddenFor = 5 * 60_000;

export class AccountLink {
  readonly client: AccountClient;
  readonly #listeners = new Set<LinkListener>();
  #following: AbortController | undefined;
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #connected = true;
  /** The service has said that this token is not for this account. */
  #isRefused = false;

  constructor(base: string, account: string) {
    this.client = new AccountClient(base, account, () => this.#goOn());
  }

  get connected(): boolean {
    return this.#connected;
  }

  listen(listener: LinkListener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) document.addEventListener('visibilitychange', this.#looked);
    this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      document.removeEventListener('visibilitychange', this.#looked);
      clearTimeout(this.#hidden);
      this.#stop();
    };
  }

  /** Something that an element of this page did: the others learn of it at once. */
  changed(position: string | null): void {
    this.#tell(position === null ? {} : { position });
  }

  readonly #looked = (): void => {
    clearTimeout(this.#hidden);
    if (document.visibilityState === 'hidden') this.#hidden = setTimeout(this.#leave, hiddenFor);
    else this.#start();
  };

  readonly #leave = (): void => {
    this.#stop();
    for (const { onAway } of this.#listeners) onAway?.();
  };

  /** With another token, what the last one was refused for may be answered. */
  #goOn(): void {
    if (!this.#isRefused) return;
    this.#isRefused = false;
    this.#following = undefined;
    if (this.#listeners.size === 0) return;
    this.#start();
    this.#tell({});
  }

  #tell(told: Told): void {
    for (const { onChange } of this.#listeners) onChange(told);
  }

  #start(): void {
    if (this.#following !== undefined) return;
    const mine = new AbortController();
    this.#following = mine;
    const onConnection = (connected: boolean): void => {
      if (this.#connected === connected) return;
      this.#connected = connected;
      for (const listener of this.#listeners) listener.onConnection(connected);
    };
    void follow(this.client, { onChange: (told) => this.#tell(told), onConnection, signal: mine.signal }).then(() => {
      if (!mine.signal.aborted) this.#isRefused = true;
    });
  }

  #stop(): void {
    this.#following?.abort();
    this.#following = undefined;
    this.#isRefused = false;
  }
}

const links = new Map<string, { readonly link: AccountLink; users: number }>();

/** The link of an account at a service; elements that name the same one share it. @returns it, and how to let it go */
export function linkTo(base: string, account: string): { readonly link: AccountLink; readonly release: () => void } {
  const key = `${base}\n${account}`;
  const shared = links.get(key) ?? { link: new AccountLink(base, account), users: 0 };
  links.set(key, shared);
  shared.users++;
  return {
    link: shared.link,
    release: () => {
      shared.users--;
      if (shared.users === 0) links.delete(key);
    },
  };
}
