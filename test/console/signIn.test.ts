/** Coming in to the console, and leaving it. */
import type { ActorType } from '../../src/events/vocabulary.js';
import { inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium, type Person } from './support/browser.js';
import { byMouse, labelled } from './support/hands.js';
import { signIn } from './support/signIn.js';
import { takeTemplate } from './support/story.js';

/** What the navigation offers to each role that works in the console. */
const offered: Partial<Record<ActorType, readonly string[]>> = {
  reviewer: ['Reviews', 'Accounts', 'Audit', 'Analytics'],
  auditor: ['Reviews', 'Accounts', 'Audit', 'Analytics', 'Operations'],
  analyst: ['Reviews', 'Accounts', 'Audit', 'Analytics'],
  admin: ['Reviews', 'Accounts', 'Audit', 'Analytics', 'Operations'],
};

inChromium('signing in', ({ person }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await newService();
  });
  afterAll(() => service.stop());

  const cookieOf = async ({ context }: Person): Promise<string> => {
    const [cookie] = await context.cookies();
    return `${cookie?.name}=${cookie?.value}`;
  };
  /** What the service says to whoever brings this cookie, as a page of ours would. */
  const statusOf = async (cookie: string): Promise<number> => {
    const headers = { 'Cookie': cookie, 'Sec-Fetch-Site': 'same-origin' };
    return (await fetch(`${service.url}/v1/reviews`, { headers })).status;
  };

  test('a token opens a session that no script can read and no other site can use', async () => {
    const { page, context } = await person(service.url);
    await signIn(page, service.tokens.reviewer);
    const cookies = await context.cookies();
    expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict', path: '/' })]);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).not.toContain(service.tokens.reviewer);
  });

  test('a token that is not known, none, and one that belongs elsewhere are answered in words', async () => {
    const { page, watch } = await person(service.url);
    watch.allow(/^40[13] POST \/v1\/session$/);
    await page.goto('/console/reviews');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const token = page.getByLabel('Token');
    const answer = async (text: string, words: RegExp): Promise<void> => {
      await token.fill(text);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText(words).waitFor();
      expect(await token.getAttribute('aria-invalid')).toBe('true');
    };
    await answer('', /Paste your token here/);
    await answer('gh_wrong', /not known.*Ask an operator/);
    await answer(service.tokens.customer, /opens nothing here/);
    await answer(service.tokens.product, /belongs in your own backend/);
    expect(await page.context().cookies()).toEqual([]);
    // Who has the right one goes on to the page that was asked for.
    await token.fill(service.tokens.reviewer);
    await token.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/reviews');
  });

  test.each(Object.entries(offered))('the navigation shows %s their pages', async (role, labels) => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens[role as ActorType]);
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    expect(await links.allTextContents()).toEqual(labels);
    if (role !== 'auditor') return;
    for (const label of labels) {
      await links.filter({ hasText: label }).click();
      await page.getByRole('heading', { level: 1, name: label }).waitFor();
      expect(await page.getByRole('link', { name: label, exact: true }).getAttribute('aria-current')).toBe('page');
    }
  });

  test('a page of another role says that it is none of theirs, and where to go', async () => {
    const { page } = await person(service.url);
    await signIn(page, service.tokens.reviewer, '/console/operations');
    await page.getByText('There is no page at this address for you.').waitFor();
    await page.getByRole('link', { name: 'Go to your first page' }).click();
    await page.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();
  });

  test('signing out ends the session on the server', async () => {
    const someone = await person(service.url);
    const { page } = someone;
    await signIn(page, service.tokens.reviewer);
    const cookie = await cookieOf(someone);
    expect(await statusOf(cookie)).toBe(200);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await statusOf(cookie)).toBe(401);
    // Going back shows nothing of what was there.
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('a session that ends in the middle of work asks over the page, and loses nothing', async () => {
    const someone = await person(service.url);
    const { page, watch } = someone;
    await service.walk('acme', inReview);
    // The stream of changes ends with the session, and would ask before the press does: here it never begins.
    await page.route('**/v1/changes*', () => undefined);
    await signIn(page, service.tokens.reviewer, '/console/reviews/acme');
    const hands = byMouse(page);
    await hands.press('button', 'Ask for more');
    await takeTemplate(hands);
    await hands.write('Internal note', 'They sent nothing.');
    watch.allow(/^401 /);
    const headers = { 'Cookie': await cookieOf(someone), 'Sec-Fetch-Site': 'same-origin' };
    await fetch(`${service.url}/v1/session`, { method: 'DELETE', headers });
    await hands.press('button', 'Ask for more');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    expect(await labelled(page, 'Internal note').inputValue()).toBe('They sent nothing.');
    await dialog.getByLabel('Token').fill(service.tokens.reviewer);
    await page.keyboard.press('Enter');
    await page.getByText('Asked: the customer is told by mail.').waitFor();
    const log = await service.ask('auditor', 'GET', '/v1/events?types=InformationRequested');
    expect(log.text.match(/They sent nothing\./g)).toHaveLength(1);
  });
});
