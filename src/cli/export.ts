/**
 * `gatehouse export`: reads the log beside whoever writes it. Only the record of the export is written: through the
 * service when one is running, else into the log itself, which is held no longer than that takes.
 */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import { type EventStore, eventsUpTo, StoreLocked } from '../eventStore/eventStore.js';
import { takeFolderLock } from '../eventStore/sqliteLock.js';
import { type Operation, operationCatalogue, type OperationData } from '../events/operations.js';
import type { Actor } from '../events/vocabulary.js';
import { exportPieces, type Piece, type Reached } from '../export/exporting.js';
import { filesOfPart, findPart, type FoundPart, PartFile, PartUnusable } from '../export/partFile.js';
import { ExportRecords, whyOf } from '../export/records.js';
import type { ExportRequest } from '../export/request.js';
import { hasAccount } from '../export/source.js';
import { describeLog, openLog, openLogForReading, systemClock } from '../parts.js';
import { logIdentity } from '../readModels/matchLog.js';
import { checkFolderOf } from './checkFolder.js';
import { note, UsageError } from './output.js';
import { startProgress } from './progress.js';
import { ownTokens, runningService } from './sender.js';

type Started = OperationData<'ExportStarted'>;

export type Exported = OperationData<'ExportResumed'> & {
  readonly what: Started['what'];
  readonly format: Started['format'];
  /** The file; null for standard output. */
  readonly out: string | null;
  /** Of all bytes; null when it was stopped. */
  readonly sha256: string | null;
  /** Whether all was written; false when it was stopped. */
  readonly complete: boolean;
};

/** @param reason why personal data is needed; compulsory with it */
export type ExportOptions = ExportRequest & { readonly reason: string | undefined };

/** Where the bytes go. */
type Target = {
  readonly rows: number;
  readonly bytes: number;
  readonly write: (piece: Piece) => Promise<void> | void;
  /** All pieces were written. @returns their SHA-256 */
  readonly whole: () => string;
};

/** Rows of a Parquet group. */
const rowsOfGroup = 20_000;

/** So many bytes at most are written again after a kill, or one piece where that is more. */
const everyBytes = 1024 * 1024;

const actor: Actor = { type: 'admin', id: 'command-line' };

/**
 * Writes a file, or goes on with one that an earlier run of the same request left unfinished.
 * @throws {UsageError} when there is no such log or account, or something else is in the way
 */
export async function exportToFile(
  config: Config,
  options: ExportOptions,
  out: string,
  signal: AbortSignal,
): Promise<Exported> {
  checkFolderOf(out, '--out');
  return withLog(config, (store) =>
    alone(out, async () => {
      if (existsSync(out)) throw new UsageError(`${out} is there already. Remove it, or name another file with --out.`);
      const asked = { started: await startedOf(store, options), log: (await logIdentity(store)) ?? '' };
      const found = partOf(out, asked);
      const header = found?.header ?? asked;
      if (found === undefined) await record(config, { type: 'ExportStarted', data: header.started });
      const part = usable(() => new PartFile(out, header, found, everyBytes));
      try {
        if (found !== undefined) await recordResumed(config, header.started, part);
        const pieces = found?.whole === undefined ? piecesOf(store, header.started, found?.reached) : [];
        const exported = await carryOut(config, header.started, pieces, part, signal);
        if (exported.complete) part.finish();
        return { ...exported, out };
      } finally {
        part.close();
      }
    }),
  );
}

/** One run at a time for a file: two would cut off each other's bytes. The lock goes with its process. */
async function alone<T>(out: string, work: () => Promise<T>): Promise<T> {
  const lock = `${filesOfPart(out).part}.lock`;
  const release = lockOf(lock);
  try {
    return await work();
  } finally {
    release();
    rmSync(lock, { force: true });
  }
}

function lockOf(file: string): () => void {
  try {
    return takeFolderLock(file);
  } catch (error) {
    if (error instanceof StoreLocked) throw new UsageError(`Another run is writing this file: it holds ${file}.`);
    throw error;
  }
}

async function recordResumed(config: Config, { exportId }: Started, { rows, bytes }: PartFile): Promise<void> {
  note(`Going on after ${rows} rows.`);
  await record(config, { type: 'ExportResumed', data: { exportId, rows, bytes } });
}

/**
 * Writes to standard output, at the pace of whoever reads it. There is no going on after a stop.
 * @throws {UsageError} when there is no such log or account
 */
export async function exportToStdout(config: Config, options: ExportOptions, signal: AbortSignal): Promise<Exported> {
  return withLog(config, async (store) => {
    const started = await startedOf(store, options);
    await record(config, { type: 'ExportStarted', data: started });
    const exported = await carryOut(config, started, piecesOf(store, started), new Stdout(signal), signal);
    return { ...exported, out: null };
  });
}

class Stdout implements Target {
  readonly #sha256 = createHash('sha256');
  rows = 0;
  bytes = 0;

  constructor(readonly signal: AbortSignal) {}

