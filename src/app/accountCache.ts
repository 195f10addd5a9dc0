/**
 * Accounts in memory, and one command at a time for each. The cache holds only what the store confirmed; it spares
 * folding, and is never needed for correctness: a stale entry meets a conflict, and is read again.
 */
import { LRUCache } from 'lru-cache';
import type { EventStore } from '../eventStore/eventStore.js';
import { type Account, noAccount, readAccount } from './account.js';

export class AccountCache {
  readonly #store: EventStore;
  readonly #accounts: LRUCache<string, Account>;
  readonly #tails = new Map<string, Promise<unknown>>();

  /** @param most accounts kept in memory; one takes some 10 KiB */
  constructor(store: EventStore, most = 5_000) {
    this.#store = store;
    this.#accounts = new LRUCache({ max: most });
  }

  /** The account as the log has it, or as it was when this process last wrote it. */
  async get(accountId: string): Promise<Account> {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const account = await readAccount(this.#store, accountId);
    if (account.revision >= 0) this.#accounts.set(accountId, account);
    return account;
  }

  /** The account as far as this process knows it, without asking the store: nothing known is taken for no account. */
  known(accountId: string): Account {
    return this.#accounts.get(accountId) ?? noAccount(accountId);
  }

  /** Keeps an account whose last append the store has confirmed. */
  confirmed(account: Account): void {
    this.#accounts.set(account.accountId, account);
  }

  forget(accountId: string): void {
    this.#accounts.delete(accountId);
  }

  /** Whether the store has events of the account that this value does not reflect; it is then read anew next time. */
  async isBehind({ accountId, stream, revision }: Account): Promise<boolean> {
    const newer = this.#store.read(stream, { from: revision + 1 })[Symbol.asyncIterator]();
    const { done } = await newer.next();
    await newer.return?.();
    if (done === true) return false;
    this.forget(accountId);
    return true;
  }

  /**
   * Runs tasks of one account one after the other. Two commands at once on one account would only meet a conflict in
   * the store; other processes still do, and that is handled there.
   */
  async oneAtATime<T>(accountId: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(accountId);
    const mine = before === undefined ? task() : before.then(task, task);
    this.#tails.set(accountId, mine);
    try {
      return await mine;
    } finally {
      if (this.#tails.get(accountId) === mine) this.#tails.delete(accountId);
    }
  }
}
