/**
 * What the console is for, as people do it: a customer in the guide of their dashboard, reviewers at their desk. Each
 * step waits for what the person sees before the next one; nothing is reloaded.
 */
import type { Page } from 'playwright-core';
import { png } from '../../support/evidence.js';
import type { Hands } from './hands.js';
import { internal } from './town.js';

export const company = 'Northwind Bakery';

/** Marks a page, so that it can be told later whether it is still the same one. */
export async function mark(page: Page): Promise<void> {
  await page.evaluate(() => (document.title += '\u200b'));
}
export async function isSame(page: Page): Promise<boolean> {
  return (await page.title()).includes('\u200b');
}

const seen = async (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
const headed = async (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { name, exact: true }).waitFor();

/** From the first look at the product to an account of one's own. @returns its id */
export async function signUp(customer: Hands, productToken: string): Promise<string> {
  const { page } = customer;
  await page.goto('/console/example');
  await customer.write('Product token', productToken);
  await customer.press('button', 'Connect');
  await customer.write('Company', company);
  await customer.write('Your e-mail', 'owner@northwind.example');
  const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/accounts');
  await customer.press('button', 'Create account');
  const { accountId } = (await (await answer).json()) as { accountId: string };
  await headed(page, 'Set up your account');
  await mark(page);
  return accountId;
}

/** The steps that come before a request. */
export async function setUpAccount(customer: Hands): Promise<void> {
  const { page } = customer;
  await seen(page, '1 of 5 steps done');
  await customer.press('button', 'Import 250 people');
  await seen(page, '250 people were added.');
  await customer.press('button', 'Send a first event');
  await seen(page, '2 of 5 steps done');
  await customer.press('button', 'Add channel');
  await seen(page, '3 of 5 steps done');
  await customer.write('Name of the message', 'Order confirmed');
  await customer.write('Subject', 'Your order');
  await customer.write('Text', 'Your bread is on its way.');
  await customer.press('button', 'Save message');
  await seen(page, '4 of 5 steps done');
}

export async function request(customer: Hands): Promise<void> {
  const { page } = customer;
  await seen(page, 'Your account is not verified yet. Request verification in the setup guide.');
  await customer.write('Company website', 'https://northwind.example');
  await customer.write('Technical contact: name', 'Technical contact');
  await customer.write('Technical contact: e-mail', 'tech@northwind.example');
  await customer.write('What will you send, and why?', 'Receipts to people who ordered bread.');
  await customer.write('Who will receive it?', 'Customers of our shop.');
  await customer.tick('checkbox', 'Transactional: receipts, confirmations, passwords');
  await customer.write('How do people sign up, and how do they leave?', 'They tick a box when they order.');
  await customer.press('button', 'Request verification');
  await headed(page, 'We are looking at your request');
  await seen(page, /We are looking at your request\. You need not do anything/);
}

/** From the queue to the request, which no check has looked at. */
export async function openReview(reviewer: Hands): Promise<void> {
  await reviewer.press('link', /^All\b/);
  await reviewer.press('link', company);
  await reviewer.page.getByRole('heading', { level: 1, name: company }).waitFor();
}

export async function skipScreening(reviewer: Hands): Promise<void> {
  await reviewer.press('button', 'Skip screening');
  await reviewer.write('Reason', 'A person looks at it.');
  await reviewer.press('button', 'Skip screening');
  await seen(reviewer.page, 'Screening skipped: the request waits for a decision.');
}

/** In the form that asks for more: the question for a sample message, as the policy has it. */
export async function takeTemplate(reviewer: Hands): Promise<void> {
  await reviewer.choose('Take a template', 'No sample message');
  await reviewer.press('button', 'Take this template');
}

export async function askForScreenshot(reviewer: Hands): Promise<void> {
  const { page } = reviewer;
  await reviewer.press('button', 'Ask for more');
  await takeTemplate(reviewer);
  await reviewer.write('Internal note', `${internal} They sent nothing.`);
  // The mail is there to be read before it is sent.
  await page
    .getByRole('region', { name: 'What the customer gets' })
    .getByText(/sample|screenshot/i)
    .first()
    .waitFor();
  await reviewer.press('button', 'Ask for more');
  await seen(page, 'Asked: the customer is told by mail.');
}

export async function uploadScreenshot(customer: Hands): Promise<void> {
  const { page } = customer;
  await headed(page, 'We have a question for you');
  await customer.attach('Choose a file', { name: 'message.png', mimeType: 'image/png', buffer: png('message') });
  await seen(page, 'message.png was uploaded.');
  await customer.press('button', 'Send the answers');
  await headed(page, 'We are looking at your request');
}

/** The answer came while the reviewer had the page open. */
export async function lookAtAnswer(reviewer: Hands): Promise<void> {
  const { page } = reviewer;
  await seen(page, 'This review changed while you read it');
  await reviewer.press('button', /^Show what changed/);
  await reviewer.press('button', 'View message.png');
  await page.getByRole('img', { name: 'Evidence message.png' }).waitFor();
}

export async function approve(reviewer: Hands, note: string): Promise<void> {
  await reviewer.press('button', 'Approve');
  await reviewer.write('Your note', `${internal} ${note}`);
  await reviewer.press('button', 'Approve');
  await seen(reviewer.page, 'Approved: the account is verified.');
}

export async function reject(reviewer: Hands): Promise<void> {
  const { page } = reviewer;
  await reviewer.press('button', 'Reject');
  await reviewer.write('Message to the customer', 'We could not see how people sign up.');
  await reviewer.write('Internal note', `${internal} Looks like a bought list.`);
  await page.getByRole('region', { name: 'What the customer gets' }).getByText('We could not see').first().waitFor();
  await reviewer.press('button', 'Reject');
  await seen(page, 'Rejected: the customer is told by mail.');
}

export async function revoke(reviewer: Hands): Promise<void> {
  const { page } = reviewer;
  await reviewer.press('button', 'Revoke verification');
  await reviewer.write('Message to the customer', 'People never asked for these messages.');
  await reviewer.write('Internal note', `${internal} Three complaints by phone.`);
  await reviewer.press('button', 'Revoke verification');
  await seen(page, 'Revoked: the customer is told by mail.');
}

export async function appeal(customer: Hands): Promise<void> {
  const { page } = customer;
  await headed(page, 'We could not verify your account');
  await seen(page, 'We could not see how people sign up.');
  await customer.press('button', 'Appeal');
  await customer.write('Why should we decide otherwise?', 'People tick a box when they order.');
  await customer.press('button', 'Send the appeal');
  await headed(page, 'We are looking at your request');
}

/** What the customer sees by itself once they may send: the guide, the notice beside the button, and what the button does. */
export async function sends(customer: Hands): Promise<void> {
  const { page } = customer;
  await headed(page, 'You are ready to send');
  await seen(page, 'You can do this now.');
  await seen(page, '5 of 5 steps done');
  await customer.press('button', 'Start broadcast');
  await seen(page, /The broadcast has started\./);
}
