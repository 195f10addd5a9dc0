/**
 * The gate feed: every account's answers, then each change of them, without gaps and in bounded memory.
 *
 * The gate's read model knows the log position at which each account's answers changed last. Accounts in that order,
 * after a position, are what a client lacks that was sent everything up to it: after nothing, that is all of them. So a
 * snapshot, a resumed connection and live changes are one and the same question, asked again and again. An account that
 * changes several times between two questions is sent once, as it is then.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GateRow } from '../../projections/sendingGate.js';
import type { Position } from '../eventStore/eventStore.js';
import type { Instant } from '../events/time.js';
import type { ProjectionRunner } from '../readModels/runner.js';
import type { FeedMessage, FeedSettings } from './wire.js';

export type FeedSource = {
  readonly gate: ProjectionRunner<GateRow>;
  readonly settings: () => FeedSettings;
  readonly now: () => Instant;
};

export type FeedOptions = {
  /** The last position that the reader was sent; undefined for a new reader. */
  readonly after: Position | undefined;
  /** The last position of the log: a reader that knows one beyond it was sent another log. */
  readonly head: Position | undefined;
  readonly signal: AbortSignal;
  /** How often a mark is sent when nothing changes, in milliseconds. */
  readonly heartbeat?: number;
};

/** Accounts read at a time: what a slow reader makes us keep. */
const pageSize = 200;
/** Two looks are at least so far apart, in milliseconds, however many events come between. */
const shortestPause = 20;
/** How long to wait, in milliseconds, while the read model is not up to date. */
const pauseWhileStale = 100;
const defaultHeartbeat = 2_000;

/** Messages for one reader, until the signal aborts or the iteration is left. */
export async function* gateFeed(
  { gate, settings, now }: FeedSource,
  { after, head = '', signal, heartbeat = defaultHeartbeat }: FeedOptions,
): AsyncGenerator<FeedMessage, void, void> {
  let told = settings();
  yield { event: 'settings', data: told };
  if (after !== undefined && after > head) yield { event: 'reset', data: { reason: 'position_unknown' } };
  const isNew = after === undefined || after > head;
  let cursor: Position = isNew ? '' : after;
  let markAs: 'snapshot-end' | 'at' = isNew ? 'snapshot-end' : 'at';
  let nextMark = 0;
  let nextComment = performance.now() + heartbeat;
  while (!signal.aborted) {
    const present = settings();
    if (JSON.stringify(present) !== JSON.stringify(told)) yield { event: 'settings', data: (told = present) };
    if (gate.state !== 'live') {
      // Rows may be old, or be made anew just now: nothing is said of them, and the reader's knowledge grows stale.
      if (performance.now() >= nextComment) {
        yield { event: 'waiting' };
        nextComment = performance.now() + heartbeat;
      }
      await sleep(pauseWhileStale, undefined, { signal }).catch(() => undefined);
      continue;
    }
    // Read in one turn: the rows are those of this position.
    const position = gate.position ?? '';
    const time = now();
    const rows = changedAfter(gate, cursor);
    for (const { accountId, lastChange } of rows) {
      const { view, revision, position: id } = lastChange;
      yield { event: 'gate', id, data: { accountId, revision, position: id, ...view } };
      cursor = id;
    }
    if (rows.length === pageSize) continue;
    // A node may be behind the one that the reader knows more from; it says nothing until it has caught up with it.
    const isDue = rows.length > 0 || performance.now() >= nextMark;
    if (isDue && position >= cursor && position !== '') {
      yield { event: markAs, id: position, data: { position, time } };
      markAs = 'at';
      cursor = position;
      nextMark = performance.now() + heartbeat;
      nextComment = nextMark;
    }
    await sleep(shortestPause, undefined, { signal }).catch(() => undefined);
    await gate.waitBeyond(position, Math.max(1, nextMark - performance.now()), signal);
  }
}

function changedAfter({ store, generation }: FeedSource['gate'], cursor: Position): GateRow[] {
  return store
    .query(generation, { orderBy: ['changed_at'], after: [cursor], limit: pageSize })
    .map((text) => JSON.parse(text) as GateRow);
}
