/** Who took what out of the log, and when: recorded in the log itself, before the first byte leaves and after the last. */
import { chainStart, hashOf, seal } from '../app/seal.js';
import type { EventStore, Position } from '../eventStore/eventStore.js';
import { type EventMetadata, toJson } from '../events/envelope.js';
import { exportsStream, type Operation, operationCatalogue, type OperationData } from '../events/operations.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';

/** The stream's last event, as far as it is known. */
type Head = { readonly revision: number; readonly hash: string };

const noHead: Head = { revision: -1, hash: chainStart(exportsStream) };

/** So often an append is tried again after one of another process came first. */
const mostConflicts = 50;

export class ExportRecords {
  #head = noHead;
  /** Records wait for one another here: side by side, all but one would come too late, and again, and again. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly store: EventStore,
    readonly now: () => Instant,
  ) {}

  /**
   * Appends what happened to an export.
   * @returns its position, once it is durable
   * @throws {EventStoreError}
   */
  async record(operation: Operation, actor: Actor): Promise<Position> {
    const recorded = this.#last.then(async () => this.#append(operation, actor));
    this.#last = recorded.catch(() => undefined);
    return recorded;
  }

  async #append(operation: Operation, actor: Actor): Promise<Position> {
    const data = operationCatalogue[operation.type].parse(operation.data);
    for (let conflicts = 0; conflicts < mostConflicts; conflicts++) {
      const head = await this.#readOn();
      const event = seal({
        stream: exportsStream,
        revision: head.revision + 1,
        type: operation.type,
        data,
        metadata: metadataOf(operation, head, actor, this.now()),
      });
      const result = await this.store.append(exportsStream, head.revision === -1 ? 'noStream' : head.revision, [event]);
      if (result.kind === 'conflict') continue;
      this.#head = { revision: result.revision, hash: event.metadata['hash'] as string };
      return result.position;
    }
    throw new Error(`${exportsStream}: ${mostConflicts} appends in a row came too late`);
  }

  /** Others may have written since: other nodes, the command line. */
  async #readOn(): Promise<Head> {
    for await (const { revision, metadata } of this.store.read(exportsStream, { from: this.#head.revision + 1 })) {
      this.#head = { revision, hash: metadata['hash'] as string };
    }
    return this.#head;
  }
}

const ofStores = new WeakMap<EventStore, ExportRecords>();

/** The records of a store that this process keeps open: the same for everybody who asks. */
export function exportRecordsOf(store: EventStore, now: () => Instant): ExportRecords {
  const known = ofStores.get(store);
  if (known !== undefined) return known;
  const records = new ExportRecords(store, now);
  ofStores.set(store, records);
  return records;
}

/** An error in the words that are recorded: bounded, and never empty. */
export function whyOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return Array.from(message).slice(0, 1_000).join('').trim() || 'no message';
}

function metadataOf(
  { type, data }: Operation,
  { revision, hash }: Head,
  actor: Actor,
  at: Instant,
): Omit<EventMetadata, 'hash'> {
  const commandId = `${data.exportId}:${type}:${revision + 1}`;
  return {
    commandId,
    commandDigest: hashOf({ name: type, data: toJson(data) }),
    correlationId: data.exportId,
    causationId: commandId,
    actor,
    occurredAt: at,
    recordedAt: at,
    schemaVersion: 1,
    machineVersion: 0,
    from: null,
    to: null,
    previousHash: hash,
  };
}

/** An export as the log tells of it; `unfinished` is one under way, or one that was killed. */
export type ExportLine = OperationData<'ExportStarted'> & {
  readonly state: 'unfinished' | 'completed' | 'stopped' | 'failed';
  readonly actor: Actor;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly why: string | null;
  /** Where its first event stands in the stream of exports. */
  readonly revision: number;
};

/**
 * Exports, the latest first, in bounded memory.
 * @param limit how many at most
 * @param before only those that began before this revision of the stream
 */
export async function listExports(store: EventStore, limit: number, before = Infinity): Promise<ExportLine[]> {
  const lines = new Map<string, ExportLine>();
  for await (const { type, data, metadata, revision } of store.read(exportsStream)) {
    const { actor, recordedAt } = metadata as unknown as EventMetadata;
    const { exportId } = data as { exportId: string };
    if (type === 'ExportStarted') {
      if (revision >= before) continue;
      const started = data as unknown as OperationData<'ExportStarted'>;
      lines.set(exportId, { ...started, ...notEnded, state: 'unfinished', actor, startedAt: recordedAt, revision });
      const [oldest] = lines.keys();
      if (lines.size > limit && oldest !== undefined) lines.delete(oldest);
      continue;
    }
    const line = lines.get(exportId);
    if (line !== undefined) lines.set(exportId, { ...line, ...endOf(type, data, recordedAt) });
  }
  return [...lines.values()].toReversed();
}

const notEnded = { endedAt: null, rows: null, bytes: null, sha256: null, why: null };

const stateAfter: Readonly<Record<string, ExportLine['state']>> = {
  ExportResumed: 'unfinished',
  ExportCompleted: 'completed',
  ExportStopped: 'stopped',
  ExportFailed: 'failed',
};

/** What an event after the first says of the export. */
function endOf(type: string, data: object, at: Instant): Partial<ExportLine> {
  const {
    rows,
    bytes,
    sha256 = null,
    why = null,
  } = data as Partial<OperationData<'ExportCompleted'>> & { why?: string };
  const state = stateAfter[type] ?? 'unfinished';
  return { state, endedAt: state === 'unfinished' ? null : at, rows: rows ?? null, bytes: bytes ?? null, sha256, why };
}
