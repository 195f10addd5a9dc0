/** Where Chromium is on this machine, and how tests start it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What to do where there is none. */
export const remedy = 'install Debian’s package chromium, or name another one in GATEHOUSE_CHROMIUM';

/** The program named by `GATEHOUSE_CHROMIUM`, else the first that is installed. */
export function findChromium(): string | undefined {
  return process.env['GATEHOUSE_CHROMIUM'] ?? usualPlaces.find((place) => existsSync(place));
}

/** @throws when there is no Chromium, saying how to get one */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`no Chromium was found: ${remedy}`);
  // Chromium refuses to run as root inside its sandbox; containers give little shared memory.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...asRoot, '--disable-dev-shm-usage', ...args] });
}
