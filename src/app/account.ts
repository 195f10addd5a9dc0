/** An account as the log has it: the chart's snapshot, and what is needed to append the next event. */
import { type AccountSnapshot, foldOne, initialSnapshot } from '../../machines/fold.js';
import type { EventStore, Position, Revision } from '../eventStore/eventStore.js';
import { accountStream } from '../events/envelope.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import { chainStart } from './seal.js';

/** What a command that was seen before did: the revisions that it appended. */
export type SeenCommand = { readonly digest: string; readonly first: Revision; readonly last: Revision };

/**
 * The commands seen so far, by id. One map serves all successive values of an account, so that an event does not cost a
 * copy; an entry beyond a value's own revision is not part of it.
 */
export class Commands {
  readonly #seen = new Map<string, SeenCommand>();

  /** What a command did, as far as a value of the account at this revision knows. */
  get(commandId: string, upTo: Revision): SeenCommand | undefined {
    const seen = this.#seen.get(commandId);
    return seen !== undefined && seen.first <= upTo ? seen : undefined;
  }

  add(commandId: string, digest: string, revision: Revision): void {
    const seen = this.#seen.get(commandId);
    // Events may be folded once more, from a value in the middle.
    const last = Math.max(seen?.last ?? revision, revision);
    this.#seen.set(commandId, { digest, first: seen?.first ?? revision, last });
  }
}

export type Account = {
  readonly accountId: string;
  readonly stream: string;
  readonly snapshot: AccountSnapshot;
  /** -1 while the stream does not exist. */
  readonly revision: Revision;
  readonly position: Position | undefined;
  readonly headHash: string;
  /** When the last event happened. */
  readonly lastOccurredAt: string | undefined;
  /** Whether the last event was brought in as history: processes then leave the account alone. */
  readonly imported: boolean;
  /** What each command id did. */
  readonly commands: Commands;
  /** The latest events that bear on a decision, oldest first: what `If-Match` is held against. */
  readonly bearing: readonly BearingEvent[];
};

/** An account without events. */
export function noAccount(accountId: string): Account {
  const stream = accountStream(accountId);
  return {
    accountId,
    stream,
    snapshot: initialSnapshot,
    revision: -1,
    position: undefined,
    headHash: chainStart(stream),
    lastOccurredAt: undefined,
    imported: false,
    commands: new Commands(),
    bearing: [],
  };
}

/** An event that bears on a decision. */
export type BearingEvent = { readonly revision: Revision; readonly type: string };

/** So many of them are remembered; a decision pinned to something older still is stale, with the latest named. */
const rememberedBearing = 32;

/**
 * Events that bear on a reviewer's decision: request, profile, evidence, information, findings, domain state, waiver,
 * proposal, decision and standing. What does not (an assignment, a notification) never makes a decision stale.
 */
const bearingTypes: ReadonlySet<string> = new Set([
  'BusinessProfileUpdated',
  'ChannelConfigured',
  'ChannelRemoved',
  'DomainAdded',
  'DomainRemoved',
  'DomainVerified',
  'DomainCheckFailed',
  'DomainLapsed',
  'EvidenceAttached',
  'VerificationRequested',
  'VerificationWithdrawn',
  'ScreeningCompleted',
  'ScreeningSkipped',
  'InformationRequested',
  'InformationSubmitted',
  'InformationRequestCancelled',
  'InformationRequestExpired',
  'RequirementWaived',
  'ApprovalProposed',
  'ProposalWithdrawn',
  'VerificationApproved',
  'VerificationRejected',
  'VerificationRevoked',
  'VerificationGrandfathered',
  'ResubmissionWindowClosed',
  'ReReviewOpened',
  'VerificationConfirmed',
  'AppealSubmitted',
  'AppealDismissed',
  'AbuseSignalRecorded',
  'AccountWarned',
  'AccountSuspended',
  'AccountReinstated',
  'AccountClosed',
]);

/** What of an event the account keeps, whether it was read back or has just been appended. */
export type Kept = Pick<RecordedEvent, 'fact' | 'revision' | 'position' | 'metadata'>;

/** The account after one more event that led to this snapshot. */
export function keep(
  account: Account,
  { fact, revision, position, metadata }: Kept,
  snapshot: AccountSnapshot,
): Account {
  account.commands.add(metadata.commandId, metadata.commandDigest, revision);
  return {
    ...account,
    snapshot,
    revision,
    position,
    headHash: metadata.hash,
    lastOccurredAt: fact.occurredAt,
    imported: metadata.imported === true,
    bearing: bearingTypes.has(fact.type)
      ? [...account.bearing.slice(1 - rememberedBearing), { revision, type: fact.type }]
      : account.bearing,
  };
}

/** The account after one more event of its stream. @throws {UnfoldableEvent} when the log and the chart have parted */
export function foldOn(account: Account, event: RecordedEvent): Account {
  return keep(account, event, foldOne(account.stream, account.snapshot, event.revision, event.fact));
}

/**
 * Reads and folds an account's stream.
 * @param upTo the last revision wanted; all of them unless given
 * @throws {UnfoldableEvent} when the log and the chart have parted
 */
export async function readAccount(store: EventStore, accountId: string, upTo = Infinity): Promise<Account> {
  let account = noAccount(accountId);
  for await (const stored of store.read(account.stream)) {
    if (stored.revision > upTo) break;
    account = foldOn(account, decode(stored));
  }
  return account;
}
