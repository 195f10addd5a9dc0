/** The shell around `decide`: load, decide, seal, append. */
import { type Accepted, type Command, decide, refuse } from '../commands/decide.js';
import { type CommandName, maySend } from '../commands/catalogue.js';
import type { Refusal, RefusalCode } from '../commands/refusal.js';
import { machineVersion } from '../../machines/account.js';
import type { EventStore, NewEvent } from '../eventStore/eventStore.js';
import { eventCatalogue } from '../events/catalogue.js';
import type { EventMetadata } from '../events/envelope.js';
import type { Instant } from '../events/time.js';
import type { Policy } from '../policy/policy.js';
import { type Account, type BearingEvent, keep, readAccount, type SeenCommand } from './account.js';
import type { AccountCache } from './accountCache.js';
import type { ImportRun } from './importRun.js';
import { hashOf, seal } from './seal.js';

export type CommandEnvelope = {
  readonly accountId: string;
  /** Recognised when it comes again: the `Idempotency-Key`, or the command file's id. */
  readonly commandId: string;
  /** The command, its data checked by the catalogue, with the actor of the sender's token. */
  readonly command: Command;
  readonly onBehalfOf?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** The revision that the sender decided on (`If-Match`). */
  readonly ifMatch?: number;
  /** History older than the service: when it happened, and the run that brings it. */
  readonly imported?: { readonly at: Instant; readonly run: ImportRun };
};

export type CommandHandlerDeps = {
  readonly store: EventStore;
  readonly accounts: AccountCache;
  readonly policy: () => Policy;
  readonly now: () => Instant;
};

/** What became of a command: the account after it, the events it appended, and the instant the answer speaks of. */
export type Done = {
  readonly kind: 'accepted' | 'unchanged';
  /** Whether this is the first result of a command that was seen before. */
  readonly repeated: boolean;
  readonly account: Account;
  readonly events: readonly { readonly type: string; readonly id: string }[];
  readonly at: Instant;
};

/** A refusal with what came since, when the decision was stale. */
export type Refused = Refusal & { readonly revision: number; readonly changes: readonly BearingEvent[] };
export type CommandResult = Done | Refused;

/** So often a command is decided again when another process wrote first. */
const mostAttempts = 10;

/**
 * Handles one command: durable when it answers, recognised when it is repeated, decided again after a conflict.
 * @throws {EventStoreError} when the store fails; whether the command was written is then unknown, and sending it again
 *   with the same command id is safe
 */
export async function handleCommand(deps: CommandHandlerDeps, envelope: CommandEnvelope): Promise<CommandResult> {
  const { accounts, store } = deps;
  return accounts.oneAtATime(envelope.accountId, async () => {
    for (let attempt = 1; ; attempt++) {
      const account = await accountFor(envelope, accounts, attempt);
      const now = envelope.imported?.at ?? deps.now();
      const seen = account.commands.get(envelope.commandId, account.revision);
      const early = refusedEarly(envelope, account, seen, attempt);
      if (early !== undefined) {
        if (await mayHaveChanged(deps, account, attempt)) continue;
        return refused(early, account, now, envelope);
      }
      if (seen !== undefined) return firstResult(store, account, seen, envelope);

      const policy = deps.policy();
      const decision = decide(envelope.command, account.snapshot, policy.document, now);
      if (decision.kind !== 'accepted' && (await mayHaveChanged(deps, account, attempt))) continue;
      if (decision.kind === 'refused') return { ...decision, revision: account.revision, changes: [] };
      if (decision.kind === 'unchanged') return { kind: 'unchanged', repeated: false, account, events: [], at: now };

      const recordedAt = envelope.imported === undefined ? now : deps.now();
      const events = sealAll(decision, account, envelope, policy.version, recordedAt);
      const result = await appendOrForget(deps, account, events);
      if (result === undefined) continue;
      const after = keepAll(account, decision, events, result.position);
      accounts.confirmed(after);
      envelope.imported?.run.meets(after.accountId, after.revision);
      return { kind: 'accepted', repeated: false, account: after, events, at: recordedAt };
    }
  });
}

/**
 * The refusal that a command would meet now, so that nothing costly is done for one that is refused anyway. What passes
 * here may still be refused when it is handled.
 * @param isWhole whether the command has its own data; without it a command that was seen before passes
 * @throws {EventStoreError}
 */
export async function foreseeRefusal(
  deps: CommandHandlerDeps,
  envelope: CommandEnvelope,
  isWhole = true,
): Promise<Refused | undefined> {
  for (let attempt = 1; ; attempt++) {
    const account = await accountFor(envelope, deps.accounts, attempt);
    const seen = account.commands.get(envelope.commandId, account.revision);
    if (seen !== undefined && !isWhole) return undefined;
    const found = refusalNow(deps, envelope, account, seen);
    if (found === undefined || !(await mayHaveChanged(deps, account, attempt))) return found;
  }
}

function refusalNow(
  deps: CommandHandlerDeps,
  envelope: CommandEnvelope,
  account: Account,
  seen: SeenCommand | undefined,
): Refused | undefined {
  const now = deps.now();
  const early = refusedEarly(envelope, account, seen, 1);
  if (early !== undefined) return refused(early, account, now, envelope);
  if (seen !== undefined) return undefined;
  const decision = decide(envelope.command, account.snapshot, deps.policy().document, now);
  return decision.kind === 'refused' ? { ...decision, revision: account.revision, changes: [] } : undefined;
}

