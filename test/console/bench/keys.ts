/** How soon a key is answered on the screen, read from a trace of the browser. */
import type { Browser, Page } from 'playwright-core';

export type Keys = {
  /** From each key to the frame that shows its effect, in milliseconds. */
  readonly latencies: readonly number[];
  /** What the page itself did for each key, in milliseconds. */
  readonly work: readonly number[];
};

type TraceEvent = {
  readonly name: string;
  readonly args: { readonly data?: { readonly type: string } & Readonly<Record<string, number>> };
};

/** A frame at 60 Hz, in milliseconds. */
export const frame = 1_000 / 60;
/** Between two keys, in milliseconds: faster than a keyboard repeats. */
const between = 30;

/** Presses keys one after the other, and reads from the trace when the screen answered each. */
export async function pressed(browser: Browser, page: Page, keys: readonly string[]): Promise<Keys> {
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(between);
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const found = traceEvents.flatMap(({ name, args: { data } }) =>
    name === 'EventTiming' && data?.type === 'keydown' ? [data] : [],
  );
  return {
    latencies: found.map(({ duration = Number.NaN }) => duration),
    work: found.map(({ processingStart = 0, processingEnd = Number.NaN }) => processingEnd - processingStart),
  };
}

/** The least that a page can do for a key: the focus goes from one of two buttons to the other. */
export async function openBarePage(page: Page): Promise<void> {
  await page.setContent('<!doctype html><title>Bare</title><button>One</button><button>Other</button>');
  await page.evaluate(() => {
    const [one, other] = document.querySelectorAll('button');
    one?.focus();
    addEventListener('keydown', () => (document.activeElement === one ? other : one)?.focus());
  });
}
