/** What somebody sees of the queue while it flies by: looked at in every frame. */
import type { Page } from 'playwright-core';

export type Flight = {
  /** Frames that were looked at. */
  readonly frames: number;
  /** Frames in which a place of the list showed no row, or one without its text. */
  readonly blank: number;
  /** How many different accounts were in sight in some frame. */
  readonly accounts: number;
  /** The most pixels that the list moved from one frame to the next. */
  readonly longestStep: number;
};

declare global {
  interface Window {
    /** Ends the watch. */
    endFlight?: () => Flight;
  }
}

/** Looks at the list in every frame from now on. @returns what ends it, and tells what was seen */
export async function watchQueue(page: Page): Promise<() => Promise<Flight>> {
  await page.evaluate(() => {
    const scroller = document.querySelector('.queue-scroll');
    if (scroller === null) throw new Error('there is no queue');
    const flight = { frames: 0, blank: 0, longestStep: 0 };
    const accounts = new Set<string>();
    let before = scroller.scrollTop;
    let goesOn = true;
    const look = (): void => {
      if (!goesOn) return;
      flight.frames += 1;
      flight.longestStep = Math.max(flight.longestStep, Math.abs(scroller.scrollTop - before));
      before = scroller.scrollTop;
      const { left, top, bottom } = scroller.getBoundingClientRect();
      let isBlank = false;
      for (let y = top + 4; y < bottom - 4; y += 16) {
        const row = document.elementFromPoint(left + 24, y)?.closest('[role=row]');
        const account = row?.querySelector('[data-row]')?.getAttribute('data-row');
        if (account === undefined || account === null || row?.textContent === '') isBlank = true;
        else accounts.add(account);
      }
      if (isBlank) flight.blank += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.endFlight = () => {
      goesOn = false;
      return { ...flight, accounts: accounts.size };
    };
  });
  return async () => {
    const flight = await page.evaluate(() => window.endFlight?.());
    if (flight === undefined) throw new Error('the page was left');
    return flight;
  };
}

/** Throws the list as a finger does, by so many pixels (negative: up) at so many a second; ends when it has come to rest. */
export async function fling(page: Page, distance: number, speed: number): Promise<void> {
  const box = await page.locator('.queue-scroll').boundingBox();
  if (box === null) throw new Error('there is no queue');
  const debuggerOf = await page.context().newCDPSession(page);
  await debuggerOf.send('Input.synthesizeScrollGesture', {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height / 2),
    yDistance: -distance,
    speed,
    gestureSourceType: 'mouse',
  });
  await debuggerOf.detach();
}

/** Opens the list of all reviews, and waits until so many are in it. */
export async function openQueue(page: Page, count: number): Promise<void> {
  await page.goto('/console/reviews?tab=all');
  await page.getByText(`${count.toLocaleString('en')} reviews`, { exact: true }).waitFor();
}

/** The account that has the focus before a key is pressed, and in the first frame after it was. */
export async function answersInNextFrame(
  page: Page,
  key: string,
): Promise<{ readonly before: string | undefined; readonly after: string | undefined }> {
  const answer = page.evaluate(
    () =>
      new Promise<{ before: string | undefined; after: string | undefined }>((resolve) => {
        const focused = (): string | undefined =>
          document.activeElement instanceof HTMLElement ? document.activeElement.dataset['row'] : undefined;
        const press = (): void => {
          const before = focused();
          // What stands when the frame has been made is what it shows.
          requestAnimationFrame(() => resolve({ before, after: focused() }));
        };
        window.addEventListener('keydown', press, { capture: true, once: true });
      }),
  );
  // The listener must be there before the key comes.
  await page.evaluate(() => undefined);
  await page.keyboard.press(key);
  return answer;
}
