/** One thread of the audit: opens the log for itself, and does its task. */
import { parentPort, workerData } from 'node:worker_threads';
import type { VerifyPhase } from '../audit/verify.js';
import type { Config } from '../config.js';
import { auditedLog } from '../parts.js';
import { auditHere, type AuditTask } from './auditTask.js';
import { workAsThread } from './thread.js';

/** What a thread is told. */
export type AuditThreadTask = {
  readonly config: Pick<Config, 'eventStore' | 'checkpoints'>;
  readonly task: AuditTask;
};

/** How far it is: see `OnVerified`. */
export type AuditProgress = { readonly phase: VerifyPhase; readonly done: number; readonly total: number };

/** So often it says how far it is, in milliseconds; each phase at its beginning, too. */
const sayEvery = 100;

const { config, task } = workerData as AuditThreadTask;

await workAsThread(parentPort, async (signal, say) => {
  let said: { readonly phase: VerifyPhase; readonly at: number } | undefined;
  return auditHere(auditedLog(config))(task, {
    signal,
    onProgress: (phase, done, total) => {
      const at = performance.now();
      if (said?.phase === phase && at - said.at < sayEvery) return;
      said = { phase, at };
      say({ phase, done, total } satisfies AuditProgress);
    },
  });
});
