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
  });
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

  test('never runs on any page, in any view or dialog', async () => {
    const showing = new Set<string>();
    const policies: (readonly [string, string])[] = [];
    for (const role of ['reviewer', 'admin'] as const) {
      const { page, watch } = await as(role);
      // Looking through everything also presses what the service refuses.
      watch.allow(/^4\d\d POST /);
      const seen = policiesOf(page);
      const known = role === 'reviewer' ? [] : addressesFor('reviewer', ['review']);
      for (const address of addressesFor(role, ['review']).filter((one) => !known.includes(one))) {
        await openEverything(page, address, async (opened) => {
          if (await expectSilence(page, opened)) showing.add(address);
        });
      }
      policies.push(...seen());
    }
    // It is there to be seen, on these pages at least.
    const telling = ['/console/reviews', '/console/reviews/review', '/console/accounts', '/console/accounts/review'];
    expect(telling.filter((address) => !showing.has(address))).toEqual([]);
    const weak = policies.filter(([, policy]) => /unsafe/.test(policy) || !policy.startsWith("default-src 'none'; "));
    expect(weak).toEqual([]);
    expect(policies.length).toBeGreaterThan(10);
  });

  test('never runs on the pages of other accounts', async () => {
    const { page } = await as('reviewer');
    const reviews = ['proposed', 'escalated', 're-review', 'suspended', 'appealed', 'closed'].map(
      (id) => `reviews/${id}`,
    );
    for (const path of [
      ...reviews,
      'accounts/suspended',
      'accounts/appealed',
      'accounts/closed',
      'accounts/notified',
    ]) {
      await page.goto(`/console/${path}`);
      await settled(page);
      expect([path, await expectSilence(page, path)]).toEqual([path, true]);
    }
  });

  test('never runs in the guide of an account, which says nothing that is not the customer’s', async () => {
    const { page } = await person(service.url);
    const answers: Promise<string>[] = [];
    page.on('response', (response) => {
      // A stream does not end by itself; a page that is left takes its answers with it.
      if (response.headers()['content-type']?.startsWith('text/event-stream')) return;
      answers.push(response.text().catch(() => ''));
    });
    const owner = byMouse(page);
    await page.goto('/console/example');
    await owner.write('Product token', service.tokens.product);
    await owner.press('button', 'Connect');
    for (const accountId of ['ready', 'review', 'asked', 'warned', 'suspended', 'rejected', 'revoked', 'closed']) {
      await owner.write('Account id', accountId);
      await owner.press('button', 'Open account');
      await page.getByRole('heading', { level: 1, name: /onerror=sang/ }).waitFor();
      await page.locator('gatehouse-setup-guide [aria-busy=false]').first().waitFor();
      await page.locator('gatehouse-gate-notice [aria-busy=false]').waitFor();
      expect(await expectSilence(page, accountId)).toBe(true);
      await owner.press('button', 'Sign out');
    }
    const texts = await Promise.all(answers);
    expect(texts.some((text) => text.includes('onerror=sang'))).toBe(true);
    expect(texts.filter((text) => text.includes(internal))).toEqual([]);
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
  });
});
