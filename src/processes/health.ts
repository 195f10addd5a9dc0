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

export class ProcessHealth {
  readonly #states = new Map<string, ProcessState>();

  constructor(names: readonly string[]) {
    for (const name of names) this.succeeded(name);
  }

  succeeded(process: string): void {
    this.#states.set(process, { process, state: 'ok', failures: 0, error: null });
  }

  failed(process: string, error: Error): void {
    const failures = (this.#states.get(process)?.failures ?? 0) + 1;
    this.#states.set(process, { process, state: 'failing', failures, error: error.message });
  }

  states(): ProcessState[] {
    return [...this.#states.values()];
  }
}
