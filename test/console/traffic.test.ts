/** The queue with thousands of reviews in it: never a blank row, and every key is answered in the next frame. */
import type { Page } from 'playwright-core';
import { inReview } from '../support/examples.js';
import { memberOf, writeCrowd } from '../support/crowd.js';
import { type Folder, newFolder } from '../support/folders.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { answersInNextFrame, fling, openQueue, watchQueue } from './support/queueWatch.js';
import { signIn } from './support/signIn.js';

const crowd = 4_000;

inChromium('a queue of thousands', ({ person }) => {
  let folder: Folder;
  let service: TestService;
  let page: Page;
  beforeAll(async () => {
    folder = newFolder();
    await writeCrowd(folder.file('events.db'), 'shop', crowd, inReview);
    service = await newService('acme', { GATEHOUSE_DATA: folder.path });
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });
  beforeEach(async () => {
    ({ page } = await person(service.url));
    await signIn(page, service.tokens.reviewer);
    await openQueue(page, crowd);
  });

  test('flung from end to end, and by its scroll bar, it shows no blank row in any frame', async () => {
    const end = await watchQueue(page);
    await fling(page, 20_000, 40_000);
    await fling(page, -10_000, 40_000);
    // Whoever drags the scroll bar is somewhere else in every frame.
    await page.evaluate(async () => {
      const scroller = document.querySelector('.queue-scroll');
      if (scroller === null) return;
      for (let step = 0; step <= 80; step++) {
        scroller.scrollTop = (scroller.scrollHeight * step) / 80;
        await new Promise(requestAnimationFrame);
      }
    });
    const flight = await end();
    expect(flight.blank).toBe(0);
    // It was a flight: a busy machine draws fewer frames of it, and skips more rows between two of them.
    expect(flight.frames).toBeGreaterThan(50);
    expect(flight.accounts).toBeGreaterThan(300);
    expect(flight.longestStep).toBeGreaterThan(400);
    await page
      .getByRole('link', { name: memberOf('shop', crowd - 1) })
      .or(page.getByText(memberOf('shop', crowd - 1)))
      .first()
      .waitFor();
  });

  test('j and k move the focus in the frame that follows the key', async () => {
    await page.keyboard.press('j');
    await page.locator('[data-row]:focus').waitFor();
    for (const key of ['j', 'j', 'j', 'k', 'End', 'k', 'Home', 'j']) {
      const { before, after } = await answersInNextFrame(page, key);
      expect([key, after]).not.toEqual([key, before]);
    }
  });
});
