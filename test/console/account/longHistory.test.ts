/** An account of many years: nothing is shown of a part of its history as if it were all of it, and every revision is near. */
import type { Page } from 'playwright-core';
import { whereLabel } from '../../../src/console/chart/labels.js';
import { pathsOf, type StateValue } from '../../../src/console/chart/walk.js';
import { memberOf, writeCrowd } from '../../support/crowd.js';
import { command } from '../../support/examples.js';
import { type Folder, newFolder } from '../../support/folders.js';
import { longHistory } from '../../support/longHistory.js';
import { newService, type TestService } from '../../support/service.js';
import { inChromium } from '../support/browser.js';
import { signIn } from '../support/signIn.js';

const account = memberOf('long', 0);

inChromium('an account with more events than come at once', ({ person }) => {
  let folder: Folder;
  let service: TestService;
  let page: Page;
  let head: number;
  beforeAll(async () => {
    folder = newFolder();
    await writeCrowd(folder.file('events.db'), 'long', 1, longHistory(1_300));
    service = await newService('acme', { GATEHOUSE_DATA: folder.path });
    head = (await stateAt()).revision;
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });
  beforeEach(async () => ({ page } = await person(service.url)));

  async function stateAt(revision?: number): Promise<{ readonly revision: number; readonly where: string }> {
    const path = revision === undefined ? 'overview' : `history?revision=${revision}`;
    const { body } = await service.ask('reviewer', 'GET', `/v1/accounts/${account}/${path}`);
    const where = whereLabel('verification', new Set(pathsOf(body['state'] as StateValue)));
    return { revision: Number(body['revision']), where };
  }

  const drawing = () => page.locator('main svg.chart');
  const shownPlace = async (): Promise<string> =>
    page.locator('.chart-region[aria-pressed=true] .chart-region-where').innerText();
  const newest = () => page.locator('.timeline > li').first();

  test('while the rest of it is on its way, the chart shows no place on the way as where it is', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(/timeline\?.*from=[1-9]/, async (route) => {
      await released;
      await route.continue();
    });
    await signIn(page, service.tokens.reviewer, `/console/accounts/${account}`);
    await page.getByRole('heading', { name: 'What it may do' }).waitFor();
    await page.getByText(`Now, at revision ${head}`).waitFor();
    await page.waitForTimeout(500);
    expect([await drawing().count(), await page.locator('.timeline').count()]).toEqual([0, 0]);
    await page.getByLabel('Loading the chart').waitFor();

    // What is known reaches an earlier revision: that is shown without waiting for more.
    await page.getByRole('slider').fill('400');
    await page.getByText('As it was at revision 400 of').waitFor();
    await drawing().waitFor();
    expect(await shownPlace()).toBe((await stateAt(400)).where);
    await newest().getByText('Revision 400', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Back to now' }).click();
    await drawing().waitFor({ state: 'detached' });
    release();
    await drawing().waitFor();
    expect(await shownPlace()).toBe((await stateAt()).where);
    await newest().getByText(`Revision ${head}`, { exact: true }).waitFor();
  });

  test('what happens while it is shown is asked for by itself, and takes its place', async () => {
    await signIn(page, service.tokens.reviewer, `/console/accounts/${account}`);
    await drawing().waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/timeline?')) asked.push(new URL(request.url()).searchParams.get('from') ?? '');
    });
    for (let more = 1; more <= 2; more++) {
      await service.walk(account, [command('RecordAbuseSignal', { kind: 'complaints', source: `loop ${more}` })]);
      await newest()
        .getByText(`Revision ${head + more}`, { exact: true })
        .waitFor();
      await page.getByText(`Now, at revision ${head + more}`).waitFor();
    }
    expect(asked).toEqual(expect.arrayContaining([String(head), String(head + 1)]));
    head += 2;
  });

  test('where the last event that is known is not there any more, everything is asked for anew', async () => {
    await signIn(page, service.tokens.reviewer, `/console/accounts/${account}`);
    await drawing().waitFor();
    await page.route(new RegExp(`timeline\\?.*from=${head}`), async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { readonly items: readonly object[] };
      await route.fulfill({ response, json: { ...body, items: body.items.map((one) => ({ ...one, id: 'another' })) } });
    });
    const anew = page.waitForRequest(/timeline\?.*from=0/);
    const rest = page.waitForResponse(/timeline\?.*from=[1-9]\d{2}(&|$)/);
    const position = (await service.ask('reviewer', 'GET', `/v1/accounts/${account}`)).body['position'];
    await page.evaluate((last) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel's takes none
      new BroadcastChannel('gatehouse changes').postMessage({ told: 'missed', last });
    }, position);
    await anew;
    await rest;
    await drawing().waitFor();
    expect(await shownPlace()).toBe((await stateAt()).where);
    await newest().getByText(`Revision ${head}`, { exact: true }).waitFor();
    expect(await page.locator('.timeline > li').count()).toBe(40);
  });

  test('at each revision the chart, the gate and the timeline are those of that revision', async () => {
    await signIn(page, service.tokens.reviewer, `/console/accounts/${account}`);
    await drawing().waitFor();
    for (const revision of [head - 7, 1_000, 999, 101, 12, head - 8]) {
      await page.getByRole('slider').fill(String(revision));
      await page.getByText(`As it was at revision ${revision} of`).waitFor();
      await page.locator('.travel[aria-busy=false]').waitFor();
      expect([revision, await shownPlace()]).toEqual([revision, (await stateAt(revision)).where]);
      await newest().getByText(`Revision ${revision}`, { exact: true }).waitFor();
      expect(await page.locator('.timeline > li').count()).toBe(Math.min(40, revision + 1));
    }
  });
});
