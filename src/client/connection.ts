/** One connection to the gate feed: its messages, until it ends. */
import type { ReadableStream } from 'node:stream/web';
import { createParser } from 'eventsource-parser';
import type { FeedGate, FeedMark, FeedSettings } from '../gateFeed/wire.js';

/** What comes in, in order. */
export type FeedHandlers = {
  readonly onSettings: (settings: FeedSettings) => void;
  readonly onGate: (gate: FeedGate) => void;
  readonly onMark: (mark: FeedMark) => void;
  readonly onReset: () => void;
  /** The pause that the server asks for before the next connection, in milliseconds. */
  readonly onRetry: (milliseconds: number) => void;
};

export type FeedConnection = {
  /** The address of the service: `https://gatehouse.internal`. */
  readonly url: string;
  readonly token: string;
  /** Goes on after this position. */
  readonly after: string | undefined;
  /** The connection is given up when nothing at all comes for so long, in milliseconds. */
  readonly silence: number;
  readonly signal: AbortSignal;
};

/** The service does not let this token follow the gate; trying again will not help. */
export class GateFeedRefused extends Error {
  override readonly name = 'GateFeedRefused';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Follows the feed until the connection ends, one way or another.
 * @throws {GateFeedRefused} for a token that may not
 * @throws {Error} when the service cannot be reached, fails, or says nothing for too long
 */
export async function followFeed(
  { url, token, after, silence, signal }: FeedConnection,
  handlers: FeedHandlers,
): Promise<void> {
  const ending = new AbortController();
  const giveUp = (): void => ending.abort(new Error(`The gate feed said nothing for ${silence} ms.`));
  const stop = (): void => ending.abort(new Error('The client was closed.'));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let timer = setTimeout(giveUp, silence);
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/v1/gate/changes`, {
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'text/event-stream',
        ...(after === undefined ? {} : { 'Last-Event-ID': after }),
      },
      redirect: 'error',
      signal: ending.signal,
    });
    if (!response.ok || response.body === null) throw await refusalOf(response);
    const parser = createParser({
      onEvent: ({ event, data }) => dispatch(event, data, handlers),
      onRetry: handlers.onRetry,
    });
    const decoder = new TextDecoder();
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    // Fetch forgets its signal when the garbage collector runs while the body is read: the reader is told, too.
    ending.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      ending.signal.throwIfAborted();
      clearTimeout(timer);
      timer = setTimeout(giveUp, silence);
      parser.feed(decoder.decode(read.value, { stream: true }));
    }
    ending.signal.throwIfAborted();
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    // What a handler threw ends the connection, too: unread, it would stay open.
    ending.abort();
  }
}

async function refusalOf(response: Response): Promise<Error> {
  const text = (await response.text()).slice(0, 500);
  const message = `GET /v1/gate/changes was answered with ${response.status}: ${text}`;
  return response.status === 401 || response.status === 403
    ? new GateFeedRefused(response.status, message)
    : new Error(message);
}

/** Messages of a kind that is not known here are of a newer service, and nothing to a client that lacks them. */
function dispatch(event: string | undefined, data: string, handlers: FeedHandlers): void {
  switch (event) {
    case 'settings':
      return handlers.onSettings(JSON.parse(data) as FeedSettings);
    case 'gate':
      return handlers.onGate(JSON.parse(data) as FeedGate);
    case 'snapshot-end':
    case 'at':
      return handlers.onMark(JSON.parse(data) as FeedMark);
    case 'reset':
      return handlers.onReset();
    default:
      return undefined;
  }
}
