/** `gatehouse copy`: moves a log between stores. */
import { copyLog, type Copied, type CopyPhase } from '../app/copyLog.js';
import { type EventStoreChoice } from '../config.js';
import { eventsUpTo } from '../eventStore/eventStore.js';
import { openStore, openStoreForReading } from '../parts.js';
import { note, UsageError } from './output.js';
import { type Progress, startProgress } from './progress.js';

/** @throws {LogsDiffer} when the target holds another log */
export async function copy(from: EventStoreChoice, to: EventStoreChoice, signal: AbortSignal): Promise<Copied> {
  if (JSON.stringify(from) === JSON.stringify(to)) throw new UsageError('--from and --to name the same store.');
  const source = openStoreForReading(from);
  if (source === undefined) throw new UsageError('There is no store at --from.');
  try {
    const target = openStore(to);
    const progress = phases(eventsUpTo(await source.head()));
    try {
      return await copyLog(source, target, { signal, onProgress: progress.update });
    } finally {
      progress.finish();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** A progress for each phase. */
function phases(total: number) {
  let current: { readonly phase: CopyPhase; readonly progress: Progress } | undefined;
  return {
    update: (phase: CopyPhase, events: number): void => {
      if (current?.phase !== phase) {
        current?.progress.finish();
        note(`${phase} …`);
        current = { phase, progress: startProgress(phase, total, 'events') };
      }
      current.progress.update(events);
    },
    finish: (): void => current?.progress.finish(),
  };
}
