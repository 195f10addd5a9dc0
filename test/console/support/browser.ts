/**
 * Tests in a real Chromium. Each person has a window of their own, which shares nothing with another's; what happens in
 * the windows is watched, and fails the test unless it was allowed. Where there is no Chromium the tests are skipped,
 * with a line that says so; but never in CI.
 */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, type BrowserContextOptions, errors, type Page } from 'playwright-core';
import { findChromium, launchChromium, remedy } from '../../support/chromium.js';
import { Watch } from './watch.js';

/** How long a page may take until what is expected is there, in milliseconds: long, for machines that are busy. */
const patience = 20_000;
/** How long a test may take in all: what is missing fails it sooner, by that patience. */
const longestTest = 120_000;

export type Person = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly watch: Watch;
};

export type Windows = {
  readonly browser: () => Browser;
  /** Opens a window for a person, on the origin of a service, once that is ready. */
  readonly person: (origin: string, options?: BrowserContextOptions) => Promise<Person>;
};

/** As `describe`, with a browser of its own; windows are closed after each test, or after all of them. */
export function inChromium(
  name: string,
  tests: (windows: Windows) => void,
  { windowsStay = false }: { readonly windowsStay?: boolean } = {},
): void {
  if (findChromium() === undefined && process.env['CI'] === undefined) {
    process.stderr.write(`Skipped for want of Chromium: ${name}. To run it, ${remedy}.\n`);
    describe.skip(name, () => tests({ browser: none, person: none }));
    return;
  }
  jest.setTimeout(longestTest);
  describe(name, () => {
    let browser: Browser | undefined;
    const people: Person[] = [];
    const close = async (): Promise<void> => {
      for (const { context } of people.splice(0)) await context.close();
    };
    beforeAll(async () => {
      if (!existsSync('dist/console/index.html')) throw new Error('the console was not built: npm run build');
      browser = await launchChromium();
    });
    afterEach(async () => {
      const found = people.flatMap(({ watch }) => watch.take());
      for (const { watch } of people) watch.forbid();
      if (!windowsStay) await close();
      expect(found).toEqual([]);
    });
    afterAll(async () => {
      await close();
      await browser?.close();
    });
    const opened = (): Browser => browser ?? none();
    tests({
      browser: opened,
      person: async (origin, options = {}) => {
        const person = await openWindow(opened(), origin, options);
        people.push(person);
        return person;
      },
    });
  });
}

function none(): never {
  throw new errors.TimeoutError('the browser was not started');
}

/** A service that has just started says for a moment that it is not ready, and a page that asks then notes an error. */
async function untilReady(origin: string): Promise<void> {
  const isReady = async (): Promise<boolean> =>
    fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const last = performance.now() + patience; !(await isReady()); await sleep(50)) {
    if (performance.now() > last) throw new Error(`${origin} does not become ready`);
  }
}

async function openWindow(browser: Browser, origin: string, options: BrowserContextOptions): Promise<Person> {
  await untilReady(origin);
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patience);
  const watch = new Watch(origin);
  await watch.follow(context);
  return { page: await context.newPage(), context, watch };
}
