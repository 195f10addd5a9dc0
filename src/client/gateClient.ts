/**
 * The sending gate inside the product's own process: follows the gate feed, and answers from memory what the service
 * would answer. Fails closed: what it does not know, or has not known to be up to date for too long, it denies.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FeedMark, type FeedSettings, feedVersion } from '../gateFeed/wire.js';
import type { GateDecision } from '../policy/gate.js';
import { GateAnswers, type GateAsk } from './answers.js';
import { followFeed, GateFeedRefused } from './connection.js';

export type GateClientOptions = {
  /** The address of the service: `https://gatehouse.internal`. */
  readonly url: string;
  /** A token of the role `product` (or an insider's). */
  readonly token: string;
  /** Denies everything when it has not been known to be up to date for so long, in milliseconds; 15,000 unless given. */
  readonly staleAfterMilliseconds?: number;
  /** Told of each failure. It tries again by itself, but for a `GateFeedRefused`: then it has stopped. */
  readonly onError?: (error: Error) => void;
  /** The first pause before it connects again, in milliseconds, in place of what the service asks for. */
  readonly reconnectMilliseconds?: number;
};

/** The longest pause between two tries to connect, in milliseconds. */
const longestPause = 30_000;

type Waiter = { readonly position: string; readonly done: (reached: boolean) => void };

export class GateClient {
  readonly #options: GateClientOptions;
  readonly #staleAfter: number;
  readonly #answers = new GateAnswers();
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  /** The last position that was received; the next connection goes on after it. */
  #received: string | undefined;
  /** What the answers reflect; null until everything was received once. */
  #position: string | null = null;
  /** When the answers are stale, on the clock of `performance.now()`. */
  #freshUntil = 0;
  /** The least that our clock was ahead of the server's on this connection: a mark that shows more was under way longer. */
  #leastDelay = Infinity;
  #pause: number;
  #failures = 0;
  #waiters: Waiter[] = [];

  constructor(options: GateClientOptions) {
    this.#options = options;
    this.#staleAfter = options.staleAfterMilliseconds ?? 15_000;
    this.#pause = options.reconnectMilliseconds ?? 1_000;
  }

  /** Connects, and stays connected until `close`. Calling it again does nothing. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends the connection. From then on everything is denied. */
  async close(): Promise<void> {
    this.#stop();
    await this.#running;
  }

  /**
   * What the service would answer (`GET /v1/accounts/{id}/gate`), at once and without it. `revision` and `position` are
   * those at which the account's answers changed last; they may be older than the service's. The answer is shared and
   * frozen.
   * @throws {TypeError} for an action or message type that there is not
   */
  ask(question: GateAsk): GateDecision {
    return performance.now() < this.#freshUntil
      ? this.#answers.ask(question, this.#position)
      : this.#answers.denied(question, 'not_up_to_date', this.#position);
  }

  /** Whether it answers from knowledge that is complete and not stale. */
  get upToDate(): boolean {
    return performance.now() < this.#freshUntil;
  }

  /** The log position that the answers reflect; null until everything was received once. */
  get position(): string | null {
    return this.#position;
  }

  /** How many accounts are known. */
  get accounts(): number {
    return this.#answers.size;
  }

  /** Waits until it is complete. @param milliseconds how long at most. @returns false when it took longer, or has stopped */
  async ready(milliseconds = 30_000): Promise<boolean> {
    return this.reaches('', milliseconds);
  }

  /**
   * Waits until the answers reflect a position, such as the one in a command's answer.
   * @param milliseconds how long at most
   * @returns false when it took longer, or it has stopped
   */
  async reaches(position: string, milliseconds = 3_000): Promise<boolean> {
    if (this.#position !== null && this.#position >= position) return true;
    if (this.#stopping.signal.aborted) return false;
    return new Promise((resolve) => {
      const done = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        resolve(reached);
      };
      const waiter = { position, done };
      const timer = setTimeout(() => done(false), milliseconds);
      this.#waiters.push(waiter);
    });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        this.#leastDelay = Infinity;
        await this.#follow(signal);
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof GateFeedRefused) this.#stop();
        this.#options.onError?.(error instanceof Error ? error : new Error(String(error)));
      }
      // Half of it is chance, so that clients that lost their service together do not come back together.
      const pause = Math.min(this.#pause * 2 ** this.#failures, longestPause) * (0.5 + Math.random() / 2);
      this.#failures += 1;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { url, token, reconnectMilliseconds } = this.#options;
    const connection = { url, token, after: this.#received, silence: this.#staleAfter, signal };
    await followFeed(connection, {
      onSettings: (settings) => this.#configure(settings),
      onGate: (gate) => {
        this.#answers.put(gate);
        this.#received = gate.position;
        this.#failures = 0;
      },
      onMark: (mark) => this.#mark(mark),
      onReset: () => this.#forget(),
      onRetry: (milliseconds) => {
        if (reconnectMilliseconds === undefined) this.#pause = milliseconds;
      },
    });
  }

  #configure(settings: FeedSettings): void {
    const before = this.#answers.settings;
    if (settings.feed !== feedVersion) {
      throw new Error(`The service sends feed ${settings.feed}, this client reads ${feedVersion}: use equal versions.`);
    }
    this.#answers.configure(settings);
    if (before === undefined || before.log === settings.log) return;
    // What was received is of another log, and this connection goes on after a position of that.
    const resumed = this.#received !== undefined;
    this.#forget();
    if (resumed) throw new Error('The service has another log than before: everything is received anew.');
  }

  #mark({ position, time }: FeedMark): void {
    const now = performance.now();
    const delay = now - Date.parse(time);
    this.#leastDelay = Math.min(this.#leastDelay, delay);
    // A mark that was under way for long says what was known then.
    this.#freshUntil = now - (delay - this.#leastDelay) + this.#staleAfter;
    this.#received = position;
    this.#position = position;
    this.#failures = 0;
    for (const waiter of this.#waiters.filter((one) => one.position <= position)) waiter.done(true);
    // Later and later: the way is slow, or the two clocks have drifted apart since, or the service's was put back. Only
    // another connection tells, and while this one's marks come it would not end.
    if (delay - this.#leastDelay > this.#staleAfter / 2) throw new Error('The gate feed comes late: it is begun anew.');
  }

  #forget(): void {
    this.#answers.forget();
    this.#received = undefined;
    this.#position = null;
    this.#freshUntil = 0;
  }

  #stop(): void {
    this.#stopping.abort();
    this.#freshUntil = 0;
    for (const { done } of this.#waiters) done(false);
  }
}
