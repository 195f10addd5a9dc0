/**
 * Accounts as they were at some of their revisions, kept in memory, so that a long history is not folded from its first
 * event each time that somebody looks at it. Only what was folded from events that the store gave is kept, and it is used
 * only where the store still has the event that it ends with, of the same hash, to which all before it are chained: so it
 * spares folding, and is never needed for correctness.
 */
import { LRUCache } from 'lru-cache';
import type { EventStore, StoredEvent } from '../eventStore/eventStore.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import { type Account, foldOn, noAccount } from './account.js';

/** Events from one waypoint to the next, while an account has few: so many are folded in some milliseconds. */
const firstSpacing = 100;

/** An account has so many at most: beyond that every other one is given up, and they stand twice as far apart. */
const mostOfAccount = 32;

type Way = { spacing: number; readonly accounts: Map<number, Account> };

export class Waypoints {
  readonly #ways: LRUCache<string, Way>;

  /** @param most accounts whose histories are being looked at; one takes what its facts take, and some for each waypoint */
  constructor(most = 16) {
    this.#ways = new LRUCache({ max: most });
  }

  /** The last waypoint of an account up to a revision. */
  before(accountId: string, revision: number): Account | undefined {
    let found: Account | undefined;
    for (const account of this.#ways.get(accountId)?.accounts.values() ?? []) {
      if (account.revision <= revision && account.revision > (found?.revision ?? -1)) found = account;
    }
    return found;
  }

  /** To be told of each account that was folded from the store's events, one event after the other. */
  pass(account: Account): void {
    const { accountId, revision } = account;
    if (revision === 0 || revision % firstSpacing !== 0) return;
    const way = this.#ways.get(accountId) ?? { spacing: firstSpacing, accounts: new Map() };
    this.#ways.set(accountId, way);
    if (revision % way.spacing !== 0) return;
    way.accounts.set(revision, account);
    if (way.accounts.size <= mostOfAccount) return;
    way.spacing *= 2;
    for (const other of way.accounts.keys()) if (other % way.spacing !== 0) way.accounts.delete(other);
  }

  forget(accountId: string): void {
    this.#ways.delete(accountId);
  }
}

/** Where the folding of a stream begins. */
export type Beginning = {
  readonly account: Account;
  /** The event that led to this account; undefined where it has none. */
  readonly last: RecordedEvent | undefined;
  /** The events that follow. */
  readonly rest: AsyncIterable<StoredEvent>;
};

/** The last waypoint up to a revision that the store bears out, else the account before its first event. */
export async function beginningOf(
  store: EventStore,
  accountId: string,
  upTo: number,
  waypoints?: Waypoints,
): Promise<Beginning> {
  const known = waypoints?.before(accountId, upTo);
  if (known !== undefined) {
    const events = store.read(known.stream, { from: known.revision })[Symbol.asyncIterator]();
    const { value, done } = await events.next();
    if (done !== true && value.revision === known.revision && value.metadata['hash'] === known.headHash) {
      return { account: known, last: decode(value), rest: { [Symbol.asyncIterator]: () => events } };
    }
    // Another log is in the place of the one that was read, as after it was restored.
    await events.return?.();
    waypoints?.forget(accountId);
  }
  const account = noAccount(accountId);
  return { account, last: undefined, rest: store.read(account.stream) };
}

/**
 * Reads an account as `readAccount` does, with all that the store has, from its last waypoint on.
 * @throws {UnfoldableEvent} when the log and the chart have parted
 */
export async function readByWaypoints(store: EventStore, accountId: string, waypoints: Waypoints): Promise<Account> {
  const { rest, ...beginning } = await beginningOf(store, accountId, Infinity, waypoints);
  let { account } = beginning;
  for await (const stored of rest) {
    account = foldOn(account, decode(stored));
    waypoints.pass(account);
  }
  return account;
}
