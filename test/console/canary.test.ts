/**
 * A script in everything that customers, and what they bring along, can say: it is shown as the text that it is on every
 * page, in every view and dialog, and never runs.
 */
import type { Page } from 'playwright-core';
import type { ActorType } from '../../src/events/vocabulary.js';
import { pdf } from '../support/evidence.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium, type Person } from './support/browser.js';
import { byMouse } from './support/hands.js';
import { listen, withCanary } from './support/canary.js';
import { openEverything } from './support/crawl.js';
import { addressesFor } from './support/screens.js';
import { settled } from './support/settled.js';
import { signIn } from './support/signIn.js';
import { build, internal, townOf } from './support/town.js';

/** Accounts whose pages, taken together, show everything that was said. */
const shown = ['review', 'suspended', 'appealed'];

/** The policy of every answer of a window that shows a page. */
function policiesOf(page: Page): () => readonly (readonly [path: string, policy: string])[] {
  const seen: [string, string][] = [];
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (path.startsWith('/console')) seen.push([path, response.headers()['content-security-policy'] ?? 'none']);
  });
  return () => seen;
}

inChromium('a canary in every field', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
    await build(service, townOf(withCanary));
  }, 60_000);
  afterAll(() => service.stop());

  const as = async (role: ActorType): Promise<Person> => {
    const someone = await person(service.url);
    await signIn(someone.page, service.tokens[role]);
    return someone;
  };
  const expectSilence = async (page: Page, where: string): Promise<boolean> => {
    const { sang, hatched, shown: isShown } = await listen(page);
    expect([where, { sang, hatched }]).toEqual([where, { sang: false, hatched: 0 }]);
    return isShown;
  };

  test.each(['reviewer', 'admin'] as const)(
    'never runs on what %s opens',
    async (role) => {
      const { page, watch } = await as(role);
      // Looking through everything also presses what the service refuses.
      watch.allow(/^4\d\d POST /);
      const policies = policiesOf(page);
      const showing: string[] = [];
      for (const address of addressesFor(role, shown)) {
        await openEverything(page, address, async (opened) => {
          if (await expectSilence(page, opened)) showing.push(opened);
        });
      }
      // It is there to be seen, on these pages at least.
      for (const address of ['/console/reviews', '/console/accounts', ...shown.map((id) => `/console/reviews/${id}`)])
        expect(showing).toContain(address);
      for (const [path, policy] of policies()) {
        expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'; script-src 'self'")]);
        expect([path, policy]).not.toEqual([path, expect.stringContaining('unsafe')]);
      }
      expect(policies().length).toBeGreaterThan(10);
    },
    120_000,
  );

  test.each(Object.keys(townOf(withCanary)))('never runs in the guide of the account that is %s', async (accountId) => {
    const { page } = await person(service.url);
    const answers: Promise<string>[] = [];
    page.on('response', (response) => {
      if (!response.headers()['content-type']?.startsWith('text/event-stream')) answers.push(response.text());
    });
    const owner = byMouse(page);
    await page.goto('/console/example');
    await owner.write('Product token', service.tokens.product);
    await owner.press('button', 'Connect');
    await owner.write('Account id', accountId);
    await owner.press('button', 'Open account');
    await page.getByRole('heading', { name: 'Set up your account' }).waitFor();
    await page.locator('gatehouse-gate-notice [aria-busy=false]').waitFor();
    expect(await expectSilence(page, accountId)).toBe(true);
    expect((await Promise.all(answers)).filter((text) => text.includes(internal))).toEqual([]);
  });

  test('files that are documents of their own are refused, or shown as text', async () => {
    const script = '<script>top.sang=sang=1</script>';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="top.sang=1">${script}</svg>`;
    const html = `<!doctype html><title>x</title>${script}`;
    const names = ['form.svg', 'form.html', 'form.png', 'form.pdf', 'form.txt'];
    for (const text of [svg, html]) {
      for (const name of names) await service.upload('product', 'review', new Blob([text]), name);
    }
    const active = `1 0 obj <</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>> endobj ${script}`;
    await service.upload('product', 'review', new Blob([new Uint8Array(pdf(active))]), 'active.pdf');
    const { page, watch } = await as('reviewer');
    // That a file is damaged is what the page says itself.
    watch.allow(/^console warning: Warning: /);
    await page.goto('/console/reviews/review');
    await settled(page);
    const views = page.getByRole('button', { name: /^View / });
    expect(await views.count()).toBeGreaterThanOrEqual(4);
    for (let view = 0; view < (await views.count());) {
      await views.nth(view).click();
      await settled(page);
      await expectSilence(page, 'evidence');
    }
    // Nor when its bytes are opened by themselves.
    const list = await service.ask('reviewer', 'GET', '/v1/accounts/review/evidence');
    const items = list.body['items'] as readonly { readonly evidenceId: string; readonly kind: string }[];
    for (const { evidenceId } of items) {
      const file = await service.ask('reviewer', 'GET', `/v1/accounts/review/evidence/${evidenceId}`);
      expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(file.headers.get('x-content-type-options')).toBe('nosniff');
      expect(file.headers.get('content-type')).not.toMatch(/html|svg|xml/);
      expect(file.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  }, 60_000);
});
