/** The shape of a process: events in, commands or effects out. */
import type { Command } from '../commands/decide.js';
import type { CommandResult } from '../app/handleCommand.js';
import type { EventType } from '../events/catalogue.js';
import type { RecordedEvent } from '../events/upcast.js';

export type ProcessTools = {
  /** Names this effect for ever: the process and the event. Give it to whoever is asked for the effect. */
  readonly key: string;
  /**
   * Sends a command caused by the event. The same call again, after a crash, is recognised as the same command.
   * @param part tells several commands caused by one event apart
   */
  readonly send: (accountId: string, command: Command, part?: string) => Promise<CommandResult>;
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
