/** Copies a log into another store: every event with its id, metadata and order; then proves that the two are equal. */
import { v5 as uuidV5 } from 'uuid';
import { type EventStore, type StoredEvent } from '../eventStore/eventStore.js';
import { chainStart, eventIdNamespace, hashOf } from './seal.js';

/** The two logs cannot be one: the message says where they part. Nothing was written after that place. */
export class LogsDiffer extends Error {
  override readonly name = 'LogsDiffer';
}

export type CopyPhase = 'comparing' | 'copying' | 'verifying';

export type CopyOptions = {
  readonly signal: AbortSignal;
  /** Told now and then how many events of the source were gone through. */
  readonly onProgress?: (phase: CopyPhase, events: number) => void;
};

export type Copied = {
  /** Events in the source, and so in the target. */
  readonly events: number;
  readonly streams: number;
  /** Events that were there from an earlier run. */
  readonly found: number;
  readonly copied: number;
  /** Whether all was copied and verified; false when it was stopped. */
  readonly complete: boolean;
};

/** What one append takes at most: below the 1 MiB of EventStoreDB. */
const batchEvents = 500;
const batchBytes = 800_000;

/**
 * Goes on from where an earlier run stopped: what the target holds must be the beginning of the source.
 * @throws {LogsDiffer} when the target holds something else, or somebody else writes to it
 * @throws {EventStoreError}
 */
export async function copyLog(from: EventStore, to: EventStore, options: CopyOptions): Promise<Copied> {
  const { signal, onProgress = () => undefined } = options;
  const there = to.readAll({ signal })[Symbol.asyncIterator]();
  let [found, copied] = [0, 0];
  let batch: StoredEvent[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await appendAll(to, batch);
    copied += batch.length;
    batch = [];
    bytes = 0;
    onProgress(found > 0 && copied === 0 ? 'comparing' : 'copying', found + copied);
  };
  let targetEnded = false;
  for await (const event of from.readAll({ signal })) {
    if (!targetEnded) {
      const next = await there.next();
      if (next.done !== true) {
        assertSame(event, next.value);
        found += 1;
        if (found % 1_000 === 0) onProgress('comparing', found);
        continue;
      }
      if (signal.aborted) break;
      targetEnded = true;
    }
    const size = JSON.stringify(event).length;
    const goesOn = batch[0]?.stream === event.stream && batch.length < batchEvents && bytes + size <= batchBytes;
    if (!goesOn) await flush();
    if (signal.aborted) break;
    batch.push(event);
    bytes += size;
  }
  if (!signal.aborted) await flush();
  await there.return?.();
  const verified = signal.aborted ? undefined : await verify(from, to, options);
  return { found, copied, ...(verified ?? { events: found + copied, streams: 0, complete: false }) };
}

/** Consecutive events of one stream, in one append. */
async function appendAll(to: EventStore, events: readonly StoredEvent[]): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const expected = first.revision === 0 ? 'noStream' : first.revision - 1;
  const proposed = events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }));
  const result = await to.append(first.stream, expected, proposed);
  if (result.kind === 'conflict') {
    throw new LogsDiffer(
      `${first.stream} is at ${String(result.actual)} in the target, not at ${String(expected)}: ` +
        'somebody else writes to it. Stop them, and copy into an empty store.',
    );
  }
}

/** Both logs from the beginning, side by side: the same events, each chained to the one before it in its stream. */
async function verify(from: EventStore, to: EventStore, { signal, onProgress = () => undefined }: CopyOptions) {
  const heads = new Map<string, string>();
  const there = to.readAll({ signal })[Symbol.asyncIterator]();
  let events = 0;
  for await (const event of from.readAll({ signal })) {
    const next = await there.next();
    if (signal.aborted) return undefined;
    // Written to the source after the copy began to be verified: the next run brings it.
    if (next.done === true) break;
    assertSame(event, next.value);
    assertChained(next.value, heads);
    events += 1;
    if (events % 1_000 === 0) onProgress('verifying', events);
  }
  const more = await there.next();
  if (signal.aborted) return undefined;
  if (more.done !== true)
    throw new LogsDiffer(`The target goes on after the source ends, with ${placeOf(more.value)}.`);
  await there.return?.();
  return { events, streams: heads.size, complete: true };
}

function assertSame(source: StoredEvent, target: StoredEvent): void {
  const same =
    source.stream === target.stream &&
    source.revision === target.revision &&
    source.id === target.id &&
    source.type === target.type &&
    JSON.stringify(source.data) === JSON.stringify(target.data) &&
    JSON.stringify(source.metadata) === JSON.stringify(target.metadata);
  if (same) return;
  throw new LogsDiffer(
    `The target holds another log: ${placeOf(target)} stands where the source has ${placeOf(source)}. ` +
      'Copy into an empty store.',
  );
}

/** The hash chain of the stream, and the id that follows from the hash. */
function assertChained({ stream, revision, type, id, data, metadata }: StoredEvent, heads: Map<string, string>): void {
  const { hash, ...rest } = metadata;
  const whole =
    rest['previousHash'] === (heads.get(stream) ?? chainStart(stream)) &&
    hash === hashOf({ stream, revision, type, data, metadata: rest }) &&
    id === uuidV5(hash, eventIdNamespace);
  if (!whole) throw new LogsDiffer(`${stream} revision ${revision} is not what was written: its hash does not fit.`);
  heads.set(stream, hash);
}

function placeOf({ stream, revision, id }: StoredEvent): string {
  return `${stream} revision ${revision} (${id})`;
}