  async write({ rows, bytes }: Piece): Promise<void> {
    this.rows = rows;
    this.bytes += bytes.length;
    this.#sha256.update(bytes);
    if (bytes.length === 0 || process.stdout.write(bytes)) return;
    await once(process.stdout, 'drain', { signal: this.signal }).catch(() => undefined);
  }

  whole(): string {
    return this.#sha256.digest('hex');
  }
}

async function withLog<T>(config: Config, use: (store: EventStore) => Promise<T>): Promise<T> {
  const store = openLogForReading(config);
  if (store === undefined) throw new UsageError(`There is no store at ${describeLog(config)} yet.`);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** What is recorded of the request: it covers the log as it is now. */
async function startedOf(store: EventStore, options: ExportOptions): Promise<Started> {
  if (options.accountId !== undefined && !(await hasAccount(store, options.accountId))) {
    throw new UsageError(`There is no account ${options.accountId}.`);
  }
  const made = { exportId: randomUUID(), via: 'cli', upTo: await store.head() };
  return operationCatalogue.ExportStarted.parse({ ...options, ...made });
}

/** What an earlier run of the same request left. @throws {UsageError} when it was another request */
function partOf(out: string, asked: { readonly started: Started; readonly log: string }): FoundPart | undefined {
  const found = usable(() => findPart(out));
  if (found === undefined) return undefined;
  const { part, state } = filesOfPart(out);
  const remedy = `Finish that one, or remove ${part} and ${state} to begin anew.`;
  if (found.header.log !== asked.log) throw new UsageError(`${part} is of another log. ${remedy}`);
  const before = requestText(found.header.started);
  if (before === requestText(asked.started)) return found;
  throw new UsageError(`${part} is of another export: ${before}. ${remedy}`);
}

/** What makes two runs the same export: all that was asked for. */
function requestText({ exportId: _id, upTo: _upTo, via: _via, ...request }: Started): string {
  return JSON.stringify(request);
}

function usable<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof PartUnusable) throw new UsageError(error.message);
    throw error;
  }
}

function piecesOf(store: EventStore, started: Started, reached?: Reached): AsyncIterable<Piece> {
  return exportPieces({ store, request: started, range: { upTo: started.upTo }, rowsOfGroup }, reached);
}

/** Writes the pieces, and records what became of them. */
async function carryOut(
  config: Config,
  { exportId, what, format, upTo }: Started,
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  target: Target,
  signal: AbortSignal,
): Promise<Omit<Exported, 'out'>> {
  const progress = startProgress('export', eventsUpTo(upTo), 'events');
  const reached = () => ({ exportId, rows: target.rows, bytes: target.bytes });
  try {
    for await (const piece of pieces) {
      if (signal.aborted) break;
      await target.write(piece);
      progress.update(piece.looked, `${piece.rows} rows`);
      // A Ctrl-C has its turn.
      await nextTurn();
    }
    if (signal.aborted) {
      await record(config, { type: 'ExportStopped', data: { ...reached(), why: 'interrupted' } });
      return { ...reached(), what, format, sha256: null, complete: false };
    }
    const sha256 = target.whole();
    await record(config, { type: 'ExportCompleted', data: { ...reached(), sha256 } });
    return { ...reached(), what, format, sha256, complete: true };
  } catch (error) {
    await recordFailure(config, reached(), error);
    throw error;
  } finally {
    progress.finish();
  }
}

/** The failure itself is what is told; that it could not be recorded comes on top. */
async function recordFailure(config: Config, reached: OperationData<'ExportResumed'>, error: unknown): Promise<void> {
  try {
    await record(config, { type: 'ExportFailed', data: { ...reached, why: whyOf(error) } });
  } catch (second) {
    note(`That it failed could not be recorded: ${whyOf(second)}`);
  }
}

/** How often, and after how many milliseconds, a record is tried again while another command writes to the log. */
const mostTries = 10;
const pause = 500;

/** @throws {StoreLocked} when another command writes to the log all the while */
async function record(config: Config, operation: Operation): Promise<void> {
  for (let tries = 1; ; tries++) {
    const url = await runningService(config);
    try {
      await (url === undefined ? recordHere(config, operation) : recordThere(config, url, operation));
      return;
    } catch (error) {
      // It may also be a service that starts just now: asked again, it answers.
      if (!(error instanceof StoreLocked) || tries === mostTries) throw error;
      await sleep(pause);
    }
  }
}

async function recordHere(config: Config, operation: Operation): Promise<void> {
  const store = openLog(config);
  try {
    await new ExportRecords(store, systemClock).record(operation, actor);
  } finally {
    await store.close();
  }
}

async function recordThere(config: Config, url: string, operation: Operation): Promise<void> {
  const own = ownTokens(config);
  try {
    const response = await fetch(`${url}/v1/exports`, {
      method: 'POST',
      headers: { 'Authorization': `Bearer ${own.tokenFor(actor)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(operation),
    });
    if (response.ok) return;
    const { detail } = (await response.json()) as { detail?: string };
    throw new Error(`the service at ${url} did not record the export: ${detail ?? response.statusText}`);
  } finally {
    own.close();
  }
}
