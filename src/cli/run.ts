/** `gatehouse run`: a command file, line by line, into the log. Bounded memory; safe to stop and to run again. */
import { createReadStream, createWriteStream, mkdirSync, statSync, type WriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AccountCache } from '../app/accountCache.js';
import { type CommandHandlerDeps, handleCommand } from '../app/handleCommand.js';
import { ImportRun } from '../app/importRun.js';
import { stateOf } from '../../machines/fold.js';
import { verificationState } from '../policy/status.js';
import { readCommandLine } from './commandLine.js';
import { UsageError } from './output.js';
import { startProgress } from './progress.js';

/** Commands under way at once; those of one account still go one after the other. */
const inFlight = 256;

/**
 * Accounts in memory during a run. History comes roughly in order of time, and what happens to one account lies close
 * together: with a thousand, one line in a thousand reads its account again. What is kept longer only becomes old garbage,
 * of which the heap collects a multiple of what lives before it is cleaned.
 */
const accountsInMemory = 1_000;

export type RunSummary = {
  read: number;
  accepted: number;
  unchanged: number;
  repeated: number;
  refused: number;
  malformed: number;
  accounts: number;
  refusedBy: Record<string, number>;
  states: Record<string, number>;
};

export type RunOptions = {
  /** A path, or `-` for standard input. Gzip is recognised by its content. */
  readonly file: string;
  /** Where refused and malformed lines go, one JSON document a line. */
  readonly rejectsFile: string;
  /** Aborting stops reading; what is under way finishes. */
  readonly signal: AbortSignal;
};

/** Where rejects go unless told otherwise. */
export function defaultRejectsFile(data: string, file: string): string {
  const folder = join(data, 'rejects');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${file === '-' ? 'stdin' : basename(file)}.rejects.ndjson`);
}

export async function runFile(
  { store, policy, now }: Omit<CommandHandlerDeps, 'accounts'>,
  options: RunOptions,
): Promise<RunSummary> {
  const { input, total, bytes } = openInput(options.file);
  const deps = { store, policy, now, accounts: new AccountCache(store, accountsInMemory) };
  const run = new FileRun(deps, createWriteStream(options.rejectsFile));
  const progress = startProgress('run', total, 'bytes');
  const stop = (): void => void input.destroy();
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    const source = await decompressed(input);
    const lines = createInterface({ input: source, crlfDelay: Infinity });
    // The iteration throws what the input fails with. Once it is left, a cut-off gzip stream still fails, and nobody listens.
    lines.on('error', () => undefined);
    for await (const text of lines) {
      if (options.signal.aborted) break;
      await run.line(text);
      progress.update(bytes(), `${run.summary.read} lines`);
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
  } finally {
    options.signal.removeEventListener('abort', stop);
    await run.settle();
    progress.finish();
  }
  return run.finish();
}

type Input = { readonly input: Readable; readonly total: number; readonly bytes: () => number };

function openInput(file: string): Input {
  if (file === '-') {
    let read = 0;
    const input = process.stdin.on('data', (chunk: Buffer) => (read += chunk.length)).pause();
    return { input, total: 0, bytes: () => read };
  }
  let total: number;
  try {
    total = statSync(file).size;
  } catch {
    throw new UsageError(`There is no file ${file}.`);
  }
  const input = createReadStream(file);
  return { input, total, bytes: () => input.bytesRead };
}

/** The input as text, unpacked when it begins like gzip. */
async function decompressed(input: Readable): Promise<Readable> {
  const through = new PassThrough();
  input.on('error', (error) => through.destroy(error));
  input.on('close', () => through.end());
  input.pipe(through);
  const first = await new Promise<Buffer | null>((resolve) => {
    through.once('readable', () => resolve(through.read() as Buffer | null));
    through.once('end', () => resolve(null));
  });
  if (first === null) return through;
  through.unshift(first);
  return first[0] === 0x1f && first[1] === 0x8b ? through.pipe(createGunzip()) : through;
}

class FileRun {
  readonly summary: RunSummary = {
    read: 0,
    accepted: 0,
    unchanged: 0,
    repeated: 0,
    refused: 0,
    malformed: 0,
    accounts: 0,
    refusedBy: {},
    states: {},
  };
  readonly #order = new ImportRun();
  /** The verification state of each account named in the file, as this run last saw it. */
  readonly #states = new Map<string, string>();
  readonly #underWay = new Set<Promise<void>>();
  #failure: unknown;

  constructor(
    readonly deps: CommandHandlerDeps,
    readonly rejects: WriteStream,
  ) {}

  /** Takes a line; waits while too many are under way. @throws what made an earlier one fail */
  async line(text: string): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure as Error;
    if (text.trim() === '') return;
    this.summary.read += 1;
    const number = this.summary.read;
    const line = readCommandLine(text, this.deps.now());
    if (typeof line === 'string') {
      this.summary.malformed += 1;
      this.#reject({ line: number, malformed: line });
      return;
    }
    const work = this.#decide(line, number).catch((error: unknown) => {
      this.#failure ??= error;
    });
    this.#underWay.add(work);
    void work.then(() => this.#underWay.delete(work));
    if (this.#underWay.size >= inFlight) await Promise.race(this.#underWay);
  }

  async #decide(line: Exclude<ReturnType<typeof readCommandLine>, string>, number: number): Promise<void> {
    const { accountId, commandId, command, at } = line;
    const imported = at === undefined ? {} : { imported: { at, run: this.#order } };
    const result = await handleCommand(this.deps, { accountId, commandId, command, ...imported });
    if (result.kind !== 'refused') {
      this.summary[result.kind === 'unchanged' ? 'unchanged' : result.repeated ? 'repeated' : 'accepted'] += 1;
      this.#states.set(accountId, verificationState(stateOf(result.account.snapshot)));
      return;
    }
    const state = verificationState(result.state);
    const { code, detail, missing } = result;
    this.summary.refused += 1;
    const key = `${command.name}@${state}`;
    this.summary.refusedBy[key] = (this.summary.refusedBy[key] ?? 0) + 1;
    if (state !== 'none') this.#states.set(accountId, state);
    this.#reject({ line: number, commandId, accountId, command: command.name, state, code, detail, missing });
  }

  #reject(entry: object): void {
    this.rejects.write(`${JSON.stringify(entry)}\n`);
  }

  /** Waits for what is under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async finish(): Promise<RunSummary> {
    await new Promise<void>((resolve, reject) => {
      this.rejects.once('error', reject);
      this.rejects.end(resolve);
    });
    if (this.#failure !== undefined) throw this.#failure as Error;
    for (const state of this.#states.values()) this.summary.states[state] = (this.summary.states[state] ?? 0) + 1;
    this.summary.accounts = this.#states.size;
    return this.summary;
  }
}
