/** Nothing on any page keeps people out: axe-core finds nothing serious or critical, in light and in dark. */
import type { Page } from 'playwright-core';
import type { ActorType } from '../../src/events/vocabulary.js';
import { newService, type TestService } from '../support/service.js';
import { graveViolations } from './support/axe.js';
import { inChromium, type Person } from './support/browser.js';
import { addressesFor } from './support/screens.js';
import { settled } from './support/settled.js';
import { signIn } from './support/signIn.js';
import { build, townOf } from './support/town.js';

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
  }, 60_000);
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

  test.each(['reviewer', 'analyst', 'admin'] as const)(
    'the pages of %s',
    async (role) => {
      const { page } = await as(role);
      const found: Record<string, readonly string[]> = {};
      for (const address of addressesFor(role, ['review', 'verified'])) {
        await page.goto(address);
        await settled(page);
        found[address] = await violations(page);
      }
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    },
    60_000,
  );
});
