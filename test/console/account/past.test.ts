/** The account as it was: what cannot be shown of a revision is not shown of another one under its name. */
import { inReview } from '../../support/examples.js';
import { newService, type TestService } from '../../support/service.js';
import { inChromium } from '../support/browser.js';
import { signIn } from '../support/signIn.js';

inChromium('an account at a revision that the service cannot tell of just now', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
    await service.walk('acme', inReview);
  });
  afterAll(() => service.stop());

  test('the page says so, shows nothing of another revision, and asks once more when it is told to', async () => {
    const { page, watch } = await person(service.url);
    let fails = true;
    await page.route('**/v1/accounts/acme/history?revision=2', async (route) => {
      const body = {
        type: 'about:blank',
        code: 'internal',
        title: 'Internal Server Error',
        status: 500,
        detail: 'Something went wrong.',
      };
      await (fails
        ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(body) })
        : route.continue());
    });
    watch.allow(/^500 /, /^console error: .*500/);
    await signIn(page, service.tokens.reviewer, '/console/accounts/acme?revision=4');
    const gate = page.getByRole('heading', { name: 'What it may do' });
    await gate.waitFor();
    await page.getByText('As it was at revision 4 of').waitFor();
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('As it was at revision 3 of').waitFor();
    await gate.waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('As it was at revision 2 of').waitFor();
    await page.getByText('Something went wrong.').waitFor();
    expect(await gate.count()).toBe(0);
    fails = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await gate.waitFor();
    expect(await page.getByText('Something went wrong.').count()).toBe(0);
  });
});
