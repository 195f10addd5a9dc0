/**
 * The folder of checkpoints: `<number>.ndjson`, each complete and durable before it has its name. The first line is the
 * checkpoint, the others are the heads that changed: read line by line, however many streams there are.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChangedHead, type Checkpoint, readCheckpoint, readHead, UnreadableCheckpoint } from './checkpoint.js';

const publicKeyName = 'public-key.pem';
const checkpointName = /^(\d{12})\.ndjson$/;
const temporaryName = /\.tmp$/;

/** A file without its name for so long, in milliseconds, is of a process that died: an hour. */
const staleAfter = 60 * 60 * 1_000;

/** So much is gathered before it is written, in characters. */
const chunk = 65_536;

export class CheckpointFolder {
  /** @param path made when a checkpoint is first written */
  constructor(readonly path: string) {}

  /** The numbers of its checkpoints, the first one first; none where there is no folder. */
  async numbers(): Promise<number[]> {
    const names = await readdir(this.path).catch(missing<string[]>([]));
    return names
      .map((name) => Number(checkpointName.exec(name)?.[1] ?? 0))
      .filter((number) => number > 0)
      .sort((a, b) => a - b);
  }

  /** The name of a checkpoint's file. */
  nameOf(number: number): string {
    return `${String(number).padStart(12, '0')}.ndjson`;
  }

  /** The file of a checkpoint. */
  fileOf(number: number): string {
    return join(this.path, this.nameOf(number));
  }

  /**
   * Reads a checkpoint.
   * @param onHead told of each of its heads, line by line; without it, they are not read
   * @throws {UnreadableCheckpoint}
   */
  async read(number: number, onHead?: (head: ChangedHead) => void): Promise<Checkpoint> {
    let checkpoint: Checkpoint | undefined;
    let heads = 0;
    // Leaving the loop, however, closes the file.
    for await (const line of linesOf(this.fileOf(number))) {
      if (checkpoint === undefined) {
        checkpoint = firstOf(number, line);
        if (onHead === undefined) return checkpoint;
      } else {
        heads += 1;
        onHead?.(readHead(line));
      }
    }
    if (checkpoint === undefined) throw new UnreadableCheckpoint('It is empty.');
    if (heads === checkpoint.heads) return checkpoint;
    throw new UnreadableCheckpoint(`It says that ${checkpoint.heads} heads follow; there are ${heads}.`);
  }

  /**
   * Writes a checkpoint, unless there is one of its number: of two that write at once, one does.
   * @returns whether it was this one
   */
  async write(checkpoint: Checkpoint, heads: Iterable<ChangedHead>): Promise<boolean> {
    return writeOnce(this.path, this.fileOf(checkpoint.statement.number), textOf(checkpoint, heads));
  }

  /** The public key beside the checkpoints; undefined before the first one. */
  async publicKey(): Promise<string | undefined> {
    return readFile(join(this.path, publicKeyName), 'utf8').catch(missing(undefined));
  }

  /** Puts the public key beside the checkpoints, unless there is one. */
  async keepPublicKey(pem: string): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    await writeOnce(this.path, join(this.path, publicKeyName), [pem]);
  }

  /** Removes what processes that died have left. @param now in milliseconds since 1970 */
  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.path).catch(missing<string[]>([]))) {
      if (!temporaryName.test(name)) continue;
      const file = join(this.path, name);
      const found = await stat(file).catch(missing(undefined));
      if (found !== undefined && found.mtimeMs < now - staleAfter) await rm(file, { force: true });
    }
  }
}

/** What to give where a file is not there. Any other failure stays one. */
function missing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead;
    throw error;
  };
}

/**
 * Makes a file for its owner alone, whole and durable before it has its name, unless the name is taken.
 * @param folder where it waits for its name: on the same file system
 * @returns whether it was made
 */
export async function writeOnce(folder: string, file: string, text: Iterable<string>): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      for (const part of gathered(text)) await handle.appendFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Unlike a rename, a link never takes the place of what another process has put there.
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(folder);
  return true;
}

/** A new name is durable when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function* gathered(parts: Iterable<string>): Iterable<string> {
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < chunk) continue;
    yield text;
    text = '';
  }
  yield text;
}

function* textOf(checkpoint: Checkpoint, heads: Iterable<ChangedHead>): Iterable<string> {
  yield `${JSON.stringify(checkpoint)}\n`;
  for (const head of heads) yield `${JSON.stringify(head)}\n`;
}

/** The lines of a file. What is not ended by a line feed is no line of ours. @throws {UnreadableCheckpoint} */
async function* linesOf(file: string): AsyncGenerator<string, void, void> {
  let rest = '';
  for await (const text of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new UnreadableCheckpoint('Its end is not as it was written.');
}

function firstOf(number: number, line: string): Checkpoint {
  const checkpoint = readCheckpoint(line);
  if (checkpoint.statement.number === number) return checkpoint;
  throw new UnreadableCheckpoint(`It is checkpoint ${checkpoint.statement.number} by another one's name.`);
}
