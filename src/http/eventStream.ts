/** Server-sent events, as every feed sends them: resumed by position, ended with the service, never kept for the slow. */
import { once } from 'node:events';
import type { Gauge } from 'prom-client';
import { z } from 'zod';
import { HttpProblem, problem } from './problem.js';
import type { Context, Reply } from './route.js';
import { position } from './schemas.js';

/** How long a reader may take nothing of what was written, in milliseconds; it is cut off then, and can resume. */
const longestStall = 60_000;
/** What a reader that is cut off should wait before it comes again, in milliseconds. */
const retry = 1_000;

export const resumeQuery = z.strictObject({
  after: position.optional().meta({ description: 'As `Last-Event-ID`, for readers that cannot set headers.' }),
});

export const resumeHeaders = z.object({
  'last-event-id': position.optional().meta({ description: 'The `id` of the last message: goes on after it.' }),
});

/** The position that the reader was sent everything up to; undefined for a new one. @throws {HttpProblem} 400 */
export function resumedAfter({ request, query }: Context): string | undefined {
  const given = request.headers['last-event-id'];
  if (given === undefined || given === '') return query['after'] as string | undefined;
  const parsed = position.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(problem(400, 'malformed', 'Last-Event-ID must be the id of a message of this feed.'));
}

export type EventStream = {
  /** Writes, and waits when the reader is slower than we are. @returns false when it takes nothing any more */
  readonly write: (text: string) => Promise<boolean>;
  /** Aborts when the reader has gone, or the service stops. */
  readonly signal: AbortSignal;
};

/**
 * Answers with a stream, which ends when `send` returns.
 * @param readers counts the streams that are open
 */
export async function openEventStream(
  { deps, request, response }: Context,
  readers: Pick<Gauge, 'inc' | 'dec'>,
  send: (stream: EventStream) => Promise<void>,
): Promise<Reply> {
  const gone = new AbortController();
  const { signal } = gone;
  const leave = (): void => gone.abort();
  response.on('close', leave);
  deps.stopping.addEventListener('abort', leave, { once: true });
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // Proxies such as nginx would keep messages back until there are many.
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  // Whoever left while the answer was prepared does not leave once more.
  if (request.method === 'HEAD' || response.closed || deps.stopping.aborted) leave();
  const write = async (text: string): Promise<boolean> => {
    if (response.write(text)) return true;
    return drained(response, signal);
  };
  readers.inc();
  try {
    if (await write(`retry: ${retry}\n\n`)) await send({ write, signal });
  } finally {
    readers.dec();
    deps.stopping.removeEventListener('abort', leave);
  }
  if (signal.aborted || !response.writableNeedDrain) response.end();
  else response.destroy();
  return 'streamed';
}

async function drained(response: Context['response'], signal: AbortSignal): Promise<boolean> {
  const stalled = new AbortController();
  const stop = (): void => stalled.abort();
  const timer = setTimeout(stop, longestStall);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await once(response, 'drain', { signal: stalled.signal }).catch(() => undefined);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  return !stalled.signal.aborted;
}
