/**
 * Sessions: what a browser holds in place of a token. A session is a random secret, kept only as SHA-256 and bound to
 * the token it was opened with: it ends with that token, when nobody used it for a while, and at last by itself. It
 * stands in the file, so that a restart signs nobody out.
 */
import { hash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { type Instant, millisecondsBetween, plusHours, plusMinutes } from '../events/time.js';
import type { ActorType } from '../events/vocabulary.js';
import { openAccessFile } from './accessFile.js';
import { type Principal, principalOf } from './tokens.js';

/** How long a session lasts that nobody uses, in minutes. */
const idleMinutes = 30;
/** How long a session lasts in all, however much it is used, in hours: a long working day. */
const longestHours = 12;
/** Use is written down at most so often, in milliseconds: a page asks many questions at once. */
const renewedEvery = 60_000;
/** How long a session that was looked up is believed, in milliseconds, as tokens are. */
const believedFor = 1_000;
/** Most sessions of one token; the one that was not used for longest ends for the next one. */
const mostOfOneToken = 20;
/** Most ended sessions that are deleted at a sign-in. */
const purgedAtOnce = 200;

export type Session = {
  readonly principal: Principal;
  /** When it ends unless it is used again before. */
  readonly expiresAt: Instant;
  /** Whether this look counted as use and moved the end: the browser is then told the new one. */
  readonly renewed: boolean;
};

type Row = {
  role: ActorType;
  actor: string;
  account: string | null;
  expires_at: Instant | null;
  created_at: Instant;
  used_at: Instant;
};

export class SessionStore {
  readonly #db: Database.Database;
  readonly #find: Database.Statement;
  readonly #use: Database.Statement;
  readonly #known = new LRUCache<string, Row>({ max: 1_000, ttl: believedFor });

  constructor(
    file: string,
    readonly now: () => Instant,
  ) {
    this.#db = openAccessFile(file);
    this.#find = this.#db.prepare(
      `SELECT role, actor, account, expires_at, sessions.created_at, used_at
       FROM sessions JOIN tokens ON tokens.hash = sessions.token WHERE sessions.hash = ?`,
    );
    this.#use = this.#db.prepare(
      'UPDATE sessions SET used_at = ? WHERE hash = ? AND token IN (SELECT hash FROM tokens)',
    );
  }

  /** Opens a session for the holder of a token that is valid. @returns its secret, which only the browser keeps */
  open(token: string): string {
    const secret = randomBytes(32).toString('base64url');
    const now = this.now();
    const owner = hash('sha256', token);
    this.#db.transaction(() => {
      this.#purge(now);
      this.#db
        .prepare(
          `DELETE FROM sessions WHERE token = ? AND hash NOT IN (
             SELECT hash FROM sessions WHERE token = ? ORDER BY used_at DESC LIMIT ?)`,
        )
        .run(owner, owner, mostOfOneToken - 1);
      this.#db
        .prepare('INSERT INTO sessions (hash, token, created_at, used_at) VALUES (?, ?, ?, ?)')
        .run(hash('sha256', secret), owner, now, now);
    })();
    return secret;
  }

  /**
   * The session of a secret; undefined when there is none, or it has ended.
   * @param counts whether this is use, which keeps the session alive; an open stream alone is none
   */
  find(secret: string, counts = true): Session | undefined {
    const key = hash('sha256', secret);
    const row = this.#known.get(key) ?? this.#look(key);
    const now = this.now();
    if (row === undefined || endOf(row) <= now) return undefined;
    const principal = principalOf(row);
    if (!counts || millisecondsBetween(row.used_at, now) < renewedEvery) {
      return { principal, expiresAt: endOf(row), renewed: false };
    }
    // It, or its token, may have been ended beside this process since it was looked up.
    if (this.#use.run(now, key).changes === 0) {
      this.#known.delete(key);
      return undefined;
    }
    const used = { ...row, used_at: now };
    this.#known.set(key, used);
    return { principal, expiresAt: endOf(used), renewed: true };
  }

  /** Believed from now on, for so long and no longer: also one that is asked for again and again. */
  #look(key: string): Row | undefined {
    const row = this.#find.get(key) as Row | undefined;
    if (row !== undefined) this.#known.set(key, row);
    return row;
  }

  /** Ends a session; one that is not there has ended already. */
  end(secret: string): void {
    const key = hash('sha256', secret);
    this.#db.prepare('DELETE FROM sessions WHERE hash = ?').run(key);
    this.#known.delete(key);
  }

  /** How many are kept, ended ones that were not deleted yet among them. */
  get count(): number {
    return this.#db.prepare('SELECT count(*) FROM sessions').pluck().get() as number;
  }

  close(): void {
    this.#db.close();
  }

  #purge(now: Instant): void {
    this.#db
      .prepare('DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions WHERE used_at <= ? LIMIT ?)')
      .run(plusMinutes(now, -idleMinutes), purgedAtOnce);
  }
}

function endOf({ created_at: createdAt, used_at: usedAt, expires_at: tokenEnds }: Row): Instant {
  const ends = [plusMinutes(usedAt, idleMinutes), plusHours(createdAt, longestHours)];
  if (tokenEnds !== null) ends.push(tokenEnds);
  return ends.toSorted()[0] ?? usedAt;
}
