/** When a page shows what it was opened for. */
import type { Page } from 'playwright-core';

/** Waits until the page has its heading and nothing on it is still on its way. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const onItsWay = page.locator('.skeleton, [aria-busy=true]');
  try {
    await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy=true]') === null);
  } catch (error) {
    const what = await onItsWay.evaluateAll((elements) => elements.map(({ outerHTML }) => outerHTML.slice(0, 200)));
    throw new Error(`${page.url()} still waits for ${what.join(' and ')}`, { cause: error });
  }
}
