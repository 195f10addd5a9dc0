/**
 * The outbox: mails that are to be sent, durable before the event that caused them is acknowledged, and gone when their
 * outcome is recorded in the log. `<data>/mail.db`, for one service at a time; each node of a cluster has its own.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { type Instant, plusMilliseconds } from '../events/time.js';
import { Sqlite } from '../sqlite.js';
import type { OutgoingMail } from './message.js';
import { addressKey } from './recipients.js';

export type Waiting = {
  readonly number: number;
  readonly mail: OutgoingMail;
  readonly createdAt: Instant;
  readonly attempts: number;
  /** What became of it, as long as the log does not have it. */
  readonly outcome: 'sent' | 'failed' | null;
  readonly detail: string | null;
};

/** A mail that waits, with the time of its next attempt. */
export type Queued = Waiting & { readonly nextAttemptAt: Instant };

type Row = Omit<Waiting, 'mail' | 'createdAt'> & { readonly mail: string; readonly created_at: string };

const minute = 60_000;

/** The pause after so many failed attempts, in milliseconds: from half a minute to a quarter of an hour. */
export function pauseAfter(attempts: number): number {
  return Math.min(0.5 * minute * 2 ** Math.max(0, attempts - 1), longestPause);
}

const longestPause = 15 * minute;

export class Outbox {
  readonly #db: Database.Database;

  /** @param file its path, or `:memory:` */
  constructor(file: string) {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    this.#db = new Sqlite(file, { timeout: 5_000 });
    this.#db.pragma('journal_mode = WAL');
    // What was taken over must not be lost with the power.
    this.#db.pragma('synchronous = FULL');
    this.#db.exec(`
      CREATE TABLE IF NOT EXISTS mails (
        number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, account TEXT NOT NULL, contact TEXT NOT NULL,
        template TEXT NOT NULL, mail TEXT NOT NULL, created_at TEXT NOT NULL, next_attempt TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, outcome TEXT, detail TEXT
      );
      CREATE INDEX IF NOT EXISTS by_contact ON mails (account, contact, number);
    `);
  }

  /** Takes mails over, all or none; those that are there already stay as they are. */
  add(mails: readonly OutgoingMail[], now: Instant): void {
    const insert = this.#db.prepare(
      `INSERT OR IGNORE INTO mails (key, account, contact, template, mail, created_at, next_attempt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#db.transaction(() => {
      for (const mail of mails) {
        const { key, accountId, template, to } = mail;
        insert.run(key, accountId, addressKey(to.email), template, JSON.stringify(mail), now, now);
      }
    })();
  }

  /**
   * What can be tried now, the oldest first. Mails to one contact of an account keep their order: a later one waits for
   * those before it.
   */
  due(now: Instant, limit: number): Waiting[] {
    const rows = this.#db
      .prepare(
        // An attempt later than the longest pause was set by a clock that has been put back since.
        `SELECT number, mail, created_at, attempts, outcome, detail FROM mails AS one
         WHERE (next_attempt <= ? OR next_attempt > ?)
           AND NOT EXISTS (SELECT 1 FROM mails WHERE account = one.account AND contact = one.contact AND number < one.number)
         ORDER BY number LIMIT ?`,
      )
      .all(now, plusMilliseconds(now, longestPause), limit) as Row[];
    return rows.map(({ mail, created_at: createdAt, ...row }) => ({
      ...row,
      createdAt,
      mail: JSON.parse(mail) as OutgoingMail,
    }));
  }

  /** Whether a mail of this template to this contact is still on its way. */
  has(accountId: string, template: string, email: string): boolean {
    return (
      this.#db
        .prepare('SELECT 1 FROM mails WHERE account = ? AND contact = ? AND template = ?')
        .get(accountId, addressKey(email), template) !== undefined
    );
  }

  /** Another attempt later. */
  postpone({ number, attempts }: Waiting, detail: string, now: Instant): void {
    this.#db
      .prepare('UPDATE mails SET attempts = ?, next_attempt = ?, detail = ? WHERE number = ?')
      .run(attempts + 1, plusMilliseconds(now, pauseAfter(attempts + 1)), detail, number);
  }

  /** It could not be dealt with: another try later. What became of it, where that is known, stays. */
  putOff({ number, attempts }: Waiting, now: Instant): void {
    this.#db
      .prepare('UPDATE mails SET attempts = ?, next_attempt = ? WHERE number = ?')
      .run(attempts + 1, plusMilliseconds(now, pauseAfter(attempts + 1)), number);
  }

  /** What became of it: it is not sent again, whatever happens before the log has it. */
  settle({ number }: Waiting, outcome: 'sent' | 'failed', detail: string): void {
    this.#db.prepare('UPDATE mails SET outcome = ?, detail = ? WHERE number = ?').run(outcome, detail, number);
  }

  remove({ number }: Waiting): void {
    this.#db.prepare('DELETE FROM mails WHERE number = ?').run(number);
  }

  /**
   * What waits, the newest first.
   * @param account only this account's
   * @param before only those of a lower number
   */
  list(limit: number, account: string | undefined, before = Number.MAX_SAFE_INTEGER): Queued[] {
    const rows = this.#db
      .prepare(
        `SELECT number, mail, created_at, next_attempt, attempts, outcome, detail FROM mails
         WHERE account = coalesce(?, account) AND number < ? ORDER BY number DESC LIMIT ?`,
      )
      .all(account ?? null, before, limit) as (Row & { readonly next_attempt: string })[];
    return rows.map(({ mail, created_at: createdAt, next_attempt: nextAttemptAt, ...row }) => ({
      ...row,
      createdAt,
      nextAttemptAt,
      mail: JSON.parse(mail) as OutgoingMail,
    }));
  }

  /** How many mails wait, how many of them were tried already, and since when the oldest waits. */
  waiting(): { readonly count: number; readonly tried: number; readonly since: Instant | null } {
    return this.#db
      .prepare('SELECT count(*) AS count, count(nullif(attempts, 0)) AS tried, min(created_at) AS since FROM mails')
      .get() as { count: number; tried: number; since: Instant | null };
  }

  close(): void {
    this.#db.close();
  }
}
