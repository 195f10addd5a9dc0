/** axe-core, run inside a page: what keeps people from using it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe?: typeof axeCore;
  }
}

const source = readFileSync(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Findings that acceptance forbids; axe calls the others moderate and minor. */
const grave: ReadonlySet<string | null | undefined> = new Set(['serious', 'critical']);

/**
 * The grave violations on a page as it is now, each with the elements that it is about.
 * @param rules only these of axe's rules; all of them unless given
 */
export async function graveViolations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // The console's policy forbids a script element of ours; what the debugger evaluates is not bound by it.
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(source);
  const found = await page.evaluate(async (only) => {
    const results = await window.axe?.run(document, {
      resultTypes: ['violations'],
      ...(only === undefined ? {} : { runOnly: { type: 'rule', values: [...only] } }),
    });
    return (results?.violations ?? []).map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      places: nodes.map(
        ({ target, html, failureSummary }) => `${String(target)} ${html.slice(0, 160)} ${failureSummary}`,
      ),
    }));
  }, rules);
  return found
    .filter(({ impact }) => grave.has(impact))
    .map(({ id, impact, help, places }) => `${impact} ${id}: ${help}\n  ${places.join('\n  ')}`);
}
