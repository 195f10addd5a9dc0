/** Several pieces of work at once, and how far all of them together have come. */

/** Lets so many pieces of work go on at the same time; who waits has the next turn in the order of asking. */
export class Permits {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param most 1 is one after the other */
  constructor(most: number) {
    this.#free = most;
  }

  /** Waits for a turn. @returns gives it back; to be called once */
  async acquire(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }
}

/** Marks begun in order and ended in any: told of the last one that has ended with all before it. */
export class Progress<Mark> {
  #open: { readonly mark: Mark; ended: boolean }[] = [];

  constructor(readonly onMoved: (mark: Mark) => void) {}

  /** @returns says that it has ended; what `onMoved` throws, that throws */
  begin(mark: Mark): () => void {
    const one = { mark, ended: false };
    this.#open.push(one);
    return () => {
      one.ended = true;
      const firstOpen = this.#open.findIndex(({ ended }) => !ended);
      const count = firstOpen === -1 ? this.#open.length : firstOpen;
      const last = this.#open[count - 1];
      if (last === undefined) return;
      this.#open = this.#open.slice(count);
      this.onMoved(last.mark);
    };
  }
}
