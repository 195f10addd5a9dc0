/** Whether the service can be reached. While it cannot, requests wait; nobody has to press anything twice. */
import { signal } from '@preact/signals';
import { pause } from './pause.js';

export type Connection = 'online' | 'lost';

/** Read by the banner at the top of each page. */
export const connection = signal<Connection>('online');
/** Another version of Gatehouse answers than the one that this page was loaded from. */
export const updated = signal(false);
/** The service answers, but its read models do not reflect the log yet: lists may lack what is there. */
export const catchingUp = signal(false);

const firstPause = 400;
const longestPause = 5_000;
/** A service that has not said in this time whether it is ready is away: a connection may hang. In milliseconds. */
const longestAnswer = 10_000;
let version: string | undefined;
let waiting: Promise<boolean> | undefined;

/** Asks once whether the service answers and its read models follow the log. */
async function isReady(): Promise<boolean> {
  try {
    const response = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(longestAnswer) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Asks again and again, less often the longer it takes. @returns once the service is ready */
async function askUntilReady(): Promise<void> {
  for (let wait = firstPause; !(await isReady()); wait = Math.min(wait * 1.6, longestPause)) {
    // Spread, so that many consoles do not come back in one instant.
    await pause(wait * (0.75 + Math.random() / 2));
  }
}

/** Remembers the version at first, and says so when another one answers later. */
export async function noteVersion(): Promise<void> {
  try {
    const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(longestAnswer) });
    const { version: now } = (await response.json()) as { version: string };
    version ??= now;
    if (now !== version) updated.value = true;
  } catch {
    // The banner says what there is to say.
  }
}

/**
 * Waits until every list is whole: at a page's load, the service may just have started.
 * @returns whether there was anything to wait for
 */
export async function untilWhole(): Promise<boolean> {
  if (await isReady()) return false;
  catchingUp.value = true;
  await askUntilReady();
  catchingUp.value = false;
  return true;
}

async function untilReady(): Promise<boolean> {
  // One request that fails says nothing yet of the service, but another one may have taken its place.
  if (await isReady()) {
    void noteVersion();
    return false;
  }
  connection.value = 'lost';
  await askUntilReady();
  await noteVersion();
  connection.value = 'online';
  return true;
}

/** Says that a request was not answered. @returns when the service answers, and whether it had been away */
export function lost(): Promise<boolean> {
  waiting ??= untilReady().finally(() => (waiting = undefined));
  return waiting;
}
