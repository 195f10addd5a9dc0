/** The Chromium that pages are looked at with: the one that `CHROMIUM_PATH` names, or where systems put it. */
import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws {Error} that says what to install, when there is none */
export function chromiumPath(): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file.`);
  }
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new Error('There is no Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.');
}
