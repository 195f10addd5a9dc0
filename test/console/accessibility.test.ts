/** Nothing on any page keeps people out: axe-core finds nothing serious or critical, in light and in dark. */
import type { Locator, Page } from 'playwright-core';
import type { ActorType } from '../../src/events/vocabulary.js';
import { newService, type TestService } from '../support/service.js';
import { graveViolations } from './support/axe.js';
import { inChromium, type Person } from './support/browser.js';
import { byMouse, type Hands } from './support/hands.js';
import { addressesFor } from './support/screens.js';
import { settled } from './support/settled.js';
import { signIn } from './support/signIn.js';
import { takeTemplate } from './support/story.js';
import { build, townOf } from './support/town.js';

/** An address, and what is done there before it is looked at. */
type Scene = readonly [address: string, turn?: (hands: Hands) => Promise<void>];

/** Colours are all that differs in the dark. */
const inTheDark = ['color-contrast', 'link-in-text-block'];

async function violations(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await graveViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...light, ...(await graveViolations(page, inTheDark)).map((found) => `dark: ${found}`)];
}

inChromium('what keeps people out', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
    await build(
      service,
      townOf((text) => text),
    );
  });
  afterAll(() => service.stop());

  const as = async (role: ActorType): Promise<Person> => {
    const someone = await person(service.url);
    await signIn(someone.page, service.tokens[role]);
    return someone;
  };

  test('the sign-in page', async () => {
    const { page } = await person(service.url);
    await page.goto('/console/');
    await settled(page);
    expect(await violations(page)).toEqual([]);
  });

  /** Looks at these addresses, and at what each is turned into. */
  const look = async (page: Page, scenes: readonly Scene[]): Promise<void> => {
    const found: string[] = [];
    for (const [address, turn] of scenes) {
      await page.goto(address);
      await settled(page);
      await turn?.(byMouse(page));
      await settled(page);
      found.push(...(await violations(page)).map((one) => `${address} ${one}`));
    }
    expect(found).toEqual([]);
  };

  test('the pages of a reviewer', async () => {
    const { page } = await as('reviewer');
    await look(
      page,
      addressesFor('reviewer', ['review']).map((address) => [address] as const),
    );
  });

  test('what a reviewer opens', async () => {
    const { page } = await as('reviewer');
    const review = '/console/reviews/review';
    await look(page, [
      [
        review,
        async (hands) => {
          await hands.press('button', 'Ask for more');
          await takeTemplate(hands);
        },
      ],
      [
        review,
        async ({ press }) => {
          await press('button', 'Approve');
          await page.getByLabel('Your note').waitFor();
        },
      ],
      [
        review,
        async ({ press }) => {
          // What is missing is said at the fields.
          await press('button', 'Reject');
          await page.getByLabel('Message to the customer').waitFor();
          await press('button', 'Reject');
          await page.locator('[aria-invalid]').first().waitFor();
          await press('button', /^View screenshot/);
        },
      ],
      [
        review,
        async () => {
          await page.keyboard.press('?');
          await page.getByRole('dialog', { name: 'Keys' }).waitFor();
        },
      ],
      ['/console/reviews/suspended'],
      ['/console/accounts/review?revision=5'],
    ]);
  });

  test('a review on a narrow window, where what can be done is in a dialog', async () => {
    const { page } = await as('reviewer');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, [
      ['/console/reviews'],
      [
        '/console/reviews/review',
        async ({ press }) => {
          await press('button', 'Ask for more');
          await page.getByRole('dialog', { name: 'Ask for more' }).waitFor();
        },
      ],
      ['/console/accounts/review'],
    ]);
  });

  test('a backtest and its result, and what operators see', async () => {
    const { page } = await as('admin');
    await look(page, [
      ['/console/analytics/backtest'],
      [
        '/console/analytics/backtest',
        async ({ press }) => {
          await press('button', 'Run the backtest');
          await page.waitForURL(/run=/);
          await page.getByRole('button', { name: 'Edit this candidate' }).waitFor();
        },
      ],
      ['/console/operations'],
    ]);
  });

  test('the dashboard of a customer, with a question and with a request to make', async () => {
    const { page } = await person(service.url);
    const { write, press } = byMouse(page);
    await page.goto('/console/example');
    await write('Product token', service.tokens.product);
    expect(await violations(page)).toEqual([]);
    await press('button', 'Connect');
    for (const [accountId, shows] of [
      ['ready', 'Request verification'],
      ['asked', 'Our questions'],
      ['rejected', 'What you can do'],
    ] as const) {
      await write('Account id', accountId);
      await press('button', 'Open account');
      await page.getByRole('heading', { name: shows }).waitFor();
      expect([accountId, await violations(page)]).toEqual([accountId, []]);
      await press('button', 'Sign out');
    }
  });

  test('where the colours are the reader’s own, what is chosen is told apart from what is not', async () => {
    const { page } = await as('reviewer');
    await page.emulateMedia({ forcedColors: 'active' });
    const groundsOf = async (links: Locator): Promise<readonly (readonly [chosen: boolean, ground: string])[]> =>
      links.evaluateAll((all) =>
        all.map((one) => [one.hasAttribute('aria-current'), getComputedStyle(one).backgroundColor] as const),
      );
    const differ = (grounds: readonly (readonly [boolean, string])[]): readonly string[] => {
      const [chosen] = grounds.filter(([isChosen]) => isChosen).map(([, ground]) => ground);
      return grounds.filter(([isChosen, ground]) => !isChosen && ground !== chosen).map(([, ground]) => ground);
    };
    await page.goto('/console/reviews?tab=all');
    const tabs = page.getByRole('navigation', { name: 'Which reviews' }).getByRole('link');
    await tabs.first().waitFor();
    expect(differ(await groundsOf(tabs))).toHaveLength(3);
    const pages = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    expect(differ(await groundsOf(pages)).length).toBeGreaterThanOrEqual(3);
  });

  test('on paper a review is dark on light, says when things happened, and shows nothing to press', async () => {
    const { page } = await as('reviewer');
    await page.getByLabel('Appearance').selectOption('Dark');
    await page.goto('/console/reviews/review');
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    const main = page.locator('main');
    expect(await main.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(26, 32, 35)');
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('navigation').count()).toBe(0);
    const time = main.locator('time').first();
    const [said, title] = await time.evaluate((element) => [
      getComputedStyle(element, '::after').content,
      element.getAttribute('title'),
    ]);
    expect(title).toMatch(/20\d\d/);
    expect(said).toBe(`" (${title})"`);
  });
});
