/** The page of the audit in somebody's windows: what came since it was looked at, what fails, what others do meanwhile. */
import type { Page } from 'playwright-core';
import { type Answer, newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { signIn } from './support/signIn.js';
import { build, townOf } from './support/town.js';

inChromium('the audit', ({ person }) => {
  let service: TestService;
  let accounts = 0;
  beforeAll(async () => {
    service = await newService();
    await build(
      service,
      townOf((text) => text),
    );
    // The list shows all of it from the first time on.
    const { body } = await signUp();
    await service.ask('auditor', 'GET', `/v1/transitions?limit=1&after=${String(body['position'])}`);
  });
  afterAll(() => service.stop());

  const signUp = async (): Promise<Answer> =>
    service.ask('product', 'POST', '/v1/accounts', {
      accountId: `later-${++accounts}`,
      ownerEmail: 'owner@later.example',
    });
  const look = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

  test('what came since is still said to be new when older events are shown', async () => {
    const { page } = await person(service.url);
    const told = page.waitForResponse('**/v1/changes*');
    await signIn(page, service.tokens.auditor, '/console/audit');
    await page.getByText('100 events shown').waitFor();
    await told;
    await signUp();
    await look(page, 'Look again (1 new event)').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText(/^(?!100 )\d+ events shown$/).waitFor();
    await look(page, 'Look again (1 new event)').click();
    await page
      .getByRole('button', { name: /^The raw event: .* of later-\d+, revision 0$/ })
      .first()
      .waitFor();
    await look(page, 'Look again').waitFor();
  });

  test('what was not told is counted all the same', async () => {
    const { page } = await person(service.url);
    let streams = 0;
    await page.route('**/v1/changes*', async (route) => {
      const message = `event: ${++streams === 1 ? 'ready' : 'reset'}\nid: 0000000000000000\ndata: {}\n\n`;
      await route.fulfill({ contentType: 'text/event-stream', body: message });
    });
    await signIn(page, service.tokens.auditor, '/console/audit');
    await page.getByText('100 events shown').waitFor();
    await signUp();
    await signUp();
    await look(page, 'Look again (2 new events)').waitFor();
  });

  test('given that the list could not be asked for anew, then trying again shows each event once', async () => {
    const { page, watch } = await person(service.url);
    watch.allow(/^failed /, /^console error: .*ERR_FAILED/);
    await signIn(page, service.tokens.auditor, '/console/audit?account=ready');
    const shown = page.getByText(/^\d+ events shown$/);
    await shown.waitFor();
    const before = await shown.innerText();
    await page.route('**/v1/transitions?*', async (route) => route.abort());
    await look(page, 'Look again').click();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.unroute('**/v1/transitions?*');
    await again.click();
    await again.waitFor({ state: 'detached' });
    expect(await shown.innerText()).toBe(before);
  });

  test('given that somebody was quicker to begin a verification, then theirs is shown, and nothing is said to be wrong', async () => {
    const { page, watch } = await person(service.url);
    watch.allow(/^409 /, /^console error: .*409/);
    await signIn(page, service.tokens.auditor, '/console/audit');
    await page.getByText('None since the service started').waitFor();
    await service.ask('admin', 'POST', '/v1/verifications');
    const detail = 'The log is being verified already.';
    await page.route('**/v1/verifications', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const json = { type: 'about:blank', title: 'Conflict', status: 409, code: 'already_verifying', detail };
      return route.fulfill({ status: 409, contentType: 'application/problem+json', json });
    });
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText(/by admin-1$/).waitFor();
    expect(await page.getByText(detail).count()).toBe(0);
  });
});
