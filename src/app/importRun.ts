/**
 * The order of imported history. A line that was not seen before is decided when it is later than the account's last
 * event, or when this run has met that event already; so a second or a resumed run decides nothing anew.
 */
import type { Account } from './account.js';

export class ImportRun {
  readonly #met = new Map<string, number>();

  /** This run appended or repeated the account's event of this revision. */
  meets(accountId: string, revision: number): void {
    if ((this.#met.get(accountId) ?? -1) < revision) this.#met.set(accountId, revision);
  }

  /** Whether a new line at this instant would rewrite history. */
  isOutOfOrder(account: Account, at: string): boolean {
    if (account.lastOccurredAt === undefined || at > account.lastOccurredAt) return false;
    return (this.#met.get(account.accountId) ?? -1) < account.revision;
  }
}
