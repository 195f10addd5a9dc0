/** A script in what somebody typed. If it is ever taken for anything but text, it says so. */
import type { Page } from 'playwright-core';
import type { Say } from './town.js';

declare global {
  interface Window {
    /** Set by a canary that ran. */
    sang?: boolean;
  }
}

/** An origin that nothing of ours ever asks: a request to it is a canary's. */
const nowhere = '//canary.example';
/** Ways in which text becomes a script: as markup, out of an attribute, out of a string. */
const canary = `"'><img src=${nowhere}/i onerror=sang=1><svg onload=sang=1><script>sang=1</script>`;

/** Whatever is said, with a canary in it. */
export const withCanary: Say = (text, most = 4_000) => {
  if (text.length + canary.length > most) throw new Error(`no room for a canary in ${most} characters`);
  return `${text}${canary}`;
};

/** What a page did with the canaries. */
export type Heard = {
  /** One ran. */
  readonly sang: boolean;
  /** Elements that were made of one; none, or what is text was taken for markup. */
  readonly hatched: number;
  /** Shown as the text that it is. */
  readonly shown: boolean;
};

/** Looks through the page and all its open shadow trees. */
export async function listen(page: Page): Promise<Heard> {
  return page.evaluate((mark) => {
    const roots: (Document | ShadowRoot)[] = [document];
    let [hatched, shown] = [0, false];
    for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
      hatched += root.querySelectorAll('[onerror], [onload], script:not([src]), img[src*="canary"]').length;
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot !== null) roots.push(element.shadowRoot);
        const value =
          element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : '';
        shown ||= value.includes(mark);
      }
      shown ||= [...root.children].some(({ textContent }) => textContent?.includes(mark));
    }
    return { sang: window.sang === true, hatched, shown };
  }, 'onerror=sang=1');
}
