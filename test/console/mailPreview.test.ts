/** The mail that a reviewer looks at before they decide is the one that would go out. */
import { inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { byMouse } from './support/hands.js';
import { signIn } from './support/signIn.js';

inChromium('the mail beside a decision', ({ person }) => {
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
});
