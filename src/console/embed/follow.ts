/** The account's changes as they happen, by `fetch`: the browser's own EventSource can send no token. */
import { createParser } from 'eventsource-parser';
import { hint } from './hint.js';
import { type AccountClient, problemFrom } from './client.js';
import { Refused } from './refused.js';

/** Something may have changed; with the position to ask for, where it is known. */
export type Told = { readonly position?: string };

export type Following = {
  readonly onChange: (told: Told) => void;
  readonly onConnection: (connected: boolean) => void;
  readonly signal: AbortSignal;
};

/** The service sends something every 15 s; after so long without anything the stream is dead, in milliseconds. */
const longestSilence = 40_000;
const firstPause = 500;
const lastPause = 20_000;

/**
 * Follows until the signal aborts. While there is no stream, whoever listens is told to ask at each attempt: where
 * something between us keeps streams back, asking again is what is left.
 */
export async function follow(client: AccountClient, { onChange, onConnection, signal }: Following): Promise<void> {
  let lastEventId = '';
  for (let pause = firstPause; !signal.aborted;) {
    try {
      await readStream(client, lastEventId, signal, (event, id, position) => {
        lastEventId = id;
        pause = firstPause;
        if (event === 'ready') onConnection(true);
        onChange(position === undefined ? {} : { position });
      });
    } catch (error) {
      if (signal.aborted) return;
      // Another attempt would be answered the same.
      if (error instanceof Refused && (error.problem.status === 403 || error.problem.status === 404)) {
        hint(`the token is not one for the account “${client.account}”: ${error.problem.detail}`);
        return;
      }
      onConnection(false);
      onChange({});
    }
    // Neither all at once, nor for ever: a stream that ended by itself is opened again soon.
    await wait(pause * (0.75 + Math.random() / 2), signal);
    pause = Math.min(pause * 2, lastPause);
  }
}

type Heard = (event: string, id: string, position: string | undefined) => void;

async function readStream(client: AccountClient, lastEventId: string, signal: AbortSignal, heard: Heard) {
  const silent = new AbortController();
  const abort = (): void => silent.abort();
  signal.addEventListener('abort', abort, { once: true });
  let timer = setTimeout(abort, longestSilence);
  try {
    const response = await client.once('/changes', {
      headers: { Accept: 'text/event-stream', ...(lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId }) },
      signal: silent.signal,
    });
    if (!response.ok || response.body === null) throw new Refused(await problemFrom(response));
    const parser = createParser({
      onEvent: ({ event = '', id = '', data }) => {
        const { position } = JSON.parse(data) as { readonly position?: string };
        heard(event, id, position === '' ? undefined : position);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(abort, longestSilence);
      parser.feed(part.value);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
