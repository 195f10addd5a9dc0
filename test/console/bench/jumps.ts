/** How soon an account's page shows another revision, against the answer that it must have for that. */
import type { Page } from 'playwright-core';

export type Jump = {
  /** From the slider's move until all of the page is that of the revision, in milliseconds. */
  readonly shown: number;
  /** From the question for the revision to its answer, asked once more. */
  readonly raw: number;
};

/** Moves the slider of the account that the page shows, far and in both directions. @param jumps how often */
export async function jumped(page: Page, accountId: string, jumps: number): Promise<readonly Jump[]> {
  const head = Number(await page.getByRole('slider').getAttribute('max'));
  const found: Jump[] = [];
  for (let jump = 0; jump < jumps; jump++) {
    const revision = Math.round(head * ((0.11 + 0.37 * jump) % 1));
    const shown = await page.evaluate(shownAfter, revision);
    const path = `/v1/accounts/${accountId}/history?revision=${revision}`;
    const raw = await page.evaluate(async (url) => {
      const began = performance.now();
      await (await fetch(url)).text();
      return performance.now() - began;
    }, path);
    found.push({ shown, raw });
    // What the page asks for beside it is there then.
    await page.waitForTimeout(200);
  }
  return found;
}

/** Run in the page, as a person who lets the slider go at a revision. */
async function shownAfter(revision: number): Promise<number> {
  const slider = document.querySelector<HTMLInputElement>('input[type=range]');
  if (slider === null) throw new Error('there is no slider');
  const began = performance.now();
  slider.value = String(revision);
  for (const type of ['input', 'change']) slider.dispatchEvent(new Event(type, { bubbles: true }));
  return new Promise((resolve) => {
    const look = (): void => {
      const [text, section] = [document.querySelector('.travel-text')?.textContent, document.querySelector('.travel')];
      const isShown = text?.includes(`revision ${revision} of`) === true && section?.ariaBusy === 'false';
      if (isShown) setTimeout(() => resolve(performance.now() - began));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
