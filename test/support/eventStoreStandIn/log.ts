/**
 * The log of the stand-in: what a server keeps. Its rules are those seen on EventStoreDB 23.10: which appends it
 * accepts, repeats or refuses; positions that are sparse; system events between ours.
 */
import { randomUUID } from 'node:crypto';

export type Recorded = {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly contentType: string;
};

export type Proposed = Pick<Recorded, 'id' | 'type' | 'data' | 'metadata' | 'contentType'>;

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly last: Recorded }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'too large' };

/** What one append may hold, in bytes, with an allowance for what each event takes beside its data. */
export const maxAppendSize = 1_048_576;

/** No stream: the revision before the first. */
export const noStream = -1;

/** After so many appends the server writes an event of its own. */
const appendsBetweenSystemEvents = 7;

export class StandInLog {
  readonly events: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  readonly #listeners = new Set<() => void>();
  #position = 0n;
  #appends = 0;

  constructor() {
    this.#write('$$$scavenges', [systemEvent('$metadata')]);
  }

  stream(name: string): readonly Recorded[] {
    return this.#streams.get(name) ?? [];
  }

  /** @param expected a revision, `noStream`, or undefined for any */
  append(stream: string, expected: number | undefined, proposed: readonly Proposed[]): AppendOutcome {
    const size = proposed.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    if (size > maxAppendSize) return { kind: 'too large' };
    const stored = this.stream(stream);
    const actual = stored.length - 1;
    if (expected !== undefined && expected !== actual) {
      // The same ids at the same expected revision: the first result again, also after later events.
      const there = stored.slice(expected + 1, expected + 1 + proposed.length);
      const last = there.at(-1);
      const same = there.length === proposed.length && there.every(({ id }, index) => id === proposed[index]?.id);
      return expected < actual && same && last !== undefined
        ? { kind: 'appended', last }
        : { kind: 'conflict', actual };
    }
    const last = this.#write(stream, proposed);
    if (++this.#appends % appendsBetweenSystemEvents === 0)
      this.#write('$stats-127.0.0.1:2113', [systemEvent('$statsCollected')]);
    this.#announce();
    return { kind: 'appended', last };
  }

  /** An event of the server’s own, such as a link to a parked event. */
  link(stream: string, to: Recorded, metadata: object): Recorded {
    const data = Buffer.from(`${to.revision}@${to.stream}`);
    const last = this.#write(stream, [
      {
        id: randomUUID(),
        type: '$>',
        data,
        metadata: Buffer.from(JSON.stringify(metadata)),
        contentType: 'application/octet-stream',
      },
    ]);
    this.#announce();
    return last;
  }

  /** What a link points to; undefined for what is no link. */
  linked(event: Recorded): Recorded | undefined {
    if (event.type !== '$>') return undefined;
    const [revision = '', ...name] = Buffer.from(event.data).toString().split('@');
    return this.stream(name.join('@'))[Number(revision)];
  }

  /** Removes a stream’s events, as the truncation of a replayed parked stream does. */
  truncate(stream: string): void {
    this.#streams.delete(stream);
  }

  /** The index in `events` of the first event at or after a position. */
  indexFrom(position: bigint): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }

  #write(stream: string, proposed: readonly Proposed[]): Recorded {
    const stored = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, stored);
    for (const event of proposed) {
      const recorded = { ...event, stream, revision: stored.length, position: this.#position };
      // As in a file: a position is where the record begins.
      this.#position += BigInt(120 + event.data.length + event.metadata.length + stream.length);
      stored.push(recorded);
      this.events.push(recorded);
    }
    const last = stored.at(-1);
    if (last === undefined) throw new Error('an append without events');
    return last;
  }
}

function systemEvent(type: string): Proposed {
  return {
    id: randomUUID(),
    type,
    data: Buffer.from('{}'),
    metadata: new Uint8Array(),
    contentType: 'application/json',
  };
}
