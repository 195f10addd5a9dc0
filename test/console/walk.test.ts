/** From signup to sending, in two windows, by clicking and typing: what a customer and reviewers do with each other. */
import type { Page } from 'playwright-core';
import { newService, type TestService } from '../support/service.js';
import { inChromium, type Person } from './support/browser.js';
import { byMouse } from './support/hands.js';
import { signIn } from './support/signIn.js';
import * as story from './support/story.js';
import { internal } from './support/town.js';

/** Every answer that a window was given, as text. */
function answersTo(page: Page): () => Promise<readonly string[]> {
  const texts: Promise<string>[] = [];
  page.on('response', (response) => {
    // A stream does not end by itself.
    if (response.headers()['content-type']?.startsWith('text/event-stream')) return;
    texts.push(response.text().catch(() => ''));
  });
  return async () => Promise.all(texts);
}

inChromium('from signup to sending', ({ person }) => {
  let service: TestService;
  let customer: Person;
  let reviewer: Person;
  let second: Person;
  beforeAll(async () => {
    service = await newService();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    customer = await person(service.url);
    reviewer = await person(service.url);
    second = await person(service.url);
  });

  test('a request, a question, its answer, approval: the guide turns green by itself', async () => {
    const answers = answersTo(customer.page);
    const [owner, desk] = [byMouse(customer.page), byMouse(reviewer.page)];
    await story.signUp(owner, service.tokens.product);
    await story.setUpAccount(owner);
    await story.request(owner);
    await signIn(desk.page, service.tokens.reviewer);
    await story.openReview(desk);
    await story.skipScreening(desk);
    await story.askForScreenshot(desk);
    await story.uploadScreenshot(owner);
    await story.lookAtAnswer(desk);
    await story.approve(desk, 'All is well.');
    await story.sends(owner);
    expect(await story.isSame(owner.page)).toBe(true);
    // What reviewers wrote for themselves is on their page, and in no answer that the customer's window was given.
    await desk.page.getByText(internal).first().waitFor();
    const texts = await answers();
    expect(texts.some((text) => text.includes('Order confirmed'))).toBe(true);
    expect(texts.filter((text) => text.includes(internal) || text.includes('pendingReview'))).toEqual([]);
  });

  test('rejection, an appeal that somebody else decides, approval, and revocation', async () => {
    const answers = answersTo(customer.page);
    const [owner, desk, other] = [byMouse(customer.page), byMouse(reviewer.page), byMouse(second.page)];
    const accountId = await story.signUp(owner, service.tokens.product);
    await story.setUpAccount(owner);
    await story.request(owner);
    await signIn(desk.page, service.tokens.reviewer, `/console/reviews/${accountId}`);
    await story.skipScreening(desk);
    await story.reject(desk);
    await story.appeal(owner);
    // Whoever rejected it reads why the appeal is not theirs to decide.
    await desk.page
      .getByText(/Show what changed/)
      .first()
      .click();
    await desk.page
      .getByText(/appeal.*(?:somebody|person|other)/i)
      .first()
      .waitFor();
    expect(await desk.page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    await signIn(other.page, service.tokens.admin, `/console/reviews/${accountId}`);
    await story.approve(other, 'They do ask.');
    await story.sends(owner);
    await story.revoke(other);
    await owner.page.getByRole('heading', { name: 'Your account is no longer verified' }).waitFor();
    await owner.page.getByText('People never asked for these messages.').waitFor();
    await owner.page
      .getByText(/Your account is no longer verified\. The setup guide says why/)
      .first()
      .waitFor();
    expect(await story.isSame(owner.page)).toBe(true);
    expect((await answers()).filter((text) => text.includes(internal))).toEqual([]);
  });
});
