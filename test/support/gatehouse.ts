/** Gatehouse without its edges, in a folder of its own, on a clock that the test moves. */
import { AccountCache } from '../../src/app/accountCache.js';
import { type CommandHandlerDeps, type CommandResult, handleCommand } from '../../src/app/handleCommand.js';
import { ensurePolicy } from '../../src/app/policySource.js';
import type { Command } from '../../src/commands/decide.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { plusMilliseconds } from '../../src/events/time.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { start } from './examples.js';
import { type Folder, newFolder } from './folders.js';

export type TestGatehouse = {
  readonly folder: Folder;
  readonly store: EventStore;
  readonly deps: CommandHandlerDeps;
  /** Sends a command under a fresh id, unless one is given. */
  readonly send: (command: Command, options?: Partial<Parameters<typeof handleCommand>[1]>) => Promise<CommandResult>;
  /** Sends commands that must be accepted. */
  readonly walk: (commands: readonly Command[], accountId?: string) => Promise<void>;
  /** Another set of read models on the same log, in memory. */
  readonly readModels: (file?: string) => ReadModels;
  readonly close: () => Promise<void>;
};

/** A clock that moves a second at each look. */
export function tickingClock(): () => string {
  let ticks = 0;
  return () => plusMilliseconds(start, 1_000 * ticks++);
}

/** @param now another clock makes another log: the same one writes the same events */
export async function newGatehouse(now: () => string = tickingClock()): Promise<TestGatehouse> {
  const folder = newFolder();
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  const policy = await ensurePolicy(store, now);
  const deps = { store, accounts: new AccountCache(store), policy: () => policy, now };
  const opened: ReadModels[] = [];
  let ids = 0;
  const send: TestGatehouse['send'] = async (command, options = {}) =>
    handleCommand(deps, { accountId: 'acme', commandId: `command-${++ids}`, command, ...options });
  return {
    folder,
    store,
    deps,
    send,
    walk: async (commands, accountId = 'acme') => {
      for (const command of commands) {
        const result = await send(command, { accountId });
        if (result.kind === 'refused') throw new Error(`${command.name}: ${result.code}`);
      }
    },
    readModels: (file = ':memory:') => {
      const made = new ReadModels(store, new ReadModelStore(file));
      opened.push(made);
      return made;
    },
    close: async () => {
      for (const one of opened) await one.stop();
      await store.close();
      folder.remove();
    },
  };
}
