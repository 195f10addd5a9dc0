/** Signing in as people do. */
import type { Page } from 'playwright-core';

/** Opens a page of the console, and signs in there with a token. */
export async function signIn(page: Page, token: string, path = '/console/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}
