/** The long work of the audit in a thread of its own, so that no request waits for it. */
import type { Config } from '../config.js';
import type { Audited, AuditTask, AuditWork } from './auditTask.js';
import type { AuditProgress, AuditThreadTask } from './auditWorker.js';
import { inThread } from './thread.js';

const script = new URL('./auditWorker.js', import.meta.url);

/** Does each task in a thread; the thread opens the log for itself. */
export function auditInThread({ eventStore, checkpoints }: Config): AuditWork {
  return async <Task extends AuditTask>(task: Task, { signal, onProgress }: Parameters<AuditWork>[1]) => {
    const given: AuditThreadTask = { config: { eventStore, checkpoints }, task };
    return inThread<Audited<Task>, AuditProgress>(script, {
      task: given,
      signal,
      onProgress: ({ phase, done, total }) => onProgress?.(phase, done, total),
    });
  };
}
