/**
 * Removes stored bytes that no event names: an upload that was cut off between its bytes and its event leaves some.
 *
 * Bytes are only ever removed when they were last kept long ago. An upload keeps its bytes anew before its event is
 * appended, so bytes that an event is about to name are young; and an event that names old bytes is old enough to be
 * read here.
 */
import type { EventStore, Position } from '../eventStore/eventStore.js';
import { decode } from '../events/upcast.js';
import type { EvidenceStore } from './evidenceStore.js';

/** How old bytes without an event must be to be removed, in milliseconds: a day. */
export const orphanAge = 24 * 60 * 60 * 1_000;

/** What a sweep did: stored bytes looked at, bytes and unfinished uploads removed. */
export type Swept = { readonly kept: number; readonly removed: number; readonly unfinished: number };

export type EvidenceSweepDeps = {
  readonly evidence: EvidenceStore;
  readonly log: Pick<EventStore, 'readAll'>;
  /** The present, in milliseconds since 1970. */
  readonly now: () => number;
  /** In milliseconds; a day unless given. */
  readonly minimumAge?: number;
};

/** Sweeps again and again; it remembers what the log named, so that each sweep reads only what came since. */
export class EvidenceSweep {
  readonly #deps: EvidenceSweepDeps;
  readonly #named = new Set<string>();
  #readTo: Position | undefined;

  constructor(deps: EvidenceSweepDeps) {
    this.#deps = deps;
  }

  /** @throws {EvidenceStoreUnavailable} @throws {EventStoreError} what was not removed is, the next time */
  async run(signal?: AbortSignal): Promise<Swept> {
    const { evidence, now, minimumAge = orphanAge } = this.#deps;
    const before = now() - minimumAge;
    const candidates: string[] = [];
    let kept = 0;
    for await (const { sha256, modifiedAt } of evidence.list()) {
      if (signal?.aborted === true) break;
      kept += 1;
      if (modifiedAt < before && !this.#named.has(sha256)) candidates.push(sha256);
    }
    // Read after the bytes were listed: whatever an event names by now is known.
    if (candidates.length > 0) await this.#readLog(signal);
    let removed = 0;
    for (const sha256 of candidates) {
      if (signal?.aborted === true) break;
      if (!this.#named.has(sha256) && (await evidence.remove(sha256, before))) removed += 1;
    }
    return { kept, removed, unfinished: await evidence.removeStaged(before) };
  }

  async #readLog(signal?: AbortSignal): Promise<void> {
    const options = {
      types: ['EvidenceAttached'],
      ...(this.#readTo === undefined ? {} : { after: this.#readTo }),
      ...(signal === undefined ? {} : { signal }),
    };
    for await (const stored of this.#deps.log.readAll(options)) {
      const { fact } = decode(stored);
      if (fact.type === 'EvidenceAttached') this.#named.add(fact.data.sha256);
      this.#readTo = stored.position;
    }
  }
}
