/** How long read models have been behind the log, from the first time that somebody looked and saw it. */
export class LagWatch {
  readonly #since = new Map<string, { readonly goal: string; readonly at: number }>();

  /** @returns seconds; 0 while a read model reflects the head, or the head is not known */
  seconds(projection: string, checkpoint: string | null, head: string | null): number {
    const known = this.#since.get(projection);
    if (head === null || (checkpoint ?? '') >= (known?.goal ?? head)) {
      this.#since.delete(projection);
      if (head === null || (checkpoint ?? '') >= head) return 0;
    }
    const behind = this.#since.get(projection) ?? { goal: head, at: performance.now() };
    this.#since.set(projection, behind);
    // Behind by less than can be measured is behind all the same.
    return Math.max(0.001, Math.round(performance.now() - behind.at) / 1_000);
  }
}
