/** What happens to an account while a reviewer fills in a form: the form keeps up with it, and says so. */
import { inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { byMouse } from './support/hands.js';
import { signIn } from './support/signIn.js';

inChromium('a form of the desk, meanwhile', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
    await service.walk('acme', inReview);
  });
  afterAll(() => service.stop());

  test('a contact is added while it is looked at: it is shown as one of its readers', async () => {
    const { page } = await person(service.url);
    const hands = byMouse(page);
    await signIn(page, service.tokens.reviewer, '/console/reviews/acme');
    await hands.press('button', 'Reject');
    await hands.write('Message to the customer', 'We could not see how people sign up.');
    const mail = page.getByRole('region', { name: 'What the customer gets' });
    await mail.getByText('To owner@acme.example').waitFor();
    const contacts = [{ email: 'legal@acme.example', roles: ['owner'] }];
    await service.ask('product', 'POST', '/v1/accounts/acme/commands/update-contacts', { contacts });
    await mail.getByRole('button', { name: 'legal@acme.example' }).click();
    await mail.getByText('To legal@acme.example').waitFor();
  });

  test('what changed is asked for from a form that covers it: the form says where it is to be seen', async () => {
    const { page } = await person(service.url);
    const hands = byMouse(page);
    await service.walk('birch', inReview);
    await signIn(page, service.tokens.reviewer, '/console/reviews/birch');
    await page.setViewportSize({ width: 1024, height: 768 });
    await hands.press('button', 'Reject');
    const form = page.getByRole('dialog', { name: 'Reject' });
    await hands.write('Message to the customer', 'We could not see how people sign up.');
    const profile = { audience: 'Customers of the shop.' };
    await service.ask('product', 'POST', '/v1/accounts/birch/commands/update-business-profile', profile);
    await form.getByRole('button', { name: 'Show what changed' }).click();
    await form.getByText('The page shows everything now').waitFor();
    expect(await page.getByLabel('Message to the customer').inputValue()).toBe('We could not see how people sign up.');
    await form.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('What changed is marked').waitFor();
  });

  test('somebody else decides: the form says that its command has no place any more', async () => {
    const { page } = await person(service.url);
    const hands = byMouse(page);
    await service.walk('cedar', inReview);
    await signIn(page, service.tokens.reviewer, '/console/reviews/cedar');
    await hands.press('button', 'Reject');
    await hands.write('Message to the customer', 'We could not see how people sign up.');
    await service.ask('admin', 'POST', '/v1/accounts/cedar/commands/approve-verification', {});
    await page.getByRole('group', { name: 'Decide' }).getByRole('button', { name: 'Show what changed' }).click();
    await page.getByText('This cannot be done any more').waitFor();
  });
});
