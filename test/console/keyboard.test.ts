/** The whole way from signup to sending by keyboard alone: every control is reached by Tab, and the focus is always seen. */
import { inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium } from './support/browser.js';
import { byKeyboard, type Hands } from './support/hands.js';
import { focusOn } from './support/keyboard.js';
import * as story from './support/story.js';

inChromium('by keyboard alone', ({ person }) => {
  let service: TestService;
  let owner: Hands;
  let desk: Hands;
  beforeAll(async () => {
    service = await newService();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    owner = byKeyboard((await person(service.url)).page);
    desk = byKeyboard((await person(service.url)).page);
  });

  const signIn = async (hands: Hands, token: string, path: string): Promise<void> => {
    await hands.page.goto(path);
    await hands.write('Token', token);
    await hands.page.keyboard.press('Enter');
    await hands.page.getByRole('navigation', { name: 'Pages' }).waitFor();
  };

  test('a request, a question, its answer, approval', async () => {
    await story.signUp(owner, service.tokens.product);
    await story.setUpAccount(owner);
    await story.request(owner);
    await signIn(desk, service.tokens.reviewer, '/console/');
    await story.openReview(desk);
    await story.skipScreening(desk);
    await story.askForScreenshot(desk);
    await story.uploadScreenshot(owner);
    await story.lookAtAnswer(desk);
    await story.approve(desk, 'All is well.');
    await story.sends(owner);
  }, 120_000);

  test('rejection, an appeal that somebody else decides, approval, and revocation', async () => {
    const other = byKeyboard((await person(service.url)).page);
    const accountId = await story.signUp(owner, service.tokens.product);
    await story.setUpAccount(owner);
    await story.request(owner);
    await signIn(desk, service.tokens.reviewer, `/console/reviews/${accountId}`);
    await story.skipScreening(desk);
    await story.reject(desk);
    await story.appeal(owner);
    await signIn(other, service.tokens.admin, `/console/reviews/${accountId}`);
    await story.approve(other, 'They do ask.');
    await story.sends(owner);
    await story.revoke(other);
    await owner.page.getByRole('heading', { name: 'Your account is no longer verified' }).waitFor();
  }, 120_000);

  test('? shows the keys of the page, each of which does what it says', async () => {
    const { page } = desk;
    await service.walk('acme', inReview);
    await signIn(desk, service.tokens.reviewer, '/console/reviews/acme');
    await page.getByRole('heading', { level: 1, name: 'Acme' }).waitFor();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await help.getByText('Ask for more').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    // A form, and back.
    await page.keyboard.press('m');
    await page.getByLabel('Take a template').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Ask for more', exact: true }).waitFor();
    // Two keys, one after the other.
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    // A search field takes keys as text.
    await page.keyboard.press('/');
    await page.locator(':focus').and(page.getByRole('searchbox')).waitFor();
    await page.keyboard.type('g r?');
    expect(await page.getByRole('searchbox').inputValue()).toBe('g r?');
    await focusOn(page, page.getByRole('button', { name: 'Sign out' }));
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();
    const review = page.getByRole('link', { name: 'Acme', exact: true });
    await review.waitFor();
    await page.keyboard.press('j');
    await page.locator(':focus').and(review).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Between reviews' }).waitFor();
  });
});
