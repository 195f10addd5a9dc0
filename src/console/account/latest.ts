/** Asks one thing at a time, and next what was wanted last: whatever was wanted in between is not asked at all. */
export class Latest<Key> {
  #wanted: { readonly key: Key } | undefined;
  #busy = false;

  /** @param ask what is to be done for a key; it does not throw */
  constructor(readonly ask: (key: Key) => Promise<void>) {}

  want(key: Key): void {
    this.#wanted = { key };
    if (!this.#busy) void this.#work();
  }

  /** Nothing is wanted any more, beyond what is under way. */
  clear(): void {
    this.#wanted = undefined;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#wanted !== undefined) {
      const { key } = this.#wanted;
      this.#wanted = undefined;
      await this.ask(key);
    }
    this.#busy = false;
  }
}

/** Values by key, so many at most: the one that was used longest ago goes first. */
export class Kept<Value> {
  readonly #values = new Map<string, Value>();

  constructor(readonly most: number) {}

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.most && oldest !== undefined) this.#values.delete(oldest);
  }
}
