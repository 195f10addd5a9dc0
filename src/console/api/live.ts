/** What changes on the server, told to whoever shows it: one stream for the whole page. */
import { useEffect, useRef } from 'preact/hooks';
import { lost } from './connection.js';
import { askSession, session, signedInAgain } from './session.js';

/** An event of an account; `missed` when there may have been others that were not told. */
export type Change = {
  readonly position: string;
  readonly accountId: string;
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
};
export type Told = Change | 'missed';

const listeners = new Set<(told: Told) => void>();
let source: EventSource | undefined;

/** How long to wait before the next attempt, in milliseconds: longer each time, until one succeeds. */
const firstPause = 500;
const longestPause = 30_000;
let nextPause = firstPause;

function tell(told: Told): void {
  for (const listener of listeners) listener(told);
}

/** Opens the stream again when the browser has given it up: the service is away, or the session ended. */
async function reopen(): Promise<void> {
  source?.close();
  source = undefined;
  try {
    await askSession();
    if (session.value === null) await signedInAgain();
  } catch {
    await lost();
  }
  await new Promise((resolve) => setTimeout(resolve, nextPause));
  nextPause = Math.min(nextPause * 2, longestPause);
  if (listeners.size > 0) open();
  tell('missed');
}

function open(): void {
  if (source !== undefined) return;
  const opened = new EventSource('/v1/changes');
  source = opened;
  opened.addEventListener('open', () => (nextPause = firstPause));
  opened.addEventListener('change', (event) => tell(JSON.parse(String(event.data)) as Change));
  opened.addEventListener('reset', () => tell('missed'));
  opened.addEventListener('error', () => {
    if (source !== opened) return;
    // The browser comes again by itself while it is `CONNECTING`, and resumes after the last message.
    if (opened.readyState === EventSource.CLOSED) void reopen();
    else void lost();
  });
}

/** Listens as long as the component is shown. The listener may change from one rendering to the next. */
export function useChanges(listener: (told: Told) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = (told: Told): void => latest.current(told);
    listeners.add(hear);
    open();
    return () => void listeners.delete(hear);
  }, []);
}
