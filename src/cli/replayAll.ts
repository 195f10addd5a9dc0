/** `gatehouse replay --all`: every stored stream through the chart. */
import type { Config, EventStoreChoice } from '../config.js';
import { eventsUpTo } from '../eventStore/eventStore.js';
import { describeLog, openStoreForReading } from '../parts.js';
import type { Divergence, Replayed } from '../replay/divergence.js';
import { type SelectableField, selectableFields, type Selection } from '../replay/selection.js';
import { plain } from './colour.js';
import { divergenceText } from './divergenceText.js';
import { note, print, UsageError } from './output.js';
import { startProgress } from './progress.js';
import { replayInThreads } from './replayThreads.js';

/**
 * Replays the configured log.
 * @param threads how many; as many as there are cores, unless given
 * @throws {UsageError} when there is no log yet
 */
export async function replayAll(
  config: Config,
  selection: Selection,
  signal: AbortSignal,
  threads?: number,
): Promise<Replayed> {
  return replayStore(config.eventStore, describeLog(config), selection, signal, threads);
}

/** Replays a log. @param shown how it is called in messages */
export async function replayStore(
  log: EventStoreChoice,
  shown: string,
  selection: Selection,
  signal: AbortSignal,
  threads?: number,
): Promise<Replayed> {
  const progress = startProgress('replay', await countOf(log, shown), 'events');
  try {
    return await replayInThreads({
      log,
      selection,
      signal,
      onProgress: (events) => progress.update(events),
      ...(threads === undefined ? {} : { threads }),
    });
  } finally {
    progress.finish();
  }
}

/** About how many events there are, where positions count them; 0 where they do not. @throws {UsageError} */
async function countOf(log: EventStoreChoice, shown: string): Promise<number> {
  const store = openStoreForReading(log);
  if (store === undefined) throw new UsageError(`There is no store at ${shown} yet.`);
  try {
    return eventsUpTo(await store.head());
  } finally {
    await store.close();
  }
}

/** Reads `<field>=<value>`. @throws {UsageError} with the fields there are */
export function conditionOf(text: string): { field: SelectableField; value: string } {
  const [name = '', ...rest] = text.split('=');
  const field = selectableFields.find((known) => known === name);
  if (field === undefined || rest.length === 0) {
    throw new UsageError(`--where takes <field>=<value>, not ${text}. Fields: ${selectableFields.join(', ')}.`);
  }
  return { field, value: rest.join('=') };
}

/** So many divergences are printed one by one; all of them are in the JSON. */
const mostPrinted = 50;

export function printReplayed({ streams, events, divergences, complete }: Replayed): void {
  const whole = complete ? '' : ' Stopped before the end.';
  if (divergences.length === 0)
    print(`${events} events in ${streams} streams: each is a legal run of the chart.${whole}`);
  else print(`${events} events in ${streams} streams; ${divergences.length} streams part from the chart.${whole}`);
  for (const divergence of divergences.slice(0, mostPrinted)) printDivergence(divergence);
  const more = divergences.length - mostPrinted;
  if (more > 0) note(`… and ${more} more; --json lists them all.`);
}

export function printDivergence(divergence: Divergence): void {
  const { position, stream, revision, type, kind } = divergence;
  print(plain(`${position}  ${stream} revision ${revision}  ${type ?? '?'}  ${kind}: ${divergenceText(divergence)}`));
}
