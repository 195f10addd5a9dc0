/**
 * Read models in SQLite. Rows and checkpoint of one read model change in one transaction; the file holds nothing that
 * the log does not, and can be deleted at any time while no process uses it.
 */
import type Database from 'better-sqlite3';
import { Sqlite } from '../sqlite.js';
import type { AnyProjection, ColumnValue } from '../../projections/projection.js';
import type { Position } from '../eventStore/eventStore.js';
import { openSnapshot, type RowsSnapshot, servingRows } from './snapshot.js';

/** One generation of a read model: its table, and the log position that its rows reflect. */
export type Generation = { readonly table: string; checkpoint: Position | undefined };

export type RowWrite = { readonly key: string; readonly row: string; readonly columns: readonly ColumnValue[] };

/** Selects rows by column values, in an order, after a row. */
export type RowQuery = {
  readonly where?: readonly {
    readonly column: string;
    readonly op: '=' | '<=' | '>' | 'is null' | 'is not null';
    readonly value?: ColumnValue;
  }[];
  readonly orderBy?: readonly string[];
  /** From the last to the first. */
  readonly descending?: boolean;
  /** Values of the `orderBy` columns of the last row of the page before. */
  readonly after?: readonly ColumnValue[];
  readonly limit: number;
};

/**
 * Looks through rows in the order of their keys, so many at a time, for those that meet every condition.
 *
 * A condition without a value holds for every row: one statement then serves every choice of filters.
 */
export type RowScan = {
  /** Narrows what is looked through: by a column that an index begins with, to these keys, or to those that begin so. */
  readonly within?:
    | { readonly column: string; readonly value: ColumnValue }
    | { readonly keys: readonly string[] }
    | { readonly prefix: string };
  readonly where: readonly ScanCondition[];
  readonly order: 'asc' | 'desc';
  /** Rows after (descending: before) this key. */
  readonly after?: string | undefined;
  /** Most rows to look at, whether they are found or not. */
  readonly window: number;
  /** Most rows to give. */
  readonly limit: number;
};

/** `contains`: the column's text has the value in it; `begins otherwise`: it does not begin with it. */
export type ScanCondition = {
  /** One column, or several of which one must do. */
  readonly columns: readonly string[];
  readonly op: '=' | '>=' | '<' | 'contains' | 'begins otherwise';
  readonly value: ColumnValue | undefined;
};

/** What a scan found, and where the next one goes on; undefined when it came to the end. */
export type Scanned = { readonly rows: readonly string[]; readonly next: string | undefined };

type UpTo = { readonly column: string; readonly limit: ColumnValue };

/** A cell of a cross table; a null of the second column is a value like others. */
export type CrossCell = {
  readonly first: string;
  readonly second: string | null;
  readonly count: number;
  readonly least: string | null;
  readonly upTo: number;
};

const formatVersion = 1;

