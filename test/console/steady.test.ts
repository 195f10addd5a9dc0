/** What somebody is about to press stays where it is, also when what stands above it arrives late. */
import type { Locator, Page } from 'playwright-core';
import { inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { signIn } from './support/signIn.js';

const mailPreview = '**/v1/reviews/acme/mail-preview';

/** Where a control begins, in pixels from the window's upper edge. */
async function topOf(control: Locator): Promise<number | undefined> {
  return (await control.boundingBox())?.y;
}

/** Lets no answer from these addresses come. @returns what lets them through */
async function hold(page: Page, addresses: string): Promise<() => void> {
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(addresses, async (route) => {
    await held;
    await route.continue();
  });
  return letThrough;
}

inChromium('a form at the desk', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
    await service.walk('acme', inReview);
  });
  afterAll(() => service.stop());

  test.each([
    ['beside the request', { width: 1280, height: 700 }],
    ['over the request', { width: 1024, height: 700 }],
    ['on a telephone', { width: 390, height: 740 }],
  ])('the mail arrives: the button stays, %s', async (_where, viewport) => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens.reviewer, '/console/reviews/acme');
    await page.setViewportSize(viewport);
    const letThrough = await hold(page, mailPreview);
    await page.getByRole('button', { name: 'Reject', exact: true }).click();
    await page.getByLabel('Message to the customer').fill('We could not see how people sign up. '.repeat(30));
    const send = page.locator('button[type=submit]', { hasText: 'Reject' });
    await page.getByLabel('Writing the mail').waitFor();
    await send.focus();
    const before = await topOf(send);
    const mail = page.getByRole('region', { name: 'What the customer gets' });
    const heightBefore = (await mail.boundingBox())?.height ?? 0;
    letThrough();
    await mail.getByText('We could not see').first().waitFor();
    // The mail is long: it does push what is below it.
    expect((await mail.boundingBox())?.height).toBeGreaterThan(heightBefore + 100);
    expect(await topOf(send)).toBe(before);
    await send.click({ trial: true });
  });

  test('templates that are still on their way are not said to be taken', async () => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens.reviewer, '/console/reviews/acme');
    const letThrough = await hold(page, '**/v1/review-templates');
    await page.getByRole('button', { name: 'Ask for more', exact: true }).click();
    const options = page.getByLabel('Take a template').getByRole('option');
    await options.first().waitFor({ state: 'attached' });
    expect(await options.allTextContents()).toEqual(['Choose…']);
    letThrough();
    await options.nth(1).waitFor({ state: 'attached' });
  });

  test.each([
    ['beside the request', { width: 1280, height: 560 }],
    ['over the request', { width: 800, height: 600 }],
    ['on a small telephone', { width: 320, height: 568 }],
  ])('whoever goes through it by keyboard sees all of each field above the buttons, %s', async (_where, viewport) => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens.reviewer, '/console/reviews/acme');
    await page.setViewportSize(viewport);
    await page.getByRole('button', { name: 'Ask for more' }).click();
    const another = page.getByRole('button', { name: 'Write a question' });
    for (let question = 0; question < 3; question++) await another.click();
    await page.getByLabel('Take a template').focus();
    const bar = page.locator('.form-actions');
    const under: string[] = [];
    let fields = 0;
    for (; ; fields++) {
      const found = await bar.evaluate((buttons) => {
        const field = document.activeElement;
        if (field === null || buttons.contains(field)) return 'the end';
        const over = field.getBoundingClientRect().bottom - buttons.getBoundingClientRect().top;
        return over > 0 ? `${field.tagName} by ${over}` : '';
      });
      if (found === 'the end') break;
      if (found !== '') under.push(found);
      await page.keyboard.press('Tab');
    }
    expect(fields).toBeGreaterThan(12);
    expect(under).toEqual([]);
  });

  test('at the end of the page the pane beside it is still whole', async () => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens.reviewer, '/console/reviews/acme');
    const first = page.getByRole('button', { name: /^Take this review/ });
    await first.waitFor();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForFunction(() => scrollY > 0);
    expect(await topOf(first)).toBeGreaterThan(0);
  });
});
