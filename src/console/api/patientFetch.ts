/**
 * `fetch` that waits: for a service that restarts, and for somebody whose session ended. What may be sent twice is sent
 * again by itself: questions, and commands, whose Idempotency-Key makes a second one answer what the first one did.
 */
import { lost } from './connection.js';
import { pause } from './pause.js';
import { signedInAgain } from './session.js';

/** How often a service that is there, but not ready, is asked again before its answer is shown. */
const mostPatience = 5;
/** Between attempts while the service answers others. In milliseconds. */
const pauseAfterFailure = 300;

function isRepeatable(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD' || request.headers.has('Idempotency-Key');
}

/** What a server says that is there, but cannot answer yet. In milliseconds. */
function asksToWait({ status, headers }: Response): number | undefined {
  const seconds = Number(headers.get('Retry-After'));
  return status === 503 && seconds > 0 ? Math.min(seconds, 5) * 1_000 : undefined;
}

/** @throws {TypeError} when the service cannot be reached and the request may not be sent again; {DOMException} when aborted */
export async function patientFetch(request: Request): Promise<Response> {
  for (let [refusals, failures, strangers] = [0, 0, 0]; ;) {
    let response: Response;
    try {
      response = await fetch(request.clone());
    } catch (error) {
      if (request.signal.aborted || !isRepeatable(request)) throw error;
      const wasAway = await lost();
      // The service answers others, but not this: that does not mend by waiting.
      if (!wasAway && ++failures > mostPatience) throw error;
      if (!wasAway) await pause(pauseAfterFailure);
      request.signal.throwIfAborted();
      continue;
    }
    if (response.status === 401 && ++strangers <= mostPatience) {
      // Away in between: then this is asked again, and says so itself.
      await signedInAgain().catch(lost);
      request.signal.throwIfAborted();
      continue;
    }
    const wait = asksToWait(response);
    if (wait === undefined || !isRepeatable(request) || ++refusals > mostPatience) return response;
    await pause(wait);
    request.signal.throwIfAborted();
  }
}