/** The file cannot be used. Nothing is lost: the log has everything that it held. */
export class ReadModelsUnusable extends Error {
  override readonly name = 'ReadModelsUnusable';
  constructor(file: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${file} cannot be used (${why}). Delete it while nothing runs: it is made anew from the log.`, { cause });
  }
}

export class ReadModelStore {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  /**
   * @param file its path, or `:memory:`
   * @throws {ReadModelsUnusable} when the file is damaged, something else, or of a newer program
   */
  constructor(readonly file: string) {
    this.#db = new Sqlite(file, { timeout: 5_000 });
    try {
      this.#db.pragma('journal_mode = WAL');
      if (Number(this.#db.pragma('user_version', { simple: true })) > formatVersion)
        throw new Error('it is of a newer Gatehouse');
    } catch (error) {
      this.#db.close();
      throw new ReadModelsUnusable(file, error);
    }
    // A crash may lose the last transactions, rows and checkpoint together: they are caught up from the log.
    this.#db.pragma('synchronous = NORMAL');
    // In pages of 4 KiB: a rebuild writes much, and each checkpoint waits for the disk.
    this.#db.pragma('wal_autocheckpoint = 8000');
    this.#db.exec(
      'CREATE TABLE IF NOT EXISTS read_models (projection TEXT PRIMARY KEY, version INTEGER NOT NULL, tbl TEXT NOT NULL, checkpoint TEXT)',
    );
    this.#db.exec('CREATE TABLE IF NOT EXISTS log (identity TEXT NOT NULL)');
    this.#db.pragma(`user_version = ${formatVersion}`);
  }

  /** The log that the rows were made from; undefined while that was not said. */
  get log(): string | undefined {
    return this.#db.prepare('SELECT identity FROM log').pluck().get() as string | undefined;
  }

  /** The furthest position that any read model reflects; empty when none does. */
  get furthest(): Position {
    const furthest = this.#db.prepare('SELECT max(checkpoint) FROM read_models').pluck().get() as string | null;
    return furthest ?? '';
  }

  /** Drops every read model, before any is opened; the next ones are made from this log. */
  startAnew(log: string): void {
    this.#db.transaction(() => {
      const tables = this.#db.prepare('SELECT tbl FROM read_models').pluck().all() as string[];
      for (const table of tables) this.#db.exec(`DROP TABLE IF EXISTS ${quoted(table)}`);
      this.#db.exec('DELETE FROM read_models');
      this.#db.exec('DELETE FROM log');
      this.#db.prepare('INSERT INTO log VALUES (?)').run(log);
    })();
  }

  /** The generation that serves a projection; an empty one where there is none yet, or only one of another version. */
  open(projection: AnyProjection): Generation {
    const known = this.#db
      .prepare('SELECT version, tbl, checkpoint FROM read_models WHERE projection = ?')
      .get(projection.name) as { version: number; tbl: string; checkpoint: string | null } | undefined;
    this.#dropOthers(projection, known?.version === projection.version ? known.tbl : undefined);
    if (known?.version === projection.version) return { table: known.tbl, checkpoint: known.checkpoint ?? undefined };
    const made = this.create(projection);
    this.promote(projection, made);
    return made;
  }

  /** A new, empty generation that serves nobody yet. */
  create(projection: AnyProjection): Generation {
    const table = `${projection.name}_${this.#nextNumber(projection)}`;
    const names = Object.keys(projection.columns);
    // Rows lie in the order of their first write, and only the small index of keys is in key order: a table in key
    // order would touch a page for nearly every row of a batch.
    const columns = names.map((name) => `, ${quoted(name)}`).join('');
    this.#db.exec(`CREATE TABLE ${quoted(table)} (key TEXT NOT NULL UNIQUE, row TEXT NOT NULL${columns})`);
    for (const [index, on] of projection.indexes.entries()) {
      this.#db.exec(`CREATE INDEX ${quoted(`${table}_i${index}`)} ON ${quoted(table)} (${on.map(quoted).join(', ')})`);
    }
    return { table, checkpoint: undefined };
  }

  /** Lets a generation serve its projection from now on, and drops those before. */
  promote(projection: AnyProjection, { table, checkpoint }: Generation): void {
    this.#db.transaction(() => {
      this.#db
        .prepare('INSERT OR REPLACE INTO read_models (projection, version, tbl, checkpoint) VALUES (?, ?, ?, ?)')
        .run(projection.name, projection.version, table, checkpoint ?? null);
      this.#dropOthers(projection, table);
    })();
  }

  drop({ table }: Generation): void {
    this.#db.exec(`DROP TABLE IF EXISTS ${quoted(table)}`);
  }

  /** Writes rows and the position that they reflect, together. */
  write(
    generation: Generation,
    columnNames: readonly string[],
    writes: Iterable<RowWrite>,
    checkpoint: Position | undefined,
  ): void {
    const names = ['row', ...columnNames].map(quoted);
    const put = this.#prepare(
      `INSERT INTO ${quoted(generation.table)} (key, ${names.join(', ')}) VALUES (?${', ?'.repeat(names.length)})
       ON CONFLICT (key) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    );
    const mark = this.#prepare('UPDATE read_models SET checkpoint = ? WHERE tbl = ?');
    this.#db.transaction(() => {
      for (const { key, row, columns } of writes) put.run(key, row, ...columns);
      mark.run(checkpoint ?? null, generation.table);
    })();
    generation.checkpoint = checkpoint;
  }

  /** One row's JSON. */
  get({ table }: Generation, key: string): string | undefined {
    return this.#prepare(`SELECT row FROM ${quoted(table)} WHERE key = ?`)
      .pluck()
      .get(key) as string | undefined;
  }

  /** Rows whose key begins so, in the order of keys, from after a key on. */
  byPrefix({ table }: Generation, prefix: string, after: string, limit: number): string[] {
    const end = `${prefix}\u{10ffff}`;
    return this.#prepare(`SELECT row FROM ${quoted(table)} WHERE key > ? AND key < ? ORDER BY key LIMIT ?`)
      .pluck()
      .all(after > prefix ? after : prefix, end, limit) as string[];
  }

  /** How many rows meet every condition. */
  count({ table }: Generation, where: NonNullable<RowQuery['where']>): number {
    const filter = ['TRUE', ...where.map(holds)].join(' AND ');
    return this.#prepare(`SELECT count(*) FROM ${quoted(table)} WHERE ${filter}`)
      .pluck()
      .get(...where.flatMap(valueOf)) as number;
  }

  /** Rows by columns. */
  query(
    { table }: Generation,
    { where = [], orderBy = ['key'], descending = false, after, limit }: RowQuery,
  ): string[] {
    const [direction, beyond] = descending ? [' DESC', '<'] : ['', '>'];
    const conditions = where.map(holds);
    const columns = orderBy.map(quoted);
    const order = columns.map((column) => `${column}${direction}`).join(', ');
    if (after !== undefined) conditions.push(`(${columns.join(', ')}) ${beyond} (${after.map(() => '?').join(', ')})`);
    const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    return this.#prepare(`SELECT row FROM ${quoted(table)} ${filter} ORDER BY ${order} LIMIT ?`)
      .pluck()
      .all(...where.flatMap(valueOf), ...(after ?? []), limit) as string[];
  }

  /** One window of a scan. */
  scan({ table }: Generation, { within, where, order, after, window, limit }: RowScan): Scanned {
    const [isIn, ...narrowed] = narrowing(within);
    const [beyond, upTo] = order === 'asc' ? ['>', '<='] : ['<', '>='];
    const [first, last] = order === 'asc' ? ['', lastKey] : [lastKey, ''];
    const from = after ?? first;
    const end = this.#prepare(
      `SELECT key FROM ${quoted(table)} WHERE ${isIn} AND key ${beyond} ? ORDER BY key ${order} LIMIT 1 OFFSET ?`,
    )
      .pluck()
      .get(...narrowed, from, window - 1) as string | undefined;
    const found = this.#prepare(
      `SELECT key, row FROM ${quoted(table)} WHERE ${[isIn, ...where.map(meets)].join(' AND ')}
       AND key ${beyond} ? AND key ${upTo} ? ORDER BY key ${order} LIMIT ?`,
    )
      .raw()
      .all(...narrowed, ...where.flatMap(valuesOf), from, end ?? last, limit) as [key: string, row: string][];
    return { rows: found.map(([, row]) => row), next: found.length === limit ? found.at(-1)?.[0] : end };
  }

  /** Sums and counts of columns, by the values of one of them. */
  aggregate({ table }: Generation, by: string, sums: readonly string[]): Record<string, ColumnValue>[] {
    const columns = sums.map((name) => `, sum(${quoted(name)}) AS ${quoted(name)}`).join('');
    return this.#prepare(
      `SELECT ${quoted(by)}, count(*) AS count${columns} FROM ${quoted(table)} GROUP BY ${quoted(by)}`,
    ).all() as Record<string, ColumnValue>[];
  }

  /**
   * For each pair of values of two columns, where the first is not null: how many rows, the least value of a third, and
   * how many have in a fourth a value up to `limit`.
   */
  crossTable(
    { table }: Generation,
    [first, second]: readonly [string, string],
    least: string,
    upTo: UpTo,
  ): CrossCell[] {
    const [a, b, c, d] = [first, second, least, upTo.column].map(quoted);
    return this.#prepare(
      `SELECT ${a} AS first, ${b} AS second, count(*) AS count, min(${c}) AS least, count(CASE WHEN ${d} <= ? THEN 1 END) AS upTo
       FROM ${quoted(table)} WHERE ${a} IS NOT NULL GROUP BY 1, 2`,
    ).all(upTo.limit) as CrossCell[];
  }

  /** Every row of a generation as `key → row`, to compare two of them. */
  *all({ table }: Generation): Iterable<[key: string, row: string]> {
    yield* this.#db
      .prepare(`SELECT key, row FROM ${quoted(table)} ORDER BY key`)
      .raw()
      .iterate() as Iterable<[string, string]>;
  }

  /** The rows of a projection as they are now, to be gone through at leisure while others are written. */
  snapshot(projection: AnyProjection): RowsSnapshot {
    if (this.file !== ':memory:') return openSnapshot(this.file, projection);
    // Nobody else can open it: all rows at once, before anything is written.
    const { position, rows } = servingRows(this.#db, projection);
    return { position, rows: [...rows], close: () => undefined };
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #tables(projection: AnyProjection): string[] {
    const names = this.#db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ?")
      .pluck()
      .all(`${projection.name}_[0-9]*`) as string[];
    return names.filter((name) => /^\d+$/.test(name.slice(projection.name.length + 1)));
  }

  #nextNumber(projection: AnyProjection): number {
    const numbers = this.#tables(projection).map((name) => Number(name.slice(projection.name.length + 1)));
    return Math.max(0, ...numbers) + 1;
  }

  /** Tables of generations that serve nobody: of older versions, or of a rebuild that was cut off. */
  #dropOthers(projection: AnyProjection, kept: string | undefined): void {
    for (const table of this.#tables(projection)) if (table !== kept) this.drop({ table, checkpoint: undefined });
    for (const sql of this.#statements.keys()) this.#statements.delete(sql);
  }
}

type Condition = NonNullable<RowQuery['where']>[number];

/** A condition of a query, and the value in it. */
function holds({ column, op }: Condition): string {
  return `${quoted(column)} ${op}${op.startsWith('is ') ? '' : ' ?'}`;
}

function valueOf({ op, value }: Condition): ColumnValue[] {
  return op.startsWith('is ') ? [] : [value ?? null];
}

/** What a scan looks through, as SQL, and the value in it. */
function narrowing(within: RowScan['within']): [sql: string, ...values: ColumnValue[]] {
  if (within === undefined) return ['TRUE'];
  if ('column' in within) return [`${quoted(within.column)} = ?`, within.value];
  if ('prefix' in within) return ['key >= ? AND key < ?', within.prefix, `${within.prefix}${lastKey}`];
  return ['key IN (SELECT value FROM json_each(?))', JSON.stringify(within.keys)];
}

/** After every key. */
const lastKey = '\u{10ffff}';

/** A condition of a scan. An index is not asked: `+` and OR keep SQLite from leaving the order of the keys. */
function meets({ columns, op }: ScanCondition): string {
  const one = columns.map((name) => comparison(op, `+${quoted(name)}`));
  return `(? IS NULL OR ${one.join(' OR ')})`;
}

function comparison(op: ScanCondition['op'], column: string): string {
  if (op === 'contains') return `instr(${column}, ?) > 0`;
  return op === 'begins otherwise' ? `instr(${column}, ?) <> 1` : `${column} ${op} ?`;
}

function valuesOf({ columns, value = null }: ScanCondition): ColumnValue[] {
  return [value, ...columns.map(() => value)];
}

function quoted(name: string): string {
  if (!/^[A-Za-z0-9_]+$/.test(name)) throw new Error(`${name} cannot name a table or column`);
  return `"${name}"`;
}