/**
 * A sign-up is decided as if there were no account: its append meets a conflict where there is one, so the store need
 * not be asked before.
 */
async function accountFor(
  { accountId, command }: CommandEnvelope,
  accounts: AccountCache,
  attempt: number,
): Promise<Account> {
  return command.name === 'SignUp' && attempt === 1 ? accounts.known(accountId) : accounts.get(accountId);
}

/**
 * An append that another process forestalled meets a conflict; a refusal meets nothing, so before it is given the store
 * is asked whether the account has moved on.
 */
async function mayHaveChanged({ accounts }: CommandHandlerDeps, account: Account, attempt: number): Promise<boolean> {
  return attempt <= mostAttempts && (await accounts.isBehind(account));
}

/** Refusals that need no decision, in their order. */
function refusedEarly(
  { command, ifMatch, imported }: CommandEnvelope,
  account: Account,
  seen: SeenCommand | undefined,
  attempt: number,
): RefusalCode | undefined {
  if (!maySend(command.actor.type, command.name)) return 'forbidden_role';
  if (seen !== undefined) return seen.digest === digestOf(command) ? undefined : 'idempotency_key_reused';
  if (imported?.run.isOutOfOrder(account, imported.at) === true) return 'out_of_order';
  if (ifMatch !== undefined && account.revision >= 0 && isStale(account, ifMatch)) return 'stale';
  return attempt > mostAttempts ? 'conflict' : undefined;
}

/** Stale when something that bears on a decision came since, or when the revision has not been reached. */
function isStale(account: Account, ifMatch: number): boolean {
  return ifMatch > account.revision || account.bearing.some(({ revision }) => revision > ifMatch);
}

function refused(code: RefusalCode, account: Account, now: Instant, { ifMatch }: CommandEnvelope): Refused {
  const changes = code === 'stale' ? account.bearing.filter(({ revision }) => revision > (ifMatch ?? -1)) : [];
  return { ...refuse(code, account.snapshot, now), revision: account.revision, changes };
}

/** What tells one command from another under the same key: its name and data. */
export function digestOf({ name, data }: { readonly name: CommandName; readonly data: unknown }): string {
  return hashOf({ name, data });
}

function sealAll(
  { steps }: Accepted,
  account: Account,
  envelope: CommandEnvelope,
  policyVersion: string,
  recordedAt: Instant,
): NewEvent[] {
  const { commandId, command, onBehalfOf, correlationId, causationId, imported } = envelope;
  const commandDigest = digestOf(command);
  let previousHash = account.headHash;
  return steps.map(({ fact, from, to }, index) => {
    const event = seal({
      stream: account.stream,
      revision: account.revision + 1 + index,
      type: fact.type,
      data: fact.data,
      metadata: {
        commandId,
        commandDigest,
        correlationId: correlationId ?? commandId,
        causationId: causationId ?? commandId,
        actor: fact.actor,
        ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
        occurredAt: fact.occurredAt,
        recordedAt,
        ...(imported === undefined ? {} : { imported: true }),
        schemaVersion: eventCatalogue[fact.type].version,
        machineVersion,
        policyVersion,
        from,
        to,
        previousHash,
      },
    });
    previousHash = metadataOf(event).hash;
    return event;
  });
}

function metadataOf(event: NewEvent): EventMetadata {
  return event.metadata as unknown as EventMetadata;
}

/** Appends; undefined when another process was first. Either way of failing, what the cache believed is forgotten. */
async function appendOrForget({ store, accounts }: CommandHandlerDeps, account: Account, events: readonly NewEvent[]) {
  try {
    const expected = account.revision === -1 ? 'noStream' : account.revision;
    const result = await store.append(account.stream, expected, events);
    if (result.kind === 'appended') return result;
  } catch (error) {
    accounts.forget(account.accountId);
    throw error;
  }
  accounts.forget(account.accountId);
  return undefined;
}

function keepAll(
  account: Account,
  { steps, snapshot }: Accepted,
  events: readonly NewEvent[],
  position: string,
): Account {
  return events.reduce((kept, event, index) => {
    const fact = steps[index]?.fact;
    if (fact === undefined) throw new Error('an event without its fact');
    return keep(kept, { fact, revision: kept.revision + 1, position, metadata: metadataOf(event) }, snapshot);
  }, account);
}

/** The first result of a command that was seen before: the account as it was then, read from its stream. */
async function firstResult(
  store: EventStore,
  current: Account,
  seen: SeenCommand,
  { imported }: CommandEnvelope,
): Promise<Done> {
  if (imported !== undefined) {
    // A run counts its lines, it does not answer them: the account as it is now will do.
    imported.run.meets(current.accountId, seen.last);
    return { kind: 'accepted', repeated: true, account: current, events: [], at: imported.at };
  }
  const account = seen.last === current.revision ? current : await readAccount(store, current.accountId, seen.last);
  if (account.revision !== seen.last) throw new Error(`${account.stream} was read to ${account.revision} only`);
  const events: { type: string; id: string }[] = [];
  let at = '';
  for await (const event of store.read(account.stream, { from: seen.first })) {
    if (event.revision > seen.last) break;
    events.push({ type: event.type, id: event.id });
    at = (event.metadata as unknown as EventMetadata).recordedAt;
  }
  return { kind: 'accepted', repeated: true, account, events, at };
}
