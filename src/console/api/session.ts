/** Who is signed in. The session itself is a cookie that no script can read; this is what the server says of it. */
import { signal } from '@preact/signals';
import { Person } from './person.js';
import type { ActorType } from './types.js';

export type Session = { readonly role: ActorType; readonly actor: string; readonly expiresAt: string };

/** `undefined` until the server has said; `null` when nobody is signed in. */
export const session = signal<Session | null | undefined>(undefined);
/** A session ended while somebody was at work: the page stays, with what was typed, and asks for a token over it. */
export const ended = signal(false);

/** All windows of a browser share the cookie: what one does to the session, the others have to know. */
const windows = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('gatehouse session');
type Word = 'signed in' | 'signed out';

/** Forgets what was typed, and begins anew: a fresh page holds nothing of what was shown before. */
function startAnew(): void {
  sessionStorage.clear();
  location.assign('/console/');
}

/** @throws {TypeError} when the service cannot be reached */
async function whoIsSignedIn(): Promise<Session | null> {
  const response = await fetch('/v1/session', { cache: 'no-store' });
  if (response.status === 204) return null;
  if (response.ok) return (await response.json()) as Session;
  throw new TypeError(`the service answered ${response.status}`);
}

const person = new Person<Session>({
  ask: whoIsSignedIn,
  onHere: (value) => {
    session.value = value;
    ended.value = false;
  },
  onGone: () => (ended.value = true),
  onOther: startAnew,
});

/** Learns at the beginning who is signed in. @throws {TypeError} when the service cannot be reached */
export async function learnSession(): Promise<void> {
  const now = await whoIsSignedIn();
  if (now === null) session.value = null;
  else person.take(now);
}

/**
 * To be called when a request was refused because nobody is signed in.
 * @returns when the same person is signed in
 * @throws {TypeError} when the service cannot be reached
 */
export async function signedInAgain(): Promise<void> {
  return person.back();
}

/** Looks whether the session is still the one of this page: another window may have changed it, or time ended it. */
async function lookAgain(): Promise<void> {
  if (session.value === undefined) return;
  const now = await whoIsSignedIn().catch(() => undefined);
  if (now != null) person.take(now);
  else if (now === null && person.isKnown) await signedInAgain().catch(() => undefined);
}

windows?.addEventListener('message', ({ data }: MessageEvent<Word>) => {
  if (data === 'signed in') void lookAgain();
  else if (person.isKnown) startAnew();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void lookAgain();
});
// A page that the browser kept to go back to may be of somebody who has left.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

function tell(word: Word): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel's takes none
  windows?.postMessage(word);
}

/**
 * Exchanges a token for a session.
 * @returns what to tell somebody whose token was not taken; undefined when it was
 */
export async function signIn(token: string): Promise<string | undefined> {
  try {
    const response = await fetch('/v1/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const body = (await response.json()) as Session & { readonly detail?: string };
    if (!response.ok) return explain(response.status, body.detail);
    person.take(body);
    tell('signed in');
    return undefined;
  } catch {
    return 'Gatehouse cannot be reached just now. Try again in a moment.';
  }
}

function explain(status: number, detail: string | undefined): string {
  if (status === 401) {
    return 'This token is not known, or it has expired or was revoked. Ask an operator for one: gatehouse token create --role reviewer.';
  }
  return detail ?? `The service answered ${status}.`;
}

/** Ends the session on the server, in all windows. @returns false when it failed */
export async function signOut(): Promise<boolean> {
  const response = await fetch('/v1/session', { method: 'DELETE' }).catch(() => undefined);
  if (response?.ok !== true) return false;
  tell('signed out');
  startAnew();
  return true;
}
