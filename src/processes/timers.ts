/**
 * Time is an event: what falls due becomes a command. The due rows come from a read model, so a restart forgets nothing;
 * each command's id follows from what was due, so that two nodes, or one that was killed in between, do it once. The
 * command is decided on the account as it is: a row that is behind is refused, and looked at again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeadlineRow } from '../../projections/deadlines.js';
import { type CommandEnvelope, type CommandHandlerDeps, handleCommand } from '../app/handleCommand.js';
import type { Command } from '../commands/decide.js';
import { EventStoreError, type Position } from '../eventStore/eventStore.js';
import { type Instant, millisecondsBetween } from '../events/time.js';
import type { PolicyDocument } from '../policy/policy.js';
import type { ReadModels } from '../readModels/readModels.js';
import type { Loop } from './process.js';

const actor = { type: 'system', id: 'timers' } as const;

export type TimerParts = {
  readonly commands: CommandHandlerDeps;
  readonly readModels: Pick<ReadModels, 'deadlines'>;
};

/** How the loop takes its time, in milliseconds and rows. */
export type TimerPace = {
  /** The longest pause between two looks: so late at most is a deadline that is set while it sleeps. */
  readonly longestPause: number;
  /** How long a row that was refused is left alone, unless it changes. */
  readonly refusedFor: number;
  /** So many commands at most are sent in one look. */
  readonly mostCommands: number;
};

const usualPace: TimerPace = { longestPause: 5_000, refusedFor: 60_000, mostCommands: 200 };

/** The shortest pause between two looks, in milliseconds. */
const shortestPause = 100;

/** Rows read at once. */
const page = 100;

/** How long a look waits for the read model to take in what it did, in milliseconds. */
const longestWait = 3_000;

/** An instant as people read it in a reason: `2026-01-07 09:00 UTC`. */
function toTheMinute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The command for what is due. Pure. */
export function commandFor({ next }: DeadlineRow, { review }: PolicyDocument): Command | undefined {
  switch (next?.kind) {
    case 'screening':
      return {
        name: 'SkipScreening',
        data: { reason: `The checks did not finish by ${toTheMinute(next.due)}.` },
        actor,
      };
    case 'answer':
      return { name: 'ExpireInformationRequest', data: {}, actor };
    case 'resubmission':
      return { name: 'CloseResubmissionWindow', data: {}, actor };
    case 'decision': {
      const reason = `No decision was taken by ${toTheMinute(next.due)}.`;
      return { name: 'EscalateReview', data: { to: review.escalateTo, reason }, actor };
    }
    default:
      return undefined;
  }
}

/** The command with an id that what is due gives it; pinned to what the row says. */
function envelopeFor(row: DeadlineRow, policy: PolicyDocument): CommandEnvelope | undefined {
  const command = commandFor(row, policy);
  if (command === undefined || row.next === null) return undefined;
  const { kind, due, since } = row.next;
  const commandId = `timers:${row.accountId}:${kind}:${due}${since === due ? '' : `:${since}`}`;
  return { accountId: row.accountId, commandId, command, ifMatch: row.revision };
}

type Refused = { readonly revision: number; readonly until: number };

class Timers {
  /** Rows whose command was refused, or had been done: left alone until they change, or some time has passed. */
  readonly #settled = new Map<string, Refused>();

  constructor(
    readonly parts: TimerParts,
    readonly pace: TimerPace,
  ) {}

  /** One look: sends what is due, then sleeps until the next deadline, or a while. */
  async run(signal: AbortSignal): Promise<void> {
    const { deadlines } = this.parts.readModels;
    // Rows of before the start may be old; nothing is lost by waiting until they have caught up.
    if (deadlines.state !== 'live') return;
    const more = await this.#sendDue(signal);
    if (!more) await this.#sleep(signal);
  }

  /** @returns whether there may be more to do at once */
  async #sendDue(signal: AbortSignal): Promise<boolean> {
    const { commands, readModels } = this.parts;
    this.#forget();
    let sent = 0;
    let last: Position | undefined;
    let failure: unknown;
    for (const row of this.#dueRows(commands.now())) {
      if (signal.aborted || sent >= this.pace.mostCommands) break;
      if (this.#isSettled(row)) continue;
      const envelope = envelopeFor(row, commands.policy().document);
      if (envelope === undefined) continue;
      sent += 1;
      try {
        const result = await handleCommand(commands, envelope);
        if (result.kind === 'accepted' && !result.repeated) last = result.account.position;
        else this.#settle(row);
      } catch (error) {
        if (error instanceof EventStoreError) throw error;
        // An account that cannot be read must not keep the others waiting.
        this.#settle(row);
        failure ??= error;
      }
    }
    if (last !== undefined) await readModels.deadlines.waitFor(last, longestWait);
    if (failure !== undefined) throw failure;
    return sent >= this.pace.mostCommands;
  }

  /** Rows that are due, the longest first, a page at a time. */
  *#dueRows(now: Instant): Iterable<DeadlineRow> {
    const { deadlines } = this.parts.readModels;
    const where = [{ column: 'due_at', op: '<=', value: now }] as const;
    let after: readonly string[] | undefined;
    for (;;) {
      const rows = deadlines.store
        .query(deadlines.generation, {
          where,
          orderBy: ['due_at', 'key'],
          ...(after === undefined ? {} : { after }),
          limit: page,
        })
        .map((text) => JSON.parse(text) as DeadlineRow);
      yield* rows;
      const last = rows.at(-1);
      if (last?.next == null || rows.length < page) return;
      after = [last.next.due, last.accountId];
    }
  }

  #isSettled({ accountId, revision }: DeadlineRow): boolean {
    const settled = this.#settled.get(accountId);
    return settled?.revision === revision && performance.now() < settled.until;
  }

  #settle({ accountId, revision }: DeadlineRow): void {
    this.#settled.set(accountId, { revision, until: performance.now() + this.pace.refusedFor });
  }

  #forget(): void {
    for (const [accountId, { until }] of this.#settled) if (until <= performance.now()) this.#settled.delete(accountId);
  }

  async #sleep(signal: AbortSignal): Promise<void> {
    const { deadlines } = this.parts.readModels;
    const now = this.parts.commands.now();
    const [text] = deadlines.store.query(deadlines.generation, {
      where: [{ column: 'due_at', op: '>', value: now }],
      orderBy: ['due_at', 'key'],
      limit: 1,
    });
    const due = text === undefined ? undefined : (JSON.parse(text) as DeadlineRow).next?.due;
    const until = due === undefined ? Infinity : millisecondsBetween(now, due);
    const pause = Math.min(until, this.pace.longestPause) - shortestPause;
    // An abort ends the pause at once. The clock that a deadline goes by may jump; this pause does not follow it.
    if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** The loop that turns what falls due into commands. */
export function timers(parts: TimerParts, pace: Partial<TimerPace> = {}): Loop {
  const state = new Timers(parts, { ...usualPace, ...pace });
  return { name: 'timers', everyMilliseconds: shortestPause, run: (signal) => state.run(signal) };
}
