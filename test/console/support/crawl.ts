/** Opens what a page has to open: folded parts, views, menus, dialogs. */
import type { Page } from 'playwright-core';
import { settled } from './settled.js';

/** What is the same on every page, leads away, or only copies. */
const passedOver = /^(?:Copy |Sign out|Keys|Skip to|Open the menu|Download|Reload|Try again|×|Close$)/;

/** The controls of the page itself that show more of it when pressed, each named once. */
async function openers(page: Page): Promise<readonly { readonly role: 'button' | 'tab'; readonly name: string }[]> {
  const found: { role: 'button' | 'tab'; name: string }[] = [];
  for (const role of ['tab', 'button'] as const) {
    const controls = page.locator('main').getByRole(role, { disabled: false });
    for (const control of await controls.all()) {
      const name = ((await control.getAttribute('aria-label')) ?? (await control.innerText())).trim();
      const known = found.some((one) => one.role === role && one.name === name);
      if (name !== '' && !known && !passedOver.test(name)) found.push({ role, name });
    }
  }
  return found;
}

/**
 * Goes through all that a page has to open.
 * @param address where to begin, and to begin again after a control that led away
 * @param look is told what was opened last, with the page as it is then
 * @returns what was opened
 */
export async function openEverything(
  page: Page,
  address: string,
  look: (opened: string) => Promise<void>,
): Promise<readonly string[]> {
  await page.goto(address);
  await settled(page);
  await unfold(page);
  await look(address);
  const opened: string[] = [];
  for (const { role, name } of await openers(page)) {
    const control = page.locator('main').getByRole(role, { name, exact: true }).first();
    // An earlier one may have taken it away.
    if (!(await control.isVisible()) || !(await control.isEnabled())) continue;
    await control.click();
    await settled(page);
    await unfold(page);
    await look(`${address} ${name}`);
    opened.push(name);
    await closeDialogs(page);
    if (new URL(page.url()).pathname !== address) {
      await page.goto(address);
      await settled(page);
    }
  }
  return opened;
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await settled(page);
}

async function closeDialogs(page: Page): Promise<void> {
  const open = page.locator('dialog[open]');
  for (let count = await open.count(); count > 0; count = await open.count()) {
    await page.keyboard.press('Escape');
    await page.waitForFunction((before) => document.querySelectorAll('dialog[open]').length < before, count);
  }
}
