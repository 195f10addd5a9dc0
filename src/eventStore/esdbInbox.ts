/**
 * What one stream of the client delivers, taken in batches. The client has no deadline for reads and subscriptions, so
 * every wait here is bounded by the caller; a slow caller makes the server wait, and memory stays bounded.
 */
/** Most items that wait in memory; the stream is paused then. */
const mostWaiting = 256;

/** `silent`: nothing came in the time allowed. `ended`: the server closed the stream. */
export type Batch<T> =
  { readonly kind: 'items'; readonly items: readonly T[] } | { readonly kind: 'silent' } | { readonly kind: 'ended' };

/** What is used of a stream of the client: `cancel` of reads, `unsubscribe` of subscriptions. */
export type ClientStream<Delivered> = {
  on(event: 'data', listener: (delivered: Delivered) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  pause(): unknown;
  resume(): unknown;
  isPaused(): boolean;
  readonly readableLength: number;
  readonly cancel?: () => Promise<void>;
  readonly unsubscribe?: () => Promise<void>;
};

export class Inbox<T, Delivered = never> {
  readonly #stream: ClientStream<Delivered>;
  #items: T[] = [];
  /** Marks that come behind so many items that the stream still holds. */
  #marks: { readonly mark: T; behind: number }[] = [];
  #over = false;
  #waking = false;
  #error: Error | undefined;
  #wake: () => void = () => undefined;

  /** @param convert what the stream delivers as an item; undefined leaves it out */
  constructor(stream: ClientStream<Delivered>, convert: (delivered: Delivered) => T | undefined) {
    this.#stream = stream;
    stream.on('data', (delivered: Delivered) => {
      const item = convert(delivered);
      if (item !== undefined) this.#items.push(item);
      this.#moveMarks();
      if (this.#items.length >= mostWaiting) stream.pause();
      this.#wakeSoon();
    });
    stream.on('error', (error) => this.#finish(error));
    stream.on('end', () => this.#finish());
    stream.on('close', () => this.#finish());
  }

  /** Puts in a mark of the caller’s own, behind everything that the stream has read from the server so far. */
  mark(mark: T): void {
    const behind = this.#stream.readableLength;
    if (behind === 0) this.#items.push(mark);
    else this.#marks.push({ mark, behind });
    this.#wake();
  }

  /** After the turn in which something came: what comes with it is taken with it, and the server is told of the room first. */
  #wakeSoon(): void {
    if (this.#waking) return;
    this.#waking = true;
    setImmediate(() => {
      this.#waking = false;
      this.#wake();
    });
  }

  #moveMarks(): void {
    if (this.#marks.length === 0) return;
    for (const waiting of this.#marks) waiting.behind -= 1;
    this.#items.push(...this.#marks.filter(({ behind }) => behind <= 0).map(({ mark }) => mark));
    this.#marks = this.#marks.filter(({ behind }) => behind > 0);
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Ends a wait under way. */
  wake(): void {
    this.#wake();
  }

  /**
   * What came, or what comes within the time allowed.
   * @throws what the stream failed with, after everything that came before was taken
   */
  async take(milliseconds: number): Promise<Batch<T>> {
    if (this.#items.length === 0 && !this.#over) await this.#wait(milliseconds);
    if (this.#items.length > 0) {
      const items = this.#items;
      this.#items = [];
      if (this.#stream.isPaused()) this.#stream.resume();
      return { kind: 'items', items };
    }
    if (this.#error !== undefined) throw this.#error;
    return this.#over ? { kind: 'ended' } : { kind: 'silent' };
  }

  /** Ends the call on the server, which would stay open otherwise. Never waits: the server may be gone. */
  close(): void {
    this.#over = true;
    this.#items = [];
    this.#stream.on('error', () => undefined);
    const end = this.#stream.cancel ?? this.#stream.unsubscribe;
    end?.call(this.#stream).catch(() => undefined);
    this.#stream.resume();
    this.#wake();
  }

  #finish(error?: Error): void {
    this.#error ??= error;
    this.#over = true;
    this.#wake();
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      this.#wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}
