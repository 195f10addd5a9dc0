/** Reading the log beside whoever writes it. */
import type { Config } from '../config.js';
import { closing, type EventStore } from '../eventStore/eventStore.js';
import { describeLog, openLogForReading } from '../parts.js';
import { UsageError } from './output.js';

/** There is no embedded log where it should be. */
export function noLog(config: Config): UsageError {
  return new UsageError(
    `There is no store at ${describeLog(config)} yet. Start the service, or make sample accounts: gatehouse demo`,
  );
}

/**
 * Opens the log for reading, and closes it again.
 * @throws {UsageError} when there is no embedded log yet
 * @throws {EventStoreError}
 */
export async function withLog<T>(config: Config, use: (store: EventStore) => Promise<T>): Promise<T> {
  const store = openLogForReading(config);
  if (store === undefined) throw noLog(config);
  return closing(store, async () => use(store));
}
