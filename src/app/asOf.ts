/**
 * An account as it was: the fold of the beginning of its stream, with the policy then in force. Nothing here asks the
 * clock, the network or a read model; the same question of the same log has the same answer for ever.
 *
 * **Which events.** By `revision`: those up to it. By `at`: the longest beginning of the stream of which every event
 * happened (`occurredAt`) by then. Where the clocks of several nodes disagreed by some milliseconds an event can bear an
 * earlier time than the one before it; taking a beginning, and not every event up to an instant, always gives a legal
 * run of the chart. With `known`, the beginning also ends before the first event recorded after that: what the log said
 * then, before later history was brought in.
 *
 * **Which policy.** By `revision`: the last one published before its event, by their places in the log. By `at`: the
 * last one published (`recordedAt`) by then, and by `known` where that is earlier. At a time before the first policy,
 * which only history brought in later has, it is the one that the last event shown names as the one it was decided on,
 * else the log's first; in a log without any, the built-in one.
 *
 * **Which instant.** Commands that fall due are judged at `at`, and by `revision` at the time of that event.
 */
import type { EventStore, Revision } from '../eventStore/eventStore.js';
import type { Instant } from '../events/time.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import { builtInPolicy, type Policy } from '../policy/policy.js';
import { type Account, foldOn } from './account.js';
import { policyAt, policyNamed, policyOf, publishedPolicies, type PublishedPolicy } from './policySource.js';
import { beginningOf, type Waypoints } from './waypoints.js';

/** Asks for an account at a revision or at an instant; with `known`, by what was recorded by then. */
export type Then = ({ readonly revision: Revision } | { readonly at: Instant }) & {
  readonly known?: Instant | undefined;
};

/** What was asked for, and the last event that the answer reflects. */
export type AsOf = {
  readonly revision: Revision;
  readonly at: Instant | null;
  readonly known: Instant | null;
  /** When that event happened, and when it was written. */
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

export type AccountThen = {
  readonly kind: 'found';
  readonly account: Account;
  readonly asOf: AsOf;
  /** At which commands that fall due are judged. */
  readonly instant: Instant;
  readonly policy: Policy;
};

/** Why there is nothing to show, and what there is instead. */
export type NothingThen =
  | { readonly kind: 'unknown' }
  /** The account's first event came later: it happened at `occurredAt`, and was recorded at `recordedAt`. */
  | { readonly kind: 'not_yet'; readonly occurredAt: Instant; readonly recordedAt: Instant }
  /** The revision was not reached; `last` is the last one there was. */
  | { readonly kind: 'not_reached'; readonly last: Revision };

/** Whether an event is still part of what is asked for; the first one that is not ends the beginning of the stream. */
export function belongs(then: Then, { revision, fact, metadata }: RecordedEvent): boolean {
  if (then.known !== undefined && metadata.recordedAt > then.known) return false;
  return 'revision' in then ? revision <= then.revision : fact.occurredAt <= then.at;
}

/** The policy in force then. @param last the last event shown */
export function policyThen(
  published: readonly PublishedPolicy[],
  then: Then,
  last: Pick<RecordedEvent, 'position' | 'metadata'>,
): Policy {
  const { policyVersion } = last.metadata;
  return (
    policyAt(published, 'revision' in then ? { position: last.position } : { instant: earlier(then.at, then.known) }) ??
    (policyVersion === undefined ? undefined : policyNamed(published, policyVersion)) ??
    published[0] ??
    policyOf(builtInPolicy)
  );
}

function earlier(at: Instant, known: Instant | undefined): Instant {
  return known !== undefined && known < at ? known : at;
}

/**
 * Reads an account as it was.
 * @param waypoints from where a revision is reached sooner than from the first event
 * @throws {UnfoldableEvent} when the log and the chart have parted
 * @throws {EventStoreError}
 */
export async function readAccountThen(
  store: EventStore,
  accountId: string,
  then: Then,
  waypoints?: Waypoints,
): Promise<AccountThen | NothingThen> {
  // A beginning that ends by instants may end before any waypoint; a revision alone says that it does not.
  const upTo = 'revision' in then && then.known === undefined ? then.revision : -1;
  const { rest, ...beginning } = await beginningOf(store, accountId, upTo, waypoints);
  let { account, last } = beginning;
  for await (const stored of rest) {
    const event = decode(stored);
    if (!belongs(then, event)) {
      if (last === undefined) return notYet(event);
      break;
    }
    account = foldOn(account, event);
    waypoints?.pass(account);
    last = event;
  }
  if (last === undefined) return { kind: 'unknown' };
  if ('revision' in then && last.revision < then.revision) return { kind: 'not_reached', last: last.revision };
  const { occurredAt } = last.fact;
  const { recordedAt } = last.metadata;
  const at = 'at' in then ? then.at : null;
  const asOf = { revision: last.revision, at, known: then.known ?? null, occurredAt, recordedAt };
  return {
    kind: 'found',
    account,
    asOf,
    instant: at ?? occurredAt,
    policy: policyThen(await publishedPolicies(store), then, last),
  };
}

function notYet({ fact, metadata }: RecordedEvent): NothingThen {
  return { kind: 'not_yet', occurredAt: fact.occurredAt, recordedAt: metadata.recordedAt };
}

/** Why nothing is shown, as a sentence that says what there is instead. */
export function sayNothingThen(accountId: string, then: Then, nothing: NothingThen): string {
  const known = then.known === undefined ? '' : `By what was recorded by ${then.known}, `;
  switch (nothing.kind) {
    case 'unknown':
      return `There is no account ${accountId}.`;
    case 'not_yet':
      return `${known}${accountId} had not signed up then: it did so at ${nothing.occurredAt}, recorded at ${nothing.recordedAt}.`;
    default:
      return `${known}${accountId} had not reached that revision: its last one is ${nothing.last}.`;
  }
}
