/** Texts as long as they may be, without a place to break them: no page is wider than the window, whatever was written. */
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { settled } from './support/settled.js';
import { signIn } from './support/signIn.js';
import { build, townOf } from './support/town.js';

/** As many letters as a place takes; addresses take only some. */
const long = (text: string, most = 4_000): string => text.padEnd(Math.min(most, 1_500), most === 2_000 ? 'w' : 'שW');

inChromium('reviews of customers who write without end', ({ person }) => {
  let service: TestService;
  const town = townOf(long);
  beforeAll(async () => {
    service = await newService();
    await build(service, town);
  });
  afterAll(() => service.stop());

  test.each([320, 1_280])('fit a window of %d pixels', async (width) => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens.reviewer);
    await page.setViewportSize({ width, height: 640 });
    const wide: string[] = [];
    for (const accountId of Object.keys(town)) {
      await page.goto(`/console/reviews/${accountId}`);
      await settled(page);
      for (const summary of await page.locator('main summary').all()) await summary.click();
      const found = await page.evaluate(() => {
        const all = [...document.querySelectorAll('main *')].filter(
          (one) => one.closest('.visually-hidden, pre') === null,
        );
        // What ends beyond the box that it is in is cut off there, or makes the page wider.
        const over = all.find((one) => {
          const box = one.closest('.section, .page, main')?.getBoundingClientRect();
          return box !== undefined && one.getBoundingClientRect().right > box.right + 1;
        });
        return over === undefined ? [] : [`${over.tagName}.${over.className}`];
      });
      wide.push(...found.map((element) => `${accountId}: ${element}`));
    }
    expect(wide).toEqual([]);
  });

  test('what is pasted too long is kept whole, said to be too long, and never sent without its end', async () => {
    const someone = await person(service.url);
    const { page } = someone;
    await signIn(page, service.tokens.reviewer, '/console/reviews/asked');
    await page.getByRole('button', { name: 'Record a reply' }).click();
    const [first, second] = [page.getByLabel('How people sign up'), page.getByLabel('What will be sent')];
    const reply = `${'word '.repeat(820)}the end.`;
    await first.fill(reply);
    await second.fill('Receipts');
    expect(await first.inputValue()).toBe(reply);
    await page.getByText('At most 4,000 characters can be sent. Shorten it by 108.').waitFor();
    someone.watch.allow(/^422 POST .*record-customer-reply/);
    await page.locator('button[type=submit]', { hasText: 'Record' }).click();
    await page.locator('.standing .notice').waitFor();
    expect(await first.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await first.inputValue()).toBe(reply);
    await first.fill(reply.slice(-4_000));
    await page.locator('button[type=submit]', { hasText: 'Record' }).click();
    await page.getByText('The reply is recorded.').first().waitFor();
  });
});
