/** Bearer tokens: random, kept only as SHA-256, made and revoked also while the service runs. */
import { hash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Actor, ActorType } from '../events/vocabulary.js';
import type { Instant } from '../events/time.js';
import { openAccessFile } from './accessFile.js';

/** Who a token speaks for. A customer's token is bound to one account. */
export type Principal = Actor & { readonly accountId?: string };

/** Whom a token speaks for, and when it stops working; null for one that does not by itself. */
export type KnownToken = { readonly principal: Principal; readonly expiresAt: Instant | null };

export type NewToken = {
  readonly role: ActorType;
  readonly actor: string;
  readonly accountId?: string;
  /** When it stops working; never, unless given. */
  readonly expiresAt?: Instant;
};

export type TokenLine = NewToken & { readonly id: string; readonly createdAt: Instant };

/** How long a token that was looked up is believed, in milliseconds: so long a revoked one may still work. */
const believedFor = 1_000;

/** Most expired tokens that are deleted at a time: so that one request never pays for all that came before it. */
const purgedAtOnce = 200;

type Row = { role: ActorType; actor: string; account: string | null; expires_at: string | null };

/** Who a row of the table speaks for. */
export function principalOf({ role, actor, account }: Pick<Row, 'role' | 'actor' | 'account'>): Principal {
  return { type: role, id: actor, ...(account === null ? {} : { accountId: account }) };
}

export class TokenStore {
  readonly #db: Database.Database;
  readonly #find: Database.Statement;
  readonly #known = new LRUCache<string, KnownToken>({ max: 1_000, ttl: believedFor });

  constructor(
    file: string,
    readonly now: () => Instant,
  ) {
    this.#db = openAccessFile(file);
    this.#find = this.#db.prepare('SELECT role, actor, account, expires_at FROM tokens WHERE hash = ?');
  }

  /** Makes a token. It is shown this once; only its hash is kept. */
  create({ role, actor, accountId, expiresAt }: NewToken): string {
    const token = `gh_${role}_${randomBytes(24).toString('base64url')}`;
    this.#db
      .prepare('INSERT INTO tokens (hash, role, actor, account, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(hash('sha256', token), role, actor, accountId ?? null, this.now(), expiresAt ?? null);
    return token;
  }

  /** Makes one token for each, all or none. */
  createAll(wanted: readonly NewToken[]): string[] {
    return this.#db.transaction(() => wanted.map((one) => this.create(one)))();
  }

  /** Who a token speaks for; undefined when it is unknown, revoked or expired. */
  find(token: string): Principal | undefined {
    return this.known(token)?.principal;
  }

  /** As `find`, with the token's end. */
  known(token: string): KnownToken | undefined {
    const known = this.#known.get(token) ?? this.#look(token);
    // What is believed for a while must not outlive its own end.
    if (known === undefined || (known.expiresAt !== null && known.expiresAt <= this.now())) return undefined;
    return known;
  }

  #look(token: string): KnownToken | undefined {
    const row = this.#find.get(hash('sha256', token)) as Row | undefined;
    if (row === undefined) return undefined;
    const known = { principal: principalOf(row), expiresAt: row.expires_at };
    this.#known.set(token, known);
    return known;
  }

  /** Deletes tokens that have expired, a bounded number at a time: short-lived ones would fill the file. */
  purge(): number {
    return this.#db
      .prepare('DELETE FROM tokens WHERE hash IN (SELECT hash FROM tokens WHERE expires_at <= ? LIMIT ?)')
      .run(this.now(), purgedAtOnce).changes;
  }

  /** Every token, without what would let somebody use it. */
  list(): TokenLine[] {
    const rows = this.#db
      .prepare('SELECT hash, role, actor, account, created_at, expires_at FROM tokens ORDER BY created_at, hash')
      .all() as (Row & { hash: string; created_at: string })[];
    return rows.map(({ hash: id, role, actor, account, created_at: createdAt, expires_at: expiresAt }) => ({
      id: id.slice(0, 12),
      role,
      actor,
      ...(account === null ? {} : { accountId: account }),
      createdAt,
      ...(expiresAt === null ? {} : { expiresAt }),
    }));
  }

  /** Revokes the token with this id (as `list` shows it); false when there is none. */
  revoke(id: string): boolean {
    const result = this.#db.prepare('DELETE FROM tokens WHERE substr(hash, 1, 12) = ?').run(id);
    this.#known.clear();
    return result.changes > 0;
  }

  /** Revokes a token that is at hand. */
  revokeToken(token: string): void {
    this.revoke(hash('sha256', token).slice(0, 12));
  }

  get isEmpty(): boolean {
    return this.#db.prepare('SELECT count(*) FROM tokens').pluck().get() === 0;
  }

  close(): void {
    this.#db.close();
  }
}
