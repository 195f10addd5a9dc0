/** An export as pieces of bytes, pulled by whoever writes them: nothing is read ahead of a slow reader. */
import type { EventStore, Position } from '../eventStore/eventStore.js';
import { eventTable } from './eventTable.js';
import type { Chunk } from './formats/format.js';
import { formats } from './formats/index.js';
import type { ExportRequest, Range } from './request.js';
import { byAccount, inLogOrder } from './source.js';
import type { Table } from './table.js';
import { transitionTable } from './transitionTable.js';

const tables: Readonly<Record<ExportRequest['what'], Table>> = { events: eventTable, transitions: transitionTable };

/** How far an export came, and all that a later run must know to go on from there. */
export type Reached = {
  readonly position: Position;
  /** Rows and bytes from the beginning up to there. */
  readonly rows: number;
  readonly bytes: number;
  /** What the format must be told besides, since the beginning. */
  readonly states: readonly string[];
};

export type Piece = {
  /** May be empty: so that whoever writes can stop, and others have their turn, while nothing is found. */
  readonly bytes: Uint8Array;
  /** Rows so far. */
  readonly rows: number;
  /** Events of the log looked at so far, in this run. */
  readonly looked: number;
  /** There where the export may be taken up again after this piece; `states` are those since the last piece. */
  readonly resumable?: { readonly position: Position; readonly states: readonly string[] };
};

export type ExportJob = {
  readonly store: EventStore;
  readonly request: ExportRequest;
  readonly range: Range;
  /** Most rows of a group, in formats that have groups. */
  readonly rowsOfGroup: number;
};

/** Bytes of a piece, about: cut where the export may be taken up again, or at the latest at the greater figure. */
const pieceBytes = 64 * 1024;
const largestPiece = 1024 * 1024;

/** A piece at least so often, in events looked at. */
const eventsOfPiece = 1_000;

/** Collects what is written until it is a piece. */
class Collected {
  #chunks: Chunk[] = [];
  size = 0;

  add(chunk: Chunk): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.size += chunk.length;
  }

  take(): Uint8Array {
    const taken = this.#chunks;
    this.#chunks = [];
    this.size = 0;
    if (taken.every((chunk) => typeof chunk === 'string')) return Buffer.from(taken.join(''));
    return Buffer.concat(taken.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)));
  }
}

/**
 * The bytes of an export, from the beginning or from where an earlier run stopped. The same log, request and `upTo`
 * give the same bytes, however often it was taken up again.
 * @throws {EventStoreError}
 * @throws {UnreadableEvent} at an event that this program cannot read
 */
export async function* exportPieces(
  { store, request, range, rowsOfGroup }: ExportJob,
  reached?: Reached,
): AsyncGenerator<Piece, void, void> {
  const format = formats[request.format];
  const table = tables[request.what];
  const writer = format.open(table, { rowsOfGroup }, reached);
  const collected = new Collected();
  let rows = reached?.rows ?? 0;
  let looked = 0;
  if (reached === undefined) collected.add(writer.begin());
  const source = format.order === 'account' ? byAccount : inLogOrder;
  for await (const { event, mark } of source(store, request, { ...range, after: reached?.position ?? range.after })) {
    looked += 1;
    const row = event === undefined ? undefined : table.row(event, request.personalData);
    if (row !== undefined) {
      collected.add(writer.row(row));
      rows += 1;
    }
    if (mark !== undefined) collected.add(writer.mark());
    const position = mark !== undefined && writer.isSettled() ? mark : undefined;
    const isFull = collected.size >= (position === undefined ? largestPiece : pieceBytes);
    if (!isFull && looked % eventsOfPiece !== 0) continue;
    const resumable = position === undefined ? {} : { resumable: { position, states: writer.takeState() } };
    yield { bytes: collected.take(), rows, looked, ...resumable };
  }
  collected.add(writer.end());
  yield { bytes: collected.take(), rows, looked };
}
