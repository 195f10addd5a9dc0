/** The shapes of processes: events in, commands or effects out; and loops, which look for what is due. */
import type { Command } from '../commands/decide.js';
import type { CommandResult } from '../app/handleCommand.js';
import type { EventType } from '../events/catalogue.js';
import type { RecordedEvent } from '../events/upcast.js';

export type ProcessTools = {
  /** Names this effect for ever: the process and the event. Give it to whoever is asked for the effect. */
  readonly key: string;
  /**
   * Sends a command caused by the event. The same call again, after a crash, is recognised as the same command.
   * @param options a part's name, or what else there is to say
   */
  readonly send: (accountId: string, command: Command, options?: string | SendOptions) => Promise<CommandResult>;
};

export type SendOptions = {
  /** Tells several commands caused by one event apart. */
  readonly part?: string;
  /** The revision that the command was decided on; when something that bears on it came since, it is refused `stale`. */
  readonly ifMatch?: number;
};

export type Process = {
  /** Unique: `a-z 0-9 -`. */
  readonly name: string;
  readonly types: readonly EventType[];
  /** Effects one after the other in log order, by one node at a time; otherwise by all nodes, side by side. */
  readonly ordered: boolean;
  /** Where it begins on a log that has events already. */
  readonly from: 'start' | 'now';
  /** The effect of one event: at least once. A rejection lets it come again; after several it is parked. */
  readonly run: (event: RecordedEvent, tools: ProcessTools) => Promise<void>;
};

/**
 * Work that no event starts: it looks again and again for what is due. Several nodes may run it side by side, so what it
 * does must be recognised when it is done twice: its commands carry ids that follow from what was due.
 */
export type Loop = {
  /** The process that it belongs to, as `GATEHOUSE_PROCESSES` names it. */
  readonly name: string;
  /** The pause between two runs, in milliseconds; longer after failures. */
  readonly everyMilliseconds: number;
  /** One look. A rejection is reported, and it is tried again. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

/** What the processes of a service are made of. */
export type Processes = { readonly consumers: readonly Process[]; readonly loops: readonly Loop[] };
