/** What the page of operations says of the service while questions are not answered. */
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { signIn } from './support/signIn.js';

inChromium('operations', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
  });
  afterAll(() => service.stop());

  test('given questions that wait for their answer, then it is not said any more that all is well', async () => {
    const { page, watch } = await person(service.url);
    watch.allow(/^failed /);
    await signIn(page, service.tokens.admin, '/console/operations');
    await page.getByText('All is well').waitFor();
    await page.route('**/v1/store', () => undefined);
    await page.getByText('How the service is just now is not known').waitFor();
    expect(await page.getByText('All is well').count()).toBe(0);
    await page.unroute('**/v1/store');
  });
});
