/** Who is signed in. The session itself is a cookie that no script can read; this is what the server says of it. */
import { signal } from '@preact/signals';
import type { ActorType } from './types.js';

export type Session = { readonly role: ActorType; readonly actor: string; readonly expiresAt: string };

/** `undefined` until the server has said; `null` when nobody is signed in. */
export const session = signal<Session | null | undefined>(undefined);
/** A session ended while somebody was at work: the page stays, with what was typed, and asks for a token over it. */
export const ended = signal(false);

let waiting: (() => void)[] = [];

/** @returns when somebody is signed in again */
export function signedInAgain(): Promise<void> {
  ended.value = true;
  return new Promise((resolve) => waiting.push(resolve));
}

function take(value: Session): void {
  session.value = value;
  ended.value = false;
  for (const goOn of waiting) goOn();
  waiting = [];
}

/** Asks the server who is signed in. @throws {TypeError} when the service cannot be reached */
export async function askSession(): Promise<void> {
  const response = await fetch('/v1/session', { cache: 'no-store' });
  if (response.status === 204) session.value = null;
  else if (response.ok) take((await response.json()) as Session);
  else throw new TypeError(`the service answered ${response.status}`);
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
    take(body);
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

/** Ends the session on the server, forgets what was typed, and shows the sign-in page. @returns false when it failed */
export async function signOut(): Promise<boolean> {
  const response = await fetch('/v1/session', { method: 'DELETE' }).catch(() => undefined);
  if (response?.ok !== true) return false;
  sessionStorage.clear();
  // A fresh page holds nothing of what was shown before.
  location.assign('/console/');
  return true;
}
