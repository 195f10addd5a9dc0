/** `gatehouse tail`: the log as it grows, one line an event, beside whoever writes it. */
import { once } from 'node:events';
import { type EventChoice, lastEvents } from '../app/lastEvents.js';
import type { Config } from '../config.js';
import type { EventStore, StoredEvent } from '../eventStore/eventStore.js';
import { eventTypes } from '../events/catalogue.js';
import { operationTypes } from '../events/operations.js';
import { accountStream } from '../events/envelope.js';
import { painter } from './colour.js';
import { eventLine } from './eventLine.js';
import { note, UsageError } from './output.js';
import { withLog } from './withLog.js';

export type TailOptions = EventChoice & {
  /** How many of the events before are shown first. */
  readonly last: number;
  /** Whether to go on with what comes. */
  readonly follow: boolean;
  /** Events as stored, a JSON document a line. */
  readonly json: boolean;
};

/** Types of events, separated by commas. @throws {UsageError} for one that there is not */
export function typesOf(text: string): readonly string[] {
  const known: readonly string[] = [...eventTypes, 'PolicyPublished', ...operationTypes];
  const types = text.split(',').map((type) => type.trim());
  const unknown = types.find((type) => !known.includes(type));
  if (unknown !== undefined) throw new UsageError(`--type: there is no ${unknown}. Types: ${known.join(', ')}`);
  return types;
}

/**
 * Shows the last events, then each that comes, until the reader has enough or the signal aborts.
 * @throws {UsageError} when there is no log yet
 * @throws {EventStoreError}
 */
export async function tail(config: Config, options: TailOptions, signal: AbortSignal): Promise<void> {
  const paint = painter();
  const show = async (event: StoredEvent): Promise<void> =>
    writeLine(options.json ? JSON.stringify(event) : eventLine(event, paint), signal);
  await withLog(config, async (store) => {
    const head = await store.head();
    const before = head === undefined ? [] : await lastEvents(store, options, options.last, head);
    for (const event of before) {
      if (signal.aborted) return;
      await show(event);
    }
    if (options.follow) await follow(store, head, options, { signal, show });
  });
}

type Following = { readonly signal: AbortSignal; readonly show: (event: StoredEvent) => Promise<void> };

async function follow(
  store: EventStore,
  after: string | undefined,
  { account, types }: EventChoice,
  { signal, show }: Following,
): Promise<void> {
  const from = { ...(after === undefined ? {} : { after }), ...(types === undefined ? {} : { types }) };
  const stream = account === undefined ? undefined : accountStream(account);
  let lost = false;
  for await (const item of store.subscribe({ ...from, signal })) {
    if (item.kind === 'event' && (stream === undefined || item.event.stream === stream)) await show(item.event);
    if (item.kind === 'lost') note(`The store cannot be reached (${item.error.message}); waiting for it.`);
    if (item.kind === 'caughtUp' && lost) note('The store answers again; nothing was missed.');
    lost = item.kind === 'lost' || (lost && item.kind !== 'caughtUp');
  }
}

/** Writes a line, and waits for a reader that is slower than the log. */
async function writeLine(line: string, signal: AbortSignal): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return;
  await once(process.stdout, 'drain', { signal }).catch(() => undefined);
}

/** Aborts at Ctrl-C: that is how it is meant to end. */
export function untilInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
  return interrupted.signal;
}
