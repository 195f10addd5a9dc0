/** What every format of an export is: how rows become bytes, piece by piece. */
import type { ExportFormatName } from '../../events/operations.js';
import type { Row, Table } from '../table.js';

/** Bytes or text; the empty text where nothing leaves yet. */
export type Chunk = string | Uint8Array;

/** Where an earlier run of the same export stopped. */
export type Resumed = {
  readonly bytes: number;
  /** What `takeState` gave up to there, in order. */
  readonly states: readonly string[];
};

export type FormatOptions = {
  /** Most rows that wait in memory, for a format that writes them in groups. */
  readonly rowsOfGroup: number;
};

/** One export being written. */
export type FormatWriter = {
  /** What comes before the first row; not asked of a writer that was resumed. */
  readonly begin: () => Chunk;
  readonly row: (row: Row) => Chunk;
  /** The export may be taken up again after here, as far as the log's side goes. */
  readonly mark: () => Chunk;
  /** Whether every row that was added has left, so that what comes next does not depend on what came before. */
  readonly isSettled: () => boolean;
  /** What a resumed writer must be told of what was written since the last call, where the bytes alone are not enough. */
  readonly takeState: () => readonly string[];
  /** What comes after the last row. */
  readonly end: () => Chunk;
};

export type Format = {
  readonly name: ExportFormatName;
  readonly mediaType: string;
  /** In which order it needs the events. */
  readonly order: 'log' | 'account';
  /** Whether a reader of the bytes alone can go on after the last row it has, by that row's position. */
  readonly resumableByRow: boolean;
  readonly open: (table: Table, options: FormatOptions, resumed?: Resumed) => FormatWriter;
};

/** A writer of a format in which a row is bytes of its own, whatever is around it. */
export function rowByRow(begin: () => Chunk, row: (row: Row) => Chunk): FormatWriter {
  return { begin, row, mark: () => '', isSettled: () => true, takeState: () => [], end: () => '' };
}
