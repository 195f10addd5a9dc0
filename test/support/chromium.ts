/** The Chromium that pages are looked at with: the one that `GATEHOUSE_CHROMIUM` names, or where systems put it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What to do where there is none. */
export const remedy = 'install it (Debian: apt-get install chromium), or name another one in GATEHOUSE_CHROMIUM';

/** @throws {Error} when `GATEHOUSE_CHROMIUM` names a file that is not there */
export function findChromium(): string | undefined {
  const named = process.env['GATEHOUSE_CHROMIUM'];
  if (named === undefined || named === '') return usualPlaces.find((place) => existsSync(place));
  if (existsSync(named)) return named;
  throw new Error(`GATEHOUSE_CHROMIUM is ${named}, and there is no such file.`);
}

/** @throws {Error} that says what to install, when there is none */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`There is no Chromium: ${remedy}.`);
  // Root, as in containers, is refused with the sandbox; containers have little shared memory.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...asRoot, '--disable-dev-shm-usage'] });
}
