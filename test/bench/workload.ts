/** The work of the benches: accounts walked from sign-up to verified, many side by side. */
import { AccountCache } from '../../src/app/accountCache.js';
import { type CommandEnvelope, type CommandHandlerDeps, handleCommand } from '../../src/app/handleCommand.js';
import { ensurePolicy } from '../../src/app/policySource.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { systemClock } from '../../src/parts.js';
import { verified } from '../support/examples.js';
import type { Folder } from '../support/folders.js';

/** Commands of many accounts: a step of each account, then the next step of each. */
export function envelopes(count: number): CommandEnvelope[] {
  const accounts = Math.ceil(count / verified.length);
  const all = verified.flatMap((command, step) =>
    Array.from({ length: accounts }, (_, account) => ({
      accountId: `account-${account}`,
      commandId: `account-${account}#${step}`,
      command,
    })),
  );
  return all.slice(0, count);
}

export async function openDeps(folder: Folder): Promise<CommandHandlerDeps & { readonly store: EventStore }> {
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  const policy = await ensurePolicy(store, systemClock);
  return { store, accounts: new AccountCache(store, 20_000), policy: () => policy, now: systemClock };
}

/** Runs commands with so many under way at once. */
export async function runAll(
  deps: CommandHandlerDeps,
  commands: readonly CommandEnvelope[],
  inFlight: number,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let envelope = commands[next++]; envelope !== undefined; envelope = commands[next++]) {
      const result = await handleCommand(deps, envelope);
      if (result.kind !== 'accepted') throw new Error(`${envelope.command.name}: ${JSON.stringify(result)}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}
