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
  });

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
  });

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

  test('keys that are pressed fast are not lost: each works as soon as what it works on is there', async () => {
    const { page } = desk;
    await service.walk('birch', inReview);
    await page.addInitScript(pressWhenThere, ['h1', 'Acme', 'm'] as const);
    await signIn(desk, service.tokens.reviewer, '/console/reviews/birch');
    await page.getByLabel('Take a template').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Ask for more', exact: true }).waitFor();
    expect(await page.evaluate(focusAtOnce, 'm')).toBe('select in a form');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Ask for more', exact: true }).waitFor();
    expect(await page.evaluate(focusAtOnce, '?')).toBe('button in a dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate(hasFocusWhenThere, ['input[type=search]', '/'] as const)).toBe(true);
  });
});

/** Runs in the page: presses a key in the moment in which something with this text comes in, before it is drawn. */
function pressWhenThere([selector, text, key]: readonly [selector: string, text: string, key: string]): void {
  const seen = new MutationObserver(() => {
    if (document.querySelector(selector)?.textContent !== text) return;
    seen.disconnect();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
  seen.observe(document, { childList: true, subtree: true, characterData: true });
}

/** Runs in the page: what has the focus after a key, before another one can come. */
async function focusAtOnce(key: string): Promise<string> {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  // What is made by then is made without a frame between.
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  const focused = document.activeElement;
  return `${focused?.tagName.toLowerCase()} in a ${focused?.closest('form, dialog')?.tagName.toLowerCase()}`;
}

/** Runs in the page: whether something has the focus in the moment in which a key brings it in. */
async function hasFocusWhenThere([selector, key]: readonly [selector: string, key: string]): Promise<boolean> {
  return new Promise((resolve) => {
    new MutationObserver(() => {
      const found = document.querySelector(selector);
      if (found !== null) resolve(document.activeElement === found);
    }).observe(document, { childList: true, subtree: true });
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
}
