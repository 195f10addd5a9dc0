/** The long work of the audit, as a service asks for it; the same in a thread and in this one. */
import { UnusableKey } from '../audit/key.js';
import type { OnVerified, Verification } from '../audit/verify.js';
import { type AuditedLog, proveAt, type Proved, verifyAt } from '../audit/work.js';
import { closing } from '../eventStore/eventStore.js';

/** What is to be done. */
export type AuditTask =
  | { readonly kind: 'verify' }
  | { readonly kind: 'prove'; readonly accountId: string; readonly checkpoint?: number | undefined };

/** What was found; undefined when there is no log. */
export type Audited<Task extends AuditTask> = (Task['kind'] extends 'verify' ? Verification : Proved) | undefined;

/** Does a task. The signal ends it early: a verification is then not complete, and a bundle `stopped`. */
export type AuditWork = <Task extends AuditTask>(
  task: Task,
  options: { readonly signal: AbortSignal; readonly onProgress?: OnVerified },
) => Promise<Audited<Task>>;

/** Does the tasks in this thread. */
export function auditHere(log: AuditedLog): AuditWork {
  return async <Task extends AuditTask>(task: Task, options: Parameters<AuditWork>[1]) =>
    (await (task.kind === 'verify' ? verifyAt(log, options) : prove(log, task, options.signal))) as Audited<Task>;
}

type ProveTask = Extract<AuditTask, { readonly kind: 'prove' }>;

async function prove({ open, folder }: AuditedLog, task: ProveTask, signal: AbortSignal): Promise<Proved | undefined> {
  const store = open();
  if (store === undefined) return undefined;
  return closing(store, async () => proveAt(store, folder, { ...task, signal })).catch((error: unknown): Proved => {
    if (!(error instanceof UnusableKey)) throw error;
    return { kind: 'found', findings: [{ kind: 'key', detail: error.message }] };
  });
}
