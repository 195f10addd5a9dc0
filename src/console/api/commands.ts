/** Sending a command: once, however often the network fails on the way. */
import { useRef } from 'preact/hooks';
import { ApiProblem } from './client.js';
import { newId } from './newId.js';
import { patientFetch } from './patientFetch.js';
import type { Paths } from './openapi.js';
import type { Answer, Problem } from './types.js';

type CommandPath = Extract<keyof Paths, `/v1/accounts/{accountId}/commands/${string}`>;
/** A command as it stands in paths: `approve-verification`. */
export type CommandSlug = CommandPath extends `/v1/accounts/{accountId}/commands/${infer Slug}` ? Slug : never;
export type CommandAnswer = Answer<'/v1/accounts/{accountId}/commands/skip-screening', 'post'>;

/** `approve-verification` for `ApproveVerification`. */
export function slugOf(command: string): CommandSlug {
  return command.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase() as CommandSlug;
}

export type Sent = {
  readonly accountId: string;
  readonly command: CommandSlug;
  readonly data: object;
  /** The revision that the person decided on: the command is stopped (412) when what bears on it came since. */
  readonly seen?: number | undefined;
  /** The same for every attempt at the same intent: see `useCommandId`. */
  readonly commandId: string;
};

/**
 * Sends a command and waits until the service has answered it.
 * @throws {ApiProblem} refused, stale or invalid: nothing happened
 */
export async function sendCommand({ accountId, command, data, seen, commandId }: Sent): Promise<CommandAnswer> {
  const url = `/v1/accounts/${encodeURIComponent(accountId)}/commands/${command}`;
  const request = new Request(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': commandId,
      ...(seen === undefined ? {} : { 'If-Match': `"${seen}"` }),
    },
    body: JSON.stringify(data),
  });
  const response = await patientFetch(request);
  const body: unknown = await response.json();
  if (!response.ok) throw new ApiProblem(body as Problem);
  return body as CommandAnswer;
}

/**
 * The id of what somebody is about to do. It stays the same through retries of the same data, and is another one once
 * the data are changed or the command is done.
 */
export function useCommandId(): (data: object) => string {
  const last = useRef<{ readonly data: string; readonly id: string } | undefined>(undefined);
  return (data) => {
    const text = JSON.stringify(data);
    if (last.current?.data !== text) last.current = { data: text, id: newId() };
    return last.current.id;
  };
}
