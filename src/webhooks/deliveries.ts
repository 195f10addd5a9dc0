/**
 * Deliveries in SQLite: what is to be sent, what became of it. A delivery is durable before its event is acknowledged,
 * and known by its webhook id, so that an event that comes again adds nothing. The command line uses the file beside a
 * running service.
 */
import type Database from 'better-sqlite3';
import { type Instant, plusDays, plusMilliseconds } from '../events/time.js';
import { Sqlite } from '../sqlite.js';
import { longestPause } from './backoff.js';
import type { WebhookMessage, WebhookType } from './messages.js';

/** `waiting` to be delivered or tried again; `given_up` after all tries, or because the receiver said never (410). */
export const deliveryStates = ['waiting', 'delivered', 'given_up'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A line of the delivery log. */
export type Delivery = {
  /** The webhook id. */
  readonly id: string;
  readonly accountId: string;
  readonly type: WebhookType;
  readonly revision: number;
  readonly position: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Instant;
  readonly lastAttemptAt: Instant | null;
  readonly finishedAt: Instant | null;
};

/** A delivery that is due: the oldest of its account that waits. */
export type DueDelivery = Pick<Delivery, 'id' | 'accountId' | 'attempts'> & {
  readonly number: number;
  readonly body: string;
  readonly since: Instant;
};

export type Attempt = { readonly at: Instant; readonly status: number | null; readonly error: string | null };

export type DeliveryFilter = {
  readonly accountId?: string | undefined;
  readonly state?: DeliveryState | undefined;
  /** Deliveries before this number: the page after the one that ended with it. */
  readonly before?: number | undefined;
  readonly limit: number;
};

/** What is sent once more: one delivery, or those that were made since an instant, of one account or all. */
export type ReplayFilter = { readonly id: string } | { readonly accountId?: string; readonly since?: Instant };

const formatVersion = 1;
/** How long delivered ones are kept, and how many at most. */
const deliveredKeptDays = 30;
const mostDelivered = 100_000;
/** How long those that were given up are kept. */
const givenUpKeptDays = 365;

/** An account is in `lines` while a delivery of it waits: its next one is due then. */
const schema = `
  CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, type TEXT NOT NULL,
    revision INTEGER NOT NULL, position TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    last_status INTEGER, last_error TEXT, created_at TEXT NOT NULL, since TEXT NOT NULL, last_attempt_at TEXT,
    finished_at TEXT
  );
  CREATE INDEX IF NOT EXISTS deliveries_of_account ON deliveries (account, state, number);
  CREATE INDEX IF NOT EXISTS deliveries_by_state ON deliveries (state, finished_at);
  CREATE TABLE IF NOT EXISTS lines (account TEXT PRIMARY KEY, due_at TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS lines_by_time ON lines (due_at);
`;

const columns = `number, id, account AS accountId, type, revision, position, state, attempts, last_status AS lastStatus,
  last_error AS lastError, created_at AS createdAt, last_attempt_at AS lastAttemptAt, finished_at AS finishedAt`;

/** The file cannot be used as it is. */
export class DeliveriesUnusable extends Error {
  override readonly name = 'DeliveriesUnusable';
}

export class Deliveries {
  readonly #db: Database.Database;

  /** @throws {DeliveriesUnusable} when the file is damaged, something else, or of a newer program */
  constructor(
    file: string,
    readonly now: () => Instant,
  ) {
    try {
      this.#db = new Sqlite(file, { timeout: 5_000 });
      this.#db.pragma('journal_mode = WAL');
      // Durable before the event is acknowledged; said explicitly, as for the log.
      this.#db.pragma('synchronous = FULL');
      const version = Number(this.#db.pragma('user_version', { simple: true }));
      if (version > formatVersion) throw new Error('it is of a newer Gatehouse');
      this.#db.exec(schema);
      this.#db.pragma(`user_version = ${formatVersion}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new DeliveriesUnusable(`${file} cannot be used for webhook deliveries (${why}). Restore or move it.`, {
        cause: error,
      });
    }
  }

  /** Takes messages of one event, all or none; those that are known already are left as they are. */
  put(messages: readonly WebhookMessage[]): void {
    const at = this.now();
    const insert = this.#db.prepare(
      `INSERT OR IGNORE INTO deliveries (id, account, type, revision, position, body, state, attempts, created_at, since)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?)`,
    );
    const line = this.#db.prepare('INSERT OR IGNORE INTO lines VALUES (?, ?)');
    this.#db
      .transaction(() => {
        for (const { id, accountId, type, revision, position, body } of messages) {
          const { changes } = insert.run(id, accountId, type, revision, position, body, at, at);
          if (changes > 0) line.run(accountId, at);
        }
      })
      .immediate();
  }

  /** The next delivery of each account that is due, the longest due first, but of these accounts none. */
  due(except: ReadonlySet<string>, limit: number): DueDelivery[] {
    const now = this.now();
    // What is due too late was set by a clock that has been put back since.
    const accounts = this.#db
      .prepare('SELECT account FROM lines WHERE due_at <= ? OR due_at > ? ORDER BY due_at LIMIT ?')
      .pluck()
      .all(now, plusMilliseconds(now, longestPause), limit + except.size) as string[];
    const first = this.#db.prepare(
      `SELECT number, id, account AS accountId, attempts, body, since FROM deliveries
       WHERE account = ? AND state = 'waiting' ORDER BY number LIMIT 1`,
    );
    return accounts
      .filter((account) => !except.has(account))
      .slice(0, limit)
      .flatMap((account) => {
        const found = first.get(account) as DueDelivery | undefined;
        if (found === undefined) this.#db.prepare('DELETE FROM lines WHERE account = ?').run(account);
        return found === undefined ? [] : [found];
      });
  }

  /** It was delivered, or is given up: the account's next one is due at once. */
  finish({ number, accountId }: DueDelivery, state: 'delivered' | 'given_up', { at, status, error }: Attempt): void {
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            `UPDATE deliveries SET state = ?, attempts = attempts + 1, last_status = ?, last_error = ?,
             last_attempt_at = ?, finished_at = ? WHERE number = ?`,
          )
          .run(state, status, error, at, at, number);
        const waits = this.#db
          .prepare("SELECT 1 FROM deliveries WHERE account = ? AND state = 'waiting' LIMIT 1")
          .get(accountId);
        if (waits === undefined) this.#db.prepare('DELETE FROM lines WHERE account = ?').run(accountId);
        else this.#db.prepare('INSERT OR REPLACE INTO lines VALUES (?, ?)').run(accountId, at);
      })
      .immediate();
  }

  /** It failed, and is tried again then; those of its account that came later wait for it. */
  postpone({ number, accountId }: DueDelivery, dueAt: Instant, { at, status, error }: Attempt): void {
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            'UPDATE deliveries SET attempts = attempts + 1, last_status = ?, last_error = ?, last_attempt_at = ? WHERE number = ?',
          )
          .run(status, error, at, number);
        this.#db.prepare('INSERT OR REPLACE INTO lines VALUES (?, ?)').run(accountId, dueAt);
      })
      .immediate();
  }

  /** Makes all that waits due now: the receiver is back. */
  hurry(): void {
    const at = this.now();
    this.#db.prepare('UPDATE lines SET due_at = ? WHERE due_at > ?').run(at, at);
  }

  /** Sends again what was sent, or given up, under its webhook id. @returns how many are sent */
  replay(filter: ReplayFilter): number {
    const at = this.now();
    const [where, values] =
      'id' in filter
        ? ['id = ?', [filter.id]]
        : ['account = coalesce(?, account) AND created_at >= ?', [filter.accountId ?? null, filter.since ?? '']];
    return this.#db
      .transaction(() => {
        const { changes } = this.#db
          .prepare(
            `UPDATE deliveries SET state = 'waiting', attempts = 0, since = ?, finished_at = NULL WHERE ${where}`,
          )
          .run(at, ...values);
        this.#db
          .prepare(`INSERT OR REPLACE INTO lines SELECT DISTINCT account, ? FROM deliveries WHERE ${where}`)
          .run(at, ...values);
        return changes;
      })
      .immediate();
  }

  /** The delivery log, the newest first. `next` is the `before` of the page after it; null after the last. */
  list({ accountId, state, before, limit }: DeliveryFilter): { items: Delivery[]; next: number | null } {
    const rows = this.#db
      .prepare(
        `SELECT ${columns} FROM deliveries
         WHERE account = coalesce(?, account) AND state = coalesce(?, state) AND number < ? ORDER BY number DESC LIMIT ?`,
      )
      .all(accountId ?? null, state ?? null, before ?? Number.MAX_SAFE_INTEGER, limit) as (Delivery & {
      number: number;
    })[];
    const next = rows.length < limit ? null : (rows.at(-1)?.number ?? null);
    return { items: rows.map(({ number: _number, ...delivery }) => delivery), next };
  }

  /** How many wait, how many of them were tried already, and since when the oldest waits; null when none does. */
  backlog(): { readonly waiting: number; readonly tried: number; readonly oldest: Instant | null } {
    return this.#db
      .prepare(
        `SELECT count(*) AS waiting, count(nullif(attempts, 0)) AS tried, min(created_at) AS oldest
         FROM deliveries WHERE state = 'waiting'`,
      )
      .get() as { waiting: number; tried: number; oldest: Instant | null };
  }

  /** Forgets what is kept long enough. @returns how many */
  prune(): number {
    const at = this.now();
    const old = this.#db.prepare('DELETE FROM deliveries WHERE state = ? AND finished_at < ?');
    const many = this.#db.prepare(
      `DELETE FROM deliveries WHERE number IN (SELECT number FROM deliveries WHERE state = 'delivered'
       ORDER BY finished_at DESC LIMIT -1 OFFSET ?)`,
    );
    return (
      old.run('delivered', plusDays(at, -deliveredKeptDays)).changes +
      old.run('given_up', plusDays(at, -givenUpKeptDays)).changes +
      many.run(mostDelivered).changes
    );
  }

  close(): void {
    this.#db.close();
  }
}
