/**
 * `npm run screenshots -- [folder] [page]`: photographs every page of the console, or the pages whose names begin so, at
 * three widths, light and dark, on invented accounts. Ends with 1 when a page has an error in its console, breaks the
 * Content-Security-Policy, or scrolls sideways.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../support/chromium.js';
import { shownPages } from '../support/showcase/pages.js';
import { type Looks, openWindow, photograph } from '../support/showcase/photograph.js';
import { openWorld } from '../support/showcase/world.js';

const [folder = 'screenshots', only = ''] = process.argv.slice(2);
const looks: readonly Looks[] = ([390, 1024, 1600] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((theme) => ({ width, theme })),
);

const say = (text: string): void => void process.stdout.write(`${text}\n`);

mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
const world = await openWorld(say);
let findings = 0;
try {
  const pages = shownPages(world.shown).filter(({ name }) => name.startsWith(only));
  let taken = 0;
  for (const look of looks) {
    const signedIn = await openWindow(browser, world.url, look, world.token);
    const signedOut = await openWindow(browser, world.url, look, undefined);
    for (const { name, path, signedOut: asNobody = false, customerOf } of pages) {
      const file = join(folder, `${name}-${look.width}-${look.theme}.png`);
      const kept =
        customerOf === undefined ? {} : { 'example-token': world.productToken, 'example-account': customerOf };
      const nobody = asNobody || customerOf !== undefined;
      const found = await photograph(nobody ? signedOut : signedIn, path, file, kept);
      findings += found.length;
      say(`${++taken}/${looks.length * pages.length} ${file}${found.map((one) => `\n  ${one}`).join('')}`);
    }
    await signedIn.close();
    await signedOut.close();
  }
} finally {
  await browser.close();
  await world.stop();
}
say(findings === 0 ? 'Nothing is wrong with any page.' : `Findings: ${findings}`);
process.exitCode = findings === 0 ? 0 : 1;
