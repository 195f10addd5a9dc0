/** Uploading a file as evidence, with its progress. */
import { pause } from '../api/pause.js';
import type { AccountClient } from './client.js';
import type { Problem, Requirement } from './model.js';
import { ownProblem, Refused } from './refused.js';

export type Uploaded = { readonly evidenceId: string; readonly position: string | null };

export type Upload = {
  readonly file: File;
  readonly requirement?: Requirement;
  /** The same for every attempt, so that a file is attached once. */
  readonly id: string;
  /** Told how much has gone, from 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
};

/** Attempts while the service is away, and the pause between, in milliseconds. */
const attempts = 8;
const between = 1_500;

/** @throws {Refused} @throws {DOMException} when aborted */
export async function upload(client: AccountClient, one: Upload): Promise<Uploaded> {
  let token = await client.tokens.current();
  for (let attempt = 1; ; attempt++) {
    one.signal.throwIfAborted();
    const { status, body } = await sendOnce(client.url('/evidence'), token, one);
    if (status >= 200 && status < 300) return body as Uploaded;
    one.signal.throwIfAborted();
    const isAway = status === 0 || status === 502 || status === 503;
    if (status === 401 && attempt === 1) token = await client.tokens.renewed(token);
    else if (isAway && attempt < attempts) await pause(between);
    else throw new Refused(isProblem(body) ? body : ownProblem('no_answer', `The answer was ${status}.`));
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

/** By XMLHttpRequest: `fetch` tells nothing of how much has gone. @returns status 0 when there was no answer */
function sendOnce(url: string, token: string, { file, requirement, id, onProgress, signal }: Upload) {
  return new Promise<{ status: number; body: unknown }>((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.responseType = 'json';
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.setRequestHeader('Idempotency-Key', id);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    const end = (): void => resolve({ status: request.status, body: request.response });
    request.addEventListener('loadend', end);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    if (requirement !== undefined) form.append('requirement', requirement);
    form.append('file', file, file.name);
    request.send(form);
  });
}
