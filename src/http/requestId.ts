/** Each request has an id, given or made: in its answer and in the log. */
import type { IncomingMessage } from 'node:http';

/** The id that a request brings, if it is one that can be written into a header and a log. */
export function requestIdOf({ headers }: IncomingMessage, make: () => string): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : make();
}
