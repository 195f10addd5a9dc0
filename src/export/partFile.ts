/**
 * An export to a file while it is not finished: `<out>.part` with the bytes, `<out>.part.state` with how far they are
 * good. The state is a line for what was asked for, then a line for each place where the export can be taken up again,
 * each written when the bytes before it are on the disk. A kill leaves bytes after the last such place, and perhaps half
 * a line: both are cut off when it goes on.
 */
import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Position } from '../eventStore/eventStore.js';
import type { OperationData } from '../events/operations.js';
import type { Piece, Reached } from './exporting.js';

/** What the part is of; the same log, so that two never mix in one file. */
export type PartHeader = { readonly started: OperationData<'ExportStarted'>; readonly log: string };

/** The whole of the bytes, when only the last steps are left. */
export type Whole = { readonly rows: number; readonly bytes: number; readonly sha256: string };

/** What an earlier run left behind. */
export type FoundPart = {
  readonly header: PartHeader;
  /** Where it can go on; undefined: from the beginning. */
  readonly reached: Reached | undefined;
  readonly whole: Whole | undefined;
  /** The length of the lines of the state that are whole, in bytes. */
  readonly goodState: number;
};

/** A part that cannot be gone on with; the message says the remedy. */
export class PartUnusable extends Error {
  override readonly name = 'PartUnusable';
}

type Line = PartHeader | Whole | { position: Position; rows: number; bytes: number; states: readonly string[] };

export function filesOfPart(out: string) {
  return { part: `${out}.part`, state: `${out}.part.state` };
}

/** The lines that were written whole, and their length in bytes. */
function readState(file: string): { readonly lines: readonly Line[]; readonly length: number } {
  const lines: Line[] = [];
  let length = 0;
  for (const text of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    try {
      lines.push(JSON.parse(text) as Line);
    } catch {
      break;
    }
    length += Buffer.byteLength(text) + 1;
  }
  return { lines, length };
}

/** What an earlier run left of the export to this file; undefined when there is nothing to go on with. */
export function findPart(out: string): FoundPart | undefined {
  const { part, state } = filesOfPart(out);
  if (!existsSync(part) || !existsSync(state)) return undefined;
  const { lines, length } = readState(state);
  const [header, ...places] = lines;
  if (header === undefined || !('started' in header)) return undefined;
  const states: string[] = [];
  let [reached, whole]: [Reached | undefined, Whole | undefined] = [undefined, undefined];
  for (const place of places) {
    if ('sha256' in place) whole = place;
    if (!('position' in place)) continue;
    states.push(...place.states);
    reached = { ...place, states };
  }
  if (statSync(part).size < ((whole ?? reached)?.bytes ?? 0)) {
    throw new PartUnusable(`${part} is shorter than it was. Remove it to begin anew.`);
  }
  return { header, reached, whole, goodState: length };
}

export class PartFile {
  readonly #out: string;
  readonly #part: number;
  readonly #state: number;
  readonly #sha256: Hash = createHash('sha256');
  #stateLength = 0;
  /** What the format must be told besides, of what came after the last line of the state. */
  #waiting: string[] = [];
  /** Bytes written after the last line of the state. */
  #since = 0;
  rows = 0;
  bytes = 0;

  /**
   * @param found what it goes on with; a new export begins, over whatever is there, when it is undefined
   * @param everyBytes so many bytes at most are written again after a kill, or one piece where that is more
   * @throws {PartUnusable}
   */
  constructor(
    out: string,
    header: PartHeader,
    found: FoundPart | undefined,
    readonly everyBytes: number,
  ) {
    this.#out = out;
    const { part, state } = filesOfPart(out);
    // What is exported may be personal: for its owner alone.
    this.#part = openSync(part, found === undefined ? 'w+' : 'r+', 0o600);
    this.#state = openSync(state, found === undefined ? 'w' : 'r+', 0o600);
    if (found === undefined) this.#line(header);
    else this.#goOn(found);
  }

  #goOn({ reached, whole, goodState }: FoundPart): void {
    const { rows, bytes } = whole ?? reached ?? { rows: 0, bytes: 0 };
    ftruncateSync(this.#part, bytes);
    ftruncateSync(this.#state, goodState);
    this.rows = rows;
    const chunk = Buffer.alloc(1024 * 1024);
    while (this.bytes < bytes) {
      const read = readSync(this.#part, chunk, 0, chunk.length, this.bytes);
      this.#sha256.update(chunk.subarray(0, read));
      this.bytes += read;
    }
    this.#stateLength = goodState;
    if (whole !== undefined && this.#sha256.copy().digest('hex') !== whole.sha256) {
      throw new PartUnusable(`${filesOfPart(this.#out).part} was changed since. Remove it to begin anew.`);
    }
  }

  #line(line: Line): void {
    const text = Buffer.from(`${JSON.stringify(line)}\n`);
    writeSync(this.#state, text, 0, text.length, this.#stateLength);
    this.#stateLength += text.length;
  }

  /** Writes a piece; from time to time also that the export can be taken up again after it. */
  write({ bytes, rows, resumable }: Piece): void {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(this.#part, bytes, written, bytes.length - written, this.bytes + written);
    }
    this.#sha256.update(bytes);
    this.bytes += bytes.length;
    this.#since += bytes.length;
    this.rows = rows;
    if (resumable === undefined) return;
    this.#waiting.push(...resumable.states);
    if (this.#since < this.everyBytes) return;
    fdatasyncSync(this.#part);
    this.#line({ position: resumable.position, rows, bytes: this.bytes, states: this.#waiting });
    this.#waiting = [];
    this.#since = 0;
  }

  /** All pieces were written: only that remains to be told, and the file to get its name. @returns their SHA-256 */
  whole(): string {
    const whole = { rows: this.rows, bytes: this.bytes, sha256: this.#sha256.copy().digest('hex') };
    fdatasyncSync(this.#part);
    this.#line(whole);
    fdatasyncSync(this.#state);
    return whole.sha256;
  }

  close(): void {
    closeSync(this.#part);
    closeSync(this.#state);
  }

  /** Gives the closed file its name. */
  finish(): void {
    const { part, state } = filesOfPart(this.#out);
    renameSync(part, this.#out);
    rmSync(state);
  }
}
