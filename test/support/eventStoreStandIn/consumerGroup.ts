/** One persistent subscription of the stand-in: who gets what, what is retried, what is parked. */
import type { Filter } from './filter.js';
import type { Recorded, StandInLog } from './log.js';

export type GroupSettings = {
  readonly filter: Filter;
  readonly startIndex: number;
  readonly maxRetryCount: number;
  readonly messageTimeoutMs: number;
  /** All to the one that came first, as long as it has room; or to each in turn. */
  readonly strategy: 'single' | 'round robin';
};

export type Consumer = {
  readonly room: number;
  readonly deliver: (event: Recorded, position: bigint, retryCount: number) => void;
};

type Delivery = { readonly event: Recorded; readonly position: bigint; readonly retryCount: number };
type InFlight = Delivery & { readonly consumer: Consumer; readonly timer: NodeJS.Timeout };

/** The server writes how far the group is after so many acknowledgements; after a crash it goes on from there. */
const acknowledgementsBetweenCheckpoints = 10;

export class ConsumerGroup {
  readonly #inFlight = new Map<string, InFlight>();
  readonly #consumers = new Set<Consumer>();
  #retries: Delivery[] = [];
  #next: number;
  #checkpoint: number;
  #acknowledged = 0;

  constructor(
    readonly name: string,
    readonly log: StandInLog,
    readonly settings: GroupSettings,
  ) {
    this.#next = this.#checkpoint = settings.startIndex;
    log.onAppend(() => this.dispatch());
  }

  get parkedStream(): string {
    return `$persistentsubscription-$all::${this.name}-parked`;
  }

  join(consumer: Consumer): void {
    this.#consumers.add(consumer);
    this.dispatch();
  }

  /** What a consumer held goes to another one. */
  leave(consumer: Consumer): void {
    this.#consumers.delete(consumer);
    for (const [id, held] of this.#inFlight) if (held.consumer === consumer) this.#release(id, held, 'retry', 'gone');
    this.dispatch();
  }

  acknowledge(id: string): void {
    const held = this.#inFlight.get(id);
    if (held === undefined) return;
    clearTimeout(held.timer);
    this.#inFlight.delete(id);
    if (++this.#acknowledged % acknowledgementsBetweenCheckpoints === 0) this.#checkpoint = this.#lowestOpen();
    this.dispatch();
  }

  refuse(id: string, action: 'retry' | 'park' | 'skip', reason: string): void {
    const held = this.#inFlight.get(id);
    if (held === undefined) return;
    this.#release(id, held, action, reason);
    this.dispatch();
  }

  replayParked(): void {
    const links = this.log.stream(this.parkedStream);
    for (const link of links) {
      const event = this.log.linked(link);
      if (event !== undefined) this.#retries.push({ event, position: link.position, retryCount: 0 });
    }
    this.log.truncate(this.parkedStream);
    this.dispatch();
  }

  /** As after the server was killed: what was acknowledged since the last checkpoint comes again. */
  restart(): void {
    for (const { timer } of this.#inFlight.values()) clearTimeout(timer);
    this.#inFlight.clear();
    this.#consumers.clear();
    this.#retries = [];
    this.#next = this.#checkpoint;
  }

  dispatch(): void {
    for (let consumer = this.#free(); consumer !== undefined; consumer = this.#free()) {
      const delivery = this.#retries.shift() ?? this.#nextMatching();
      if (delivery === undefined) return;
      const { event } = delivery;
      const timer = setTimeout(() => this.refuse(event.id, 'retry', 'timeout'), this.settings.messageTimeoutMs);
      this.#inFlight.set(event.id, { ...delivery, consumer, timer });
      consumer.deliver(event, delivery.position, delivery.retryCount);
    }
  }

  #nextMatching(): Delivery | undefined {
    for (;;) {
      const event = this.log.events[this.#next];
      if (event === undefined) return undefined;
      this.#next += 1;
      if (this.settings.filter.matches(event)) return { event, position: event.position, retryCount: 0 };
    }
  }

  #free(): Consumer | undefined {
    const held = (consumer: Consumer): number =>
      [...this.#inFlight.values()].filter((one) => one.consumer === consumer).length;
    const withRoom = [...this.#consumers].filter((consumer) => held(consumer) < consumer.room);
    if (this.settings.strategy === 'single') {
      const [first] = this.#consumers;
      return withRoom.find((consumer) => consumer === first);
    }
    return withRoom.toSorted((a, b) => held(a) - held(b))[0];
  }

  #release(id: string, held: InFlight, action: 'retry' | 'park' | 'skip', reason: string): void {
    clearTimeout(held.timer);
    this.#inFlight.delete(id);
    const { event, position, retryCount } = held;
    if (action === 'skip') return;
    if (action === 'retry' && retryCount < this.settings.maxRetryCount) {
      this.#retries.push({ event, position, retryCount: retryCount + 1 });
      this.#retries.sort((a, b) => (a.event.position < b.event.position ? -1 : 1));
      return;
    }
    const why =
      action === 'park'
        ? `Client explicitly NAK'ed message.\n${reason}`
        : `Reached retry count of ${this.settings.maxRetryCount}`;
    this.log.link(this.parkedStream, event, { added: '2026-01-01T00:00:00.0000000+00:00', reason: why });
  }

  #lowestOpen(): number {
    const open = [...this.#inFlight.values(), ...this.#retries].map(({ event }) => this.log.indexFrom(event.position));
    return Math.min(this.#next, ...open);
  }
}
