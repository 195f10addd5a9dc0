/**
 * What the gate feed sends: server-sent events, each with one JSON document. Shared by the server and the client, so
 * types only, and the one number that tells them apart.
 */
import type { GateMode, GatePolicy } from '../policy/gate.js';
import type { GateView } from '../policy/gateView.js';

/** Raised when a view means something else than before: what a client was sent under another number is void. */
export const feedVersion = 1;

/** What holds for every account; the first message of each connection, and again when it changes. */
export type FeedSettings = {
  readonly feed: number;
  /** Tells this log from any other; what a client was sent of another one is void. */
  readonly log: string;
  readonly mode: GateMode;
  readonly policy: GatePolicy;
};

/** An account whose answers changed. Each message says all of it: a later one replaces those before. */
export type FeedGate = GateView & {
  readonly accountId: string;
  /** The account's revision, and the place in the log, at which its answers changed last. */
  readonly revision: number;
  readonly position: string;
};

/** Everything up to the position has been sent, and at that time (the server's clock) nothing newer was known. */
export type FeedMark = { readonly position: string; readonly time: string };

/** Why a client must forget what it was sent; what follows is sent from the beginning. */
export type FeedReset = { readonly reason: 'position_unknown' };

/**
 * A message. The `id` is a log position; a connection that names it in `Last-Event-ID` goes on after it. `waiting` is a
 * comment that keeps the connection: the server cannot say just now what is up to date.
 */
export type FeedMessage =
  | { readonly event: 'settings'; readonly data: FeedSettings }
  | { readonly event: 'gate'; readonly id: string; readonly data: FeedGate }
  | { readonly event: 'snapshot-end' | 'at'; readonly id: string; readonly data: FeedMark }
  | { readonly event: 'reset'; readonly data: FeedReset }
  | { readonly event: 'waiting' };
