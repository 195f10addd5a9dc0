/** Work in a thread of its own: what it is told, what it says, and its end. */
import { type MessagePort, type ResourceLimits, Worker } from 'node:worker_threads';
import { EventStoreError, StoreUnavailable } from '../eventStore/eventStore.js';

/** What a thread says: how far it is, and how it ended. */
type ThreadMessage =
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: string; readonly retryable: boolean };

export type ThreadOptions<Progress> = {
  /** What the thread finds as `workerData`. */
  readonly task: object;
  /** Tells the thread to end. */
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly resourceLimits?: ResourceLimits;
};

/**
 * Runs a script in a thread, and gives what it found. The thread is told when the signal aborts, and ends then by itself.
 * @throws {StoreUnavailable} when it could not read its store
 */
export async function inThread<Result, Progress>(
  script: URL,
  { task, signal, onProgress, resourceLimits }: ThreadOptions<Progress>,
): Promise<Result> {
  const worker = new Worker(script, {
    workerData: task,
    ...(resourceLimits === undefined ? {} : { resourceLimits }),
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  const stop = (): void => worker.postMessage('stop');
  signal.addEventListener('abort', stop, { once: true });
  // The stop may have come before there was a thread to tell.
  if (signal.aborted) stop();
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`a thread ended with ${code} before its work did`)));
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'progress') onProgress?.(message.progress as Progress);
        if (message.kind === 'done') resolve(message.result as Result);
        if (message.kind === 'failed')
          reject(message.retryable ? new StoreUnavailable(message.error) : new Error(message.error));
      });
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** The thread's side: does the work, says how far it is and how it ended. Give it the thread's `parentPort`. */
export async function workAsThread(
  port: MessagePort | null,
  work: (signal: AbortSignal, onProgress: (progress: unknown) => void) => Promise<unknown>,
): Promise<void> {
  if (port === null) throw new Error('this runs as a thread');
  const stopping = new AbortController();
  port.once('message', () => stopping.abort());
  const say = (message: ThreadMessage): void => port.postMessage(message);
  try {
    say({ kind: 'done', result: await work(stopping.signal, (progress) => say({ kind: 'progress', progress })) });
  } catch (error) {
    const retryable = error instanceof EventStoreError;
    say({ kind: 'failed', error: error instanceof Error ? error.message : String(error), retryable });
  }
  // Nobody else speaks to it any more, and it ends.
  port.unref();
}
