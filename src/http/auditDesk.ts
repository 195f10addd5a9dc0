/**
 * The long work of the audit that is asked for over HTTP: one verification at a time, in the background, its outcome kept
 * while the service runs; and bundles, a few at a time, while somebody waits for them.
 */
import { randomUUID } from 'node:crypto';
import type { Verification, VerifyPhase } from '../audit/verify.js';
import type { Proved } from '../audit/work.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import type { AuditWork } from '../threads/auditTask.js';
import { HttpProblem, problem } from './problem.js';

export const verificationStates = ['running', 'done', 'failed', 'cancelled'] as const;

/** A verification that was asked for, changed in place while it runs. */
export type VerificationRun = {
  readonly id: string;
  readonly startedBy: Actor;
  readonly startedAt: Instant;
  state: (typeof verificationStates)[number];
  /** Null before the log has been opened. */
  phase: VerifyPhase | null;
  /** Events that the phase has gone through. */
  done: number;
  /** Of so many; null where nobody knows. */
  total: number | null;
  finishedAt: Instant | null;
  /** Why it failed. */
  error: string | null;
  /** What it found, also as far as it came when it was cancelled. */
  result: Verification | null;
};

/** Verifications that are remembered. */
const mostKept = 20;

/** Bundles that are made at once; each reads the log up to its checkpoint. */
const mostBundles = 2;

export type AuditDeskParts = {
  readonly work: AuditWork;
  readonly now: () => Instant;
  /** Ends what is under way when the service stops. */
  readonly stopping: AbortSignal;
};

export class AuditDesk {
  readonly #runs: VerificationRun[] = [];
  #running:
    { readonly run: VerificationRun; readonly cancel: AbortController; readonly ended: Promise<void> } | undefined;
  #bundles = 0;
  #taking = false;

  constructor(readonly parts: AuditDeskParts) {}

  /** The last ones, the newest first; those of before the service's start are not known. */
  get verifications(): readonly VerificationRun[] {
    return this.#runs;
  }

  verification(id: string): VerificationRun | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /** Begins to verify the log and its checkpoints. @throws {HttpProblem} 409 while one is running */
  verify(startedBy: Actor): VerificationRun {
    if (this.#running !== undefined) {
      const { id } = this.#running.run;
      const detail = `The log is being verified already. Follow or cancel /v1/verifications/${id}.`;
      throw new HttpProblem(problem(409, 'already_verifying', detail, { verificationId: id }));
    }
    const run: VerificationRun = {
      id: randomUUID(),
      startedBy,
      startedAt: this.parts.now(),
      state: 'running',
      phase: null,
      done: 0,
      total: null,
      finishedAt: null,
      error: null,
      result: null,
    };
    this.#runs.unshift(run);
    this.#runs.splice(mostKept);
    const cancel = new AbortController();
    const ended = this.#follow(run, AbortSignal.any([cancel.signal, this.parts.stopping])).finally(() => {
      this.#running = undefined;
    });
    this.#running = { run, cancel, ended };
    return run;
  }

  /**
   * Ends a verification early, and waits until it has ended.
   * @throws {HttpProblem} 409 when it has ended already
   */
  async cancel(run: VerificationRun): Promise<void> {
    if (this.#running?.run !== run) {
      throw new HttpProblem(problem(409, 'not_running', `This verification has ended: it is ${run.state}.`));
    }
    this.#running.cancel.abort();
    await this.#running.ended;
  }

  /**
   * The proof of an account's events; undefined when there is no log.
   * @param checkpoint the newest one unless given
   * @param signal ends it when nobody waits for it any more
   * @throws {HttpProblem} 503 while others are being made
   */
  async prove(accountId: string, checkpoint: number | undefined, signal: AbortSignal): Promise<Proved | undefined> {
    if (this.#bundles >= mostBundles) {
      const detail = 'Other bundles are being made, and each reads the whole log. Ask again shortly.';
      throw new HttpProblem(problem(503, 'busy', detail), { 'Retry-After': '5' });
    }
    this.#bundles += 1;
    try {
      return await this.parts.work(
        { kind: 'prove', accountId, checkpoint },
        { signal: AbortSignal.any([signal, this.parts.stopping]) },
      );
    } finally {
      this.#bundles -= 1;
    }
  }

  /**
   * Takes a checkpoint, unless one is being taken for somebody else: each reads what came since the last one, and keeps the
   * heads of all streams in memory meanwhile.
   * @throws {HttpProblem} 503 while another one is
   */
  async takingOne<T>(take: () => Promise<T>): Promise<T> {
    if (this.#taking) {
      const detail = 'A checkpoint is being taken already. Ask again shortly.';
      throw new HttpProblem(problem(503, 'busy', detail), { 'Retry-After': '5' });
    }
    this.#taking = true;
    try {
      return await take();
    } finally {
      this.#taking = false;
    }
  }

  async #follow(run: VerificationRun, signal: AbortSignal): Promise<void> {
    try {
      const result = await this.parts.work(
        { kind: 'verify' },
        {
          signal,
          onProgress: (phase, done, total) => {
            run.phase = phase;
            run.done = done;
            run.total = total === 0 ? null : total;
          },
        },
      );
      if (result === undefined) throw new Error('There is no log any more, and no checkpoint was taken of it.');
      run.result = result;
      run.state = result.complete ? 'done' : 'cancelled';
    } catch (error) {
      run.state = signal.aborted ? 'cancelled' : 'failed';
      run.error = run.state === 'failed' ? (error instanceof Error ? error.message : String(error)) : null;
    }
    run.finishedAt = this.parts.now();
  }
}
