/** What a command's sender is answered. */
import { stateOf } from '../../machines/fold.js';
import { allowedCommands } from '../commands/allowed.js';
import { type CommandName, maySend } from '../commands/catalogue.js';
import type { StateValue } from '../events/envelope.js';
import type { ActorType } from '../events/vocabulary.js';
import { type Status, statusOf } from '../policy/status.js';
import type { Done } from './handleCommand.js';

export type CommandAnswer = {
  readonly accountId: string;
  readonly revision: number;
  readonly position: string | null;
  readonly status: Status | null;
  /** Left out for those who see only the flat status. */
  readonly state?: StateValue;
  readonly events: readonly { readonly type: string; readonly id: string }[];
  readonly allowedCommands: readonly CommandName[];
};

/** Roles that see inner states, findings and notes. */
const insiders: ReadonlySet<ActorType> = new Set(['reviewer', 'auditor', 'analyst', 'system', 'admin']);

/** Whether a role sees inner states, findings and internal notes. */
export function isInsider(role: ActorType): boolean {
  return insiders.has(role);
}

/** The answer for a sender of this role; the same for the first result and every repetition of it. */
export function answerFor(role: ActorType, { account, events, at }: Done): CommandAnswer {
  const state = stateOf(account.snapshot);
  return {
    accountId: account.accountId,
    revision: account.revision,
    position: account.position ?? null,
    status: statusOf(state) ?? null,
    ...(isInsider(role) ? { state } : {}),
    events: events.map(({ type, id }) => ({ type, id })),
    allowedCommands: commandsFor(role, allowedCommands(account.snapshot, at)),
  };
}

/** Of some commands those that a role may send. */
export function commandsFor(role: ActorType, commands: readonly CommandName[]): readonly CommandName[] {
  return commands.filter((command) => maySend(role, command));
}
