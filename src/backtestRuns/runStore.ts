/**
 * Backtests in SQLite, in the data folder: a finished one can be looked at again later, and the requests that differ do
 * not fill the memory. The file holds nothing that could not be worked out again.
 */
import type Database from 'better-sqlite3';
import type { ScreeningOutcome } from '../backtest/again.js';
import type { ReplayedRequest } from '../backtest/requests.js';
import { Sqlite } from '../sqlite.js';
import { type BacktestRun, isOver } from './run.js';

const formatVersion = 1;

/** So many runs are kept; the oldest that is over makes room for a new one. */
const mostRuns = 20;

const schema = `
  CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, run TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS differences (
    run TEXT NOT NULL, number INTEGER NOT NULL, before TEXT, after TEXT, refused INTEGER NOT NULL, request TEXT NOT NULL,
    PRIMARY KEY (run, number)
  ) WITHOUT ROWID;
`;

/** Which of the requests that differ. */
export type DifferenceQuery = {
  readonly before?: ScreeningOutcome | undefined;
  readonly after?: ScreeningOutcome | undefined;
  /** Only those of which the candidate refuses a person's approval. */
  readonly refused?: boolean | undefined;
  /** Those after this number, the first one's being 1. */
  readonly from: number;
  readonly limit: number;
};

export type NumberedDifference = { readonly number: number; readonly request: ReplayedRequest };

/** The file cannot be used as it is. */
export class BacktestsUnusable extends Error {
  override readonly name = 'BacktestsUnusable';
}

export class RunStore {
  readonly #db: Database.Database;

  /**
   * @param file its path, or `:memory:`
   * @throws {BacktestsUnusable} when the file is damaged, something else, or of a newer program
   */
  constructor(file: string) {
    try {
      this.#db = new Sqlite(file, { timeout: 5_000 });
      this.#db.pragma('journal_mode = WAL');
      this.#db.pragma('synchronous = NORMAL');
      if (Number(this.#db.pragma('user_version', { simple: true })) > formatVersion) {
        throw new Error('it is of a newer Gatehouse');
      }
      this.#db.exec(schema);
      this.#db.pragma(`user_version = ${formatVersion}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const remedy = 'Delete it while nothing runs: it holds only backtests, which can be run again.';
      throw new BacktestsUnusable(`${file} cannot be used for backtests (${why}). ${remedy}`, { cause: error });
    }
  }

  /** Keeps a run as it is now; a new one may take the place of the oldest that is over. */
  put(run: BacktestRun): void {
    this.#db.transaction(() => {
      this.#db
        .prepare('INSERT INTO runs (id, run) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET run = excluded.run')
        .run(run.id, JSON.stringify(run));
      for (const { id } of this.list().slice(mostRuns).filter(isOver)) this.remove(id);
    })();
  }

  get(id: string): BacktestRun | undefined {
    const text = this.#db.prepare('SELECT run FROM runs WHERE id = ?').pluck().get(id) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as BacktestRun);
  }

  /** All of them, the newest first. */
  list(): BacktestRun[] {
    const texts = this.#db.prepare('SELECT run FROM runs ORDER BY number DESC').pluck().all() as string[];
    return texts.map((text) => JSON.parse(text) as BacktestRun);
  }

  remove(id: string): void {
    this.#db.transaction(() => {
      this.#db.prepare('DELETE FROM differences WHERE run = ?').run(id);
      this.#db.prepare('DELETE FROM runs WHERE id = ?').run(id);
    })();
  }

  /** Keeps requests that differ, in their order, under the numbers from `first` on. */
  addDifferences(id: string, first: number, requests: readonly ReplayedRequest[]): void {
    const insert = this.#db.prepare('INSERT INTO differences VALUES (?, ?, ?, ?, ?, ?)');
    this.#db.transaction(() => {
      for (const [index, request] of requests.entries()) {
        const { screening, approval } = request;
        const [before, after] =
          typeof screening === 'object' ? [screening.before.outcome, screening.after.outcome] : [null, null];
        const refused = approval?.outcome === 'refused' ? 1 : 0;
        insert.run(id, first + index, before, after, refused, JSON.stringify(request));
      }
    })();
  }

  /** A page of the requests that differ, in the order of the log. */
  differences(id: string, { before, after, refused, from, limit }: DifferenceQuery): NumberedDifference[] {
    const rows = this.#db
      .prepare(
        `SELECT number, request FROM differences WHERE run = @id AND number > @from
         AND (@before IS NULL OR before = @before) AND (@after IS NULL OR after = @after)
         AND (@refused IS NULL OR refused = @refused) ORDER BY number LIMIT @limit`,
      )
      .all({
        id,
        from,
        limit,
        before: before ?? null,
        after: after ?? null,
        refused: refused === undefined ? null : Number(refused),
      }) as { number: number; request: string }[];
    return rows.map(({ number, request }) => ({ number, request: JSON.parse(request) as ReplayedRequest }));
  }

  close(): void {
    this.#db.close();
  }
}
