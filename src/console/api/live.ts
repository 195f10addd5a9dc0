/**
 * What changes on the server, told to whoever shows it: one stream for all windows. Each would take one of the six
 * connections that a browser keeps to a host over HTTP/1.1, and the seventh window would wait for ever.
 */
import { useEffect, useRef } from 'preact/hooks';
import { lost } from './connection.js';
import { whileInFront, windowsAgree } from './inFront.js';
import { pause } from './pause.js';
import { signedInAgain } from './session.js';

/** An event of an account; `missed` when there may have been others that were not told. */
export type Change = {
  readonly position: string;
  readonly accountId: string;
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
};
export type Told = Change | 'missed';

/** What a window tells the others: as they would have heard it themselves. */
type Heard = { readonly told?: Told; readonly last: string };

const listeners = new Set<(told: Told) => void>();
const windows = windowsAgree ? new BroadcastChannel('gatehouse changes') : undefined;

/** Up to where everything has been told; undefined before the first message. */
let last: string | undefined;
/** When the first listener came, in milliseconds since 1970; undefined before. */
let startedAt: number | undefined;
/**
 * What was asked for this long before the stream began may be older than what it tells of, in milliseconds: in a window
 * that was opened behind others, say.
 */
const grace = 300;

/** How long to wait before the next attempt, in milliseconds: longer each time, until one succeeds. */
const firstPause = 500;
const longestPause = 30_000;
/** How often it is looked whether the machine slept, and after how long a gap the stream is not trusted any more. */
const lookEvery = 10_000;
const gap = 45_000;

/** Has everything that is shown asked for anew, as after changes that were missed. */
export function askAnew(): void {
  for (const listener of listeners) listener('missed');
}

function hear({ told, last: position }: Heard): void {
  last = position;
  if (told !== undefined) for (const listener of listeners) listener(told);
}

/** Follows the stream, through restarts of the service and sessions that end. @returns what ends it */
function follow(): () => void {
  let source: EventSource | undefined;
  let over = false;
  let nextPause = firstPause;

  const pass = (heard: Heard): void => {
    hear(heard);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel's takes none
    windows?.postMessage(heard);
  };

  const open = (): void => {
    source?.close();
    source = undefined;
    if (over) return;
    const opened = new EventSource(
      last === undefined ? '/v1/changes' : `/v1/changes?after=${encodeURIComponent(last)}`,
    );
    source = opened;
    opened.addEventListener('open', () => (nextPause = firstPause));
    opened.addEventListener('ready', ({ lastEventId }) => {
      const isLate = last === undefined && Date.now() - (startedAt ?? 0) > grace;
      pass(isLate ? { told: 'missed', last: lastEventId } : { last: lastEventId });
    });
    opened.addEventListener('change', ({ data, lastEventId }) =>
      pass({ told: JSON.parse(String(data)) as Change, last: lastEventId }),
    );
    opened.addEventListener('reset', ({ lastEventId }) => pass({ told: 'missed', last: lastEventId }));
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      // The browser comes again by itself while it is `CONNECTING`, and resumes after the last message.
      if (opened.readyState === EventSource.CLOSED) void openAgain();
      else void lost();
    });
  };

  /** Opens it again when the browser has given it up: the service is away, or the session ended. */
  const openAgain = async (): Promise<void> => {
    source?.close();
    source = undefined;
    await signedInAgain().catch(lost);
    await pause(nextPause);
    nextPause = Math.min(nextPause * 2, longestPause);
    if (source === undefined) open();
  };

  // A connection that went away while the machine slept, or with its network, does not always say so.
  let looked = Date.now();
  const timer = setInterval(() => {
    const slept = Date.now() - looked > gap;
    looked = Date.now();
    if (slept && source !== undefined) open();
  }, lookEvery);
  addEventListener('online', open);

  open();
  return () => {
    over = true;
    clearInterval(timer);
    removeEventListener('online', open);
    source?.close();
  };
}

function start(): void {
  if (startedAt !== undefined) return;
  startedAt = Date.now();
  windows?.addEventListener('message', ({ data }: MessageEvent<Heard>) => hear(data));
  whileInFront('gatehouse changes', follow);
}

/** Listens as long as the component is shown. The listener may change from one rendering to the next. */
export function useChanges(listener: (told: Told) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const listen = (told: Told): void => latest.current(told);
    listeners.add(listen);
    start();
    return () => void listeners.delete(listen);
  }, []);
}
