/** Backtests as people work with them in their windows: what they are asked first, and what they can do about a failure. */
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { signIn } from './support/signIn.js';

const editor = '/console/analytics/backtest';

inChromium('backtests', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
  });
  afterAll(() => service.stop());

  test('one that somebody else ran is deleted only when asked, and it is said whose it is', async () => {
    const { body } = await service.ask('auditor', 'POST', '/v1/backtests', { policyVersion: 'built-in-1' });
    const runs = async (): Promise<unknown[]> => {
      const answer = await service.ask('analyst', 'GET', '/v1/backtests');
      return answer.body['items'] as unknown[];
    };
    const { page } = await person(service.url);
    await signIn(page, service.tokens.analyst, `${editor}?run=${String(body['id'])}`);
    const remove = page.getByRole('button', { name: 'Delete', exact: true });
    await remove.click();
    await page.getByText('Delete this backtest, which auditor-1 ran?').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await runs()).toHaveLength(1);
    await remove.click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByText('The backtest was deleted.').waitFor();
    expect(await runs()).toHaveLength(0);
  });

  test('a document that is JSON, but no object, is told to be no policy', async () => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens.analyst, editor);
    const text = page.getByRole('textbox', { name: 'Policy document' });
    for (const value of ['[]', '"built-in-1"', 'null']) {
      await text.fill(value);
      await page.getByText('This is JSON, but not a policy').waitFor();
      expect(await page.getByRole('button', { name: 'Run the backtest' }).isDisabled()).toBe(true);
      await text.fill('{');
      await page.getByText('This is not JSON').waitFor();
    }
  });

  test('a candidate that could not be checked is checked once more on request', async () => {
    const { page, watch } = await person(service.url);
    watch.allow(/^failed /, /^console error: .*ERR_FAILED/);
    await page.route('**/v1/policies/check', async (route) => route.abort(), { times: 1 });
    await signIn(page, service.tokens.analyst, editor);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/^Nothing: it says the same as built-in-1/).waitFor();
    expect(await page.getByRole('button', { name: 'Run the backtest' }).isEnabled()).toBe(true);
  });
});
