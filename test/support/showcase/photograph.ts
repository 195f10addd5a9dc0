/** Photographs a page, and says what is wrong with it: an error in its console, a page that scrolls sideways. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

export type Looks = { readonly width: number; readonly theme: 'light' | 'dark' };

const height = 900;
/** How long a page may take to show what it is about, in milliseconds. */
const patience = 15_000;

/** A window of this size and theme, for somebody who is signed in, or for nobody. */
export async function openWindow(
  browser: Browser,
  url: string,
  { width, theme }: Looks,
  token: string | undefined,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, viewport: { width, height }, colorScheme: theme });
  if (token === undefined) return context;
  const signedIn = await context.request.post('/v1/session', { data: { token } });
  if (!signedIn.ok()) throw new Error(`nobody could sign in: ${signedIn.status()} ${await signedIn.text()}`);
  return context;
}

/**
 * @param kept what somebody typed into this tab before, by the keys of its drafts
 * @returns what is wrong with the page; nothing, as a rule
 */
export async function photograph(
  context: BrowserContext,
  path: string,
  file: string,
  kept: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const page = await context.newPage();
  await page.addInitScript(`
    for (const [key, text] of Object.entries(${JSON.stringify(kept)})) sessionStorage.setItem('draft:' + key, JSON.stringify(text));
  `);
  const findings: string[] = [];
  // A violation of the Content-Security-Policy is an error in the console, too.
  page.on('console', (message) => {
    if (message.type() === 'error') findings.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => findings.push(`error: ${error.message}`));
  await page.goto(path);
  if (!(await isComplete(page))) findings.push('it still shows that something is loading');
  const { wider, by } = await page.evaluate<{ wider: number; by: string }>(overflow);
  if (wider > 0) findings.push(`it scrolls sideways by ${wider} px, for: ${by}`);
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
  await page.close();
  return findings;
}

/** Waits until the page shows something, and nothing that is on its way. */
async function isComplete(page: Page): Promise<boolean> {
  try {
    await page.locator('h1').first().waitFor({ timeout: patience });
    const until = Date.now() + patience;
    while ((await page.locator('.skeleton').count()) > 0) {
      if (Date.now() > until) return false;
      await page.waitForTimeout(50);
    }
    // Plots and the chart draw themselves once their code is there.
    await page.waitForTimeout(600);
    return true;
  } catch {
    return false;
  }
}

/**
 * By how many pixels the page is wider than its window, and the first element that is too wide, where it is not in a frame
 * of its own. Text, because it runs in the page: the types of the tests know no document.
 */
const overflow = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = [...document.body.querySelectorAll('*')].find(
    (element) =>
      element.getBoundingClientRect().right > clientWidth + 1 && element.closest('[tabindex="0"], dialog') === null,
  );
  const by = wide === undefined ? 'unknown' : wide.tagName.toLowerCase() + '.' + wide.className;
  return { wider: scrollWidth - clientWidth, by };
})()`;
