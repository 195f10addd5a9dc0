/**
 * A whole log, or a part of it, through the chart: every stream must be a legal run. Memory is bounded: so many accounts
 * are kept; one that comes again later is read once more from its stream.
 */
import { LRUCache } from 'lru-cache';
import { Replayer } from '../../machines/replayer.js';
import {
  type EventStore,
  type LogPart,
  StoreCorrupted,
  type StoredEvent,
  type Unreadable,
} from '../eventStore/eventStore.js';
import { accountOf } from '../events/envelope.js';
import { type Divergence, inLogOrder, type Replayed } from './divergence.js';
import { isSelected, mayBeSelected, type Selection } from './selection.js';
import { beginning, judge, type Progress, unreadable } from './streamCheck.js';

/** What a replay reads: a store, or histories that were kept elsewhere. */
export type ReplaySource = Pick<EventStore, 'read' | 'readAll'>;

export type ReplayOptions = {
  readonly selection?: Selection;
  readonly part?: LogPart;
  readonly signal?: AbortSignal;
  /** Another chart than today's. */
  readonly replayer?: Replayer;
  /** Told now and then how many events were gone through. */
  readonly onProgress?: (events: number) => void;
  /** Most accounts kept in memory; some 6 KiB each. */
  readonly mostAccounts?: number;
};

/** Told of progress each so many events. */
const progressEvery = 5_000;

/**
 * Replays a log.
 * @throws {EventStoreError} when the store cannot be read; an event that cannot be read is a divergence
 */
export async function replayLog(source: ReplaySource, options: ReplayOptions = {}): Promise<Replayed> {
  const { part, signal, onProgress } = options;
  const replay = new Replay(source, options);
  let events = 0;
  const whole = {
    ...(part === undefined ? {} : { part }),
    ...(signal === undefined ? {} : { signal }),
    onUnreadable: (one: Unreadable) => replay.cannotRead(one),
    // That nothing was altered is for the audit to prove; here it is what the events say that counts.
    asWritten: false,
  };
  for await (const event of source.readAll(whole)) {
    // Awaited only where there is something to wait for: an account that must be read again.
    const reading = replay.take(event);
    if (reading !== undefined) await reading;
    events += 1;
    if (events % progressEvery === 0) onProgress?.(events);
  }
  onProgress?.(events);
  return replay.end(signal?.aborted !== true);
}

/** A stream as far as it was gone through, changed in place: a log has many more events than streams. */
type Kept = { progress: Progress; isCounted: boolean };

class Replay {
  readonly #source: ReplaySource;
  readonly #replayer: Replayer;
  readonly #selection: Selection;
  readonly #accounts: LRUCache<string, Kept>;
  /** Streams that have parted from the chart: the rest of them is not judged. */
  readonly #parted = new Set<string>();
  readonly #divergences: Divergence[] = [];
  /** Events that cannot be read, told of before the log has come to them. */
  #unreadable: Unreadable[] = [];
  /** Streams of which an event was judged. */
  readonly #seen = new Set<string>();
  #events = 0;

  constructor(source: ReplaySource, { replayer, selection = {}, mostAccounts = 10_000 }: ReplayOptions) {
    this.#source = source;
    this.#replayer = replayer ?? new Replayer();
    this.#selection = selection;
    this.#accounts = new LRUCache({ max: mostAccounts });
  }

  cannotRead(event: Unreadable): void {
    this.#unreadable.push(event);
  }

  /** Goes through an event, at once or, where its account must be read again, later. */
  take(event: StoredEvent): Promise<void> | undefined {
    this.#partUnreadable(event.position);
    const { stream } = event;
    if (accountOf(stream) === undefined || this.#parted.has(stream)) return undefined;
    const known = this.#accounts.get(stream);
    if (known === undefined && event.revision > 0) {
      return this.#readAgain(event).then((progress) => this.#judge(this.#keep(stream, progress), event));
    }
    this.#judge(known ?? this.#keep(stream, beginning(this.#replayer)), event);
    return undefined;
  }

  #keep(stream: string, progress: Progress): Kept {
    const kept = { progress, isCounted: false };
    this.#accounts.set(stream, kept);
    return kept;
  }

  #judge(kept: Kept, event: StoredEvent): void {
    const judged = judge(this.#replayer, kept.progress, event);
    const isJudged =
      judged.event === undefined
        ? mayBeSelected(event.stream, this.#selection)
        : isSelected(judged.event, this.#selection);
    if (isJudged) {
      this.#events += 1;
      if (!kept.isCounted) this.#seen.add(event.stream);
      kept.isCounted = true;
    }
    if (judged.kind === 'legal') {
      kept.progress = judged.next;
      return;
    }
    this.#part(event.stream);
    if (isJudged) this.#divergences.push(judged.divergence);
  }

  end(complete: boolean): Replayed {
    this.#partUnreadable();
    return {
      streams: this.#seen.size,
      events: this.#events,
      divergences: inLogOrder(this.#divergences),
      complete,
    };
  }

  #part(stream: string): void {
    this.#parted.add(stream);
    this.#accounts.delete(stream);
  }

  /** An account that was not met yet, or that had to make room: what comes before the event, from its stream. */
  async #readAgain({ stream, revision, position }: StoredEvent): Promise<Progress> {
    let progress = beginning(this.#replayer);
    try {
      for await (const event of this.#source.read(stream)) {
        if (event.revision >= revision || event.position >= position) break;
        const judged = judge(this.#replayer, progress, event);
        if (judged.kind === 'diverges') break;
        progress = judged.next;
      }
    } catch (error) {
      // One that cannot be read stands before this event in its stream, and after it in the log: out of order.
      if (!(error instanceof StoreCorrupted) || error.event === undefined) throw error;
    }
    return progress;
  }

  /** Whatever could not be read before a place parts its stream there, unless it has parted already. */
  #partUnreadable(before?: string): void {
    if (this.#unreadable.length === 0) return;
    const due = this.#unreadable.filter(({ position }) => before === undefined || position < before);
    if (due.length === 0) return;
    this.#unreadable = this.#unreadable.filter((one) => !due.includes(one));
    for (const one of due) {
      if (this.#parted.has(one.stream)) continue;
      this.#part(one.stream);
      if (!mayBeSelected(one.stream, this.#selection)) continue;
      this.#events += 1;
      this.#seen.add(one.stream);
      this.#divergences.push(unreadable(one, null));
    }
  }
}
