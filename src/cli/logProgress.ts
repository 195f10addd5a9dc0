/** Progress through the log, and turns for others meanwhile. */
import { eventsUpTo, type Position } from '../eventStore/eventStore.js';
import { startProgress } from './progress.js';

/** Progress through the log up to its head: by position where positions count events, else by what is counted. */
export function logProgress(label: string, head: Position, unit: string) {
  const total = eventsUpTo(head);
  const { update, finish } = total === 0 ? startProgress(label, 0, unit) : startProgress(label, total, 'events');
  return {
    update: (position: Position, count: number): void =>
      total === 0 ? update(count) : update(eventsUpTo(position), `${count} ${unit}`),
    finish,
  };
}

/** Lets what else waits, such as Ctrl-C, go first. */
export async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
