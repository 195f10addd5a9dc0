/** Downloads that may be refused: asked for by the page, so that it can say why. */
import { ApiProblem, problemOf } from '../api/client.js';
import { patientFetch } from '../api/patientFetch.js';
import type { Problem } from '../api/types.js';

/** How long the browser has to take a file over before its address is given up, in milliseconds. */
const takeOver = 60_000;

/**
 * Asks for a file, and hands it to the browser under this name.
 * @throws {ApiProblem} when the service answers with a problem
 */
export async function download(url: string, name: string, signal: AbortSignal): Promise<void> {
  const response = await patientFetch(new Request(url, { signal }));
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => undefined);
    throw new ApiProblem(
      typeof body === 'object' && body !== null && 'detail' in body ? (body as Problem) : problemOf(body),
    );
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), takeOver);
}
