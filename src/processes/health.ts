/** How the processes of this node fare: what `/readyz` and `/metrics` say of them. */

export type ProcessState = {
  readonly process: string;
  /** `failing` from a failure until the next success. */
  readonly state: 'ok' | 'failing';
  /** How often it failed in a row. */
  readonly failures: number;
  /** What the last failure said; for operators only. */
  readonly error: string | null;
};

/** A process may have several parts (a consumer, loops): what one of them can do says nothing of the others. */
export class ProcessHealth {
  readonly #failing = new Map<string, Map<string, { readonly failures: number; readonly error: string }>>();

  constructor(names: readonly string[]) {
    for (const name of names) this.#failing.set(name, new Map());
  }

  succeeded(process: string, part = ''): void {
    this.#parts(process).delete(part);
  }

  failed(process: string, error: Error, part = ''): void {
    const parts = this.#parts(process);
    parts.set(part, { failures: (parts.get(part)?.failures ?? 0) + 1, error: error.message });
  }

  states(): ProcessState[] {
    return [...this.#failing].map(([process, parts]) => {
      const [worst] = [...parts.values()].sort((a, b) => b.failures - a.failures);
      return worst === undefined
        ? { process, state: 'ok', failures: 0, error: null }
        : { process, state: 'failing', ...worst };
    });
  }

  #parts(process: string): Map<string, { readonly failures: number; readonly error: string }> {
    const known =
      this.#failing.get(process) ?? new Map<string, { readonly failures: number; readonly error: string }>();
    this.#failing.set(process, known);
    return known;
  }
}
