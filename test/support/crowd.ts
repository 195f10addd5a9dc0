/**
 * A log of many accounts in little time: one of them is walked through its commands, the others have the same history,
 * each with its own name and a second later than the one before. Unlike a bulk log it is a run of the chart.
 */
import { AccountCache } from '../../src/app/accountCache.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { ensurePolicy } from '../../src/app/policySource.js';
import { chainStart, seal } from '../../src/app/seal.js';
import type { Command } from '../../src/commands/decide.js';
import { accountStream, type EventMetadata } from '../../src/events/envelope.js';
import { plusMilliseconds } from '../../src/events/time.js';
import type { NewEvent, StoredEvent } from '../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { tickingClock } from './gatehouse.js';

/** The ids of the accounts of a crowd. */
export const memberOf = (name: string, index: number): string => `${name}-${String(index).padStart(5, '0')}`;

/**
 * Writes a crowd into the log of a data folder that no service uses.
 * @param file the embedded log's
 */
export async function writeCrowd(
  file: string,
  name: string,
  count: number,
  commands: readonly Command[],
  now: () => string = tickingClock(),
): Promise<void> {
  const store = openSqliteEventStore({ file });
  const policy = await ensurePolicy(store, now);
  const deps = { store, accounts: new AccountCache(store), policy: () => policy, now };
  for (const [index, command] of commands.entries()) {
    const commandId = `${name}:${index}`;
    const result = await handleCommand(deps, { accountId: memberOf(name, 0), commandId, command });
    if (result.kind === 'refused') throw new Error(`${command.name}: ${result.code}`);
  }
  const history: StoredEvent[] = [];
  for await (const event of store.read(accountStream(memberOf(name, 0)))) history.push(event);
  const appends: Promise<unknown>[] = [];
  for (let index = 1; index < count; index++) {
    const stream = accountStream(memberOf(name, index));
    appends.push(store.append(stream, 'noStream', sameHistory(history, stream, index)));
    if (appends.length === 64) await Promise.all(appends.splice(0));
  }
  await Promise.all(appends);
  await store.close();
}

function sameHistory(history: readonly StoredEvent[], stream: string, index: number): NewEvent[] {
  const events: NewEvent[] = [];
  for (const { revision, type, data, metadata } of history) {
    const given = metadata as unknown as EventMetadata;
    const { hash: _hash, ...rest } = given;
    const later = (instant: string): string => plusMilliseconds(instant, index * 1_000);
    events.push(
      seal({
        stream,
        revision,
        type,
        data,
        metadata: {
          ...rest,
          commandId: `${stream}:${revision}`,
          correlationId: stream,
          causationId: `${stream}:${revision}`,
          occurredAt: later(given.occurredAt),
          recordedAt: later(given.recordedAt),
          previousHash: (events.at(-1)?.metadata['hash'] as string | undefined) ?? chainStart(stream),
        },
      }),
    );
  }
  return events;
}
