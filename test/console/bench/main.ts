/**
 * `npm run bench:console [-- --data <folder>] [--reviews <count>] [--json]`: how the console fares with the log of a data
 * folder, or with one of thousands of reviews that is written for it. `--reviews` writes so many into the folder's log
 * before; the folder is given a token and read models in any case: give a copy. Figures are compared with what a bare
 * page does in the same run, as machines differ and are noisy.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { inReview } from '../../support/examples.js';
import { launchChromium } from '../../support/chromium.js';
import { memberOf, writeCrowd } from '../../support/crowd.js';
import { newFolder } from '../../support/folders.js';
import { longHistory } from '../../support/longHistory.js';
import { run, serve } from '../../support/program.js';
import { median } from '../../bench/result.js';
import { fling, watchQueue } from '../support/queueWatch.js';
import { jumped } from './jumps.js';
import { frame, openBarePage, pressed } from './keys.js';
import { serveRawPage, usable } from './pages.js';

const { values } = parseArgs({
  options: { data: { type: 'string' }, reviews: { type: 'string' }, json: { type: 'boolean', default: false } },
});

const crowd = Number(values.reviews ?? (values.data === undefined ? 5_000 : 0));
const rounds = 5;
/** Keys that are pressed in the queue. */
const steps = 100;
/** Events of the account with a long history, and how often its slider is moved. */
const longEvents = 2_000;
const jumps = 15;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const rounded = (value: number): number => Math.round(value * 100) / 100;

function percentile(list: readonly number[], part: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

type Compared = { readonly ours: number; readonly reference: number; readonly ratio: number; readonly unit: 'ms' };

function compared(ours: number, reference: number): Compared {
  return { ours: rounded(ours), reference: rounded(reference), ratio: rounded(ours / reference), unit: 'ms' };
}

const queueIsThere = (): boolean => document.querySelectorAll('.queue-scroll [role=row]').length > 5;
/** Chart, gate, guide and history are there, and nothing is on its way. */
const accountIsThere = (): boolean =>
  document.querySelector('.skeleton, [aria-busy=true]') === null &&
  document.querySelectorAll('h2').length >= 4 &&
  document.querySelector('main svg') !== null;

const folder = newFolder();
const data = values.data ?? folder.path;
if (crowd > 0) {
  say(`writing ${crowd} reviews …`);
  await writeCrowd(join(data, 'events.db'), 'bench', crowd, inReview);
  await writeCrowd(join(data, 'events.db'), 'bench-long', 1, longHistory(longEvents));
}
const made = await run(['token', 'create', '--role', 'reviewer', '--actor', 'bench', '--data', data, '--json']);
const token = String(made.json()['token']);
say('starting the service …');
const service = await serve(data, { GATEHOUSE_PROCESSES: 'none' });
// Until its read models have the whole log, it shows less than there is.
while (!(await fetch(`${service.url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 500));

async function ask<Body>(path: string): Promise<Body> {
  const answer = await fetch(`${service.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return (await answer.json()) as Body;
}

/** Of the first accounts those with most events, and some like any other. */
async function someAccounts(): Promise<readonly string[]> {
  type Account = { readonly accountId: string; readonly revision: number };
  const { items } = await ask<{ readonly items: readonly Account[] }>('/v1/accounts?limit=100');
  const long = items.toSorted((a, b) => b.revision - a.revision).slice(0, 3);
  return [...new Set([...long, ...items.slice(0, 2)].map(({ accountId }) => accountId))];
}

/** An account with a long history: opened, and looked at as it was. */
async function lookBack(page: Page): Promise<{ readonly opened: Compared; readonly jump: Compared }> {
  say('looking back on a long history …');
  const account = memberOf('bench-long', 0);
  const opened = [];
  for (let round = 0; round < rounds; round++) {
    opened.push(await usable(page, `/console/accounts/${account}`, accountIsThere));
  }
  await page.goto(`/console/accounts/${account}`);
  await page.waitForFunction(accountIsThere);
  const moved = await jumped(page, account, jumps);
  return {
    opened: compared(median(opened.map((one) => one.usable)), median(opened.map((one) => one.raw))),
    jump: compared(median(moved.map((one) => one.shown)), median(moved.map((one) => one.raw))),
  };
}

const { all: waiting } = await ask<{ readonly all: number }>('/v1/review-counts');
if (waiting < 100) {
  say(`Only ${waiting} reviews wait in this log: --reviews 5000 writes some into it.`);
  await service.kill('SIGTERM');
  folder.remove();
  process.exit(2);
}
const browser = await launchChromium();
try {
  const context = await browser.newContext({ baseURL: service.url, viewport: { width: 1_280, height: 900 } });
  context.setDefaultTimeout(120_000);
  await context.request.post('/v1/session', { data: { token } });
  const page = await context.newPage();
  await serveRawPage(page);

  say('opening the queue …');
  const queues = [];
  for (let round = 0; round < rounds; round++) {
    queues.push(await usable(page, '/console/reviews?tab=all', queueIsThere));
  }

  say('throwing it …');
  await page.goto('/console/reviews?tab=all');
  await page.waitForFunction(() => /reviews?$/.test(document.querySelector('.queue-foot')?.textContent ?? ''));
  const rows = Number((await page.locator('.queue-foot').innerText()).replaceAll(/\D/g, ''));
  const endFlight = await watchQueue(page);
  await fling(page, 100_000, 40_000);
  await fling(page, -100_000, 40_000);
  const flight = await endFlight();

  say('pressing keys in it …');
  const keys = await pressed(
    browser,
    page,
    Array.from({ length: steps }, (_, step) => (step % 10 === 9 ? 'k' : 'j')),
  );
  const barePage = await browser.newPage();
  await openBarePage(barePage);
  const bare = await pressed(
    browser,
    barePage,
    Array.from({ length: steps }, () => 'j'),
  );
  await barePage.close();

  say('opening accounts …');
  const accounts = await someAccounts();
  const opened = [];
  for (let round = 0; round < rounds; round++) {
    for (const account of accounts) opened.push(await usable(page, `/console/accounts/${account}`, accountIsThere));
  }

  // It is written beside the reviews.
  const long = crowd > 0 ? await lookBack(page) : undefined;

  const results = {
    queue: compared(median(queues.map((one) => one.usable)), median(queues.map((one) => one.raw))),
    fling: { rows, ...flight },
    key: {
      ...compared(median(keys.latencies), median(bare.latencies)),
      p95: rounded(percentile(keys.latencies, 0.95)),
      referenceP95: rounded(percentile(bare.latencies, 0.95)),
      /** The part of the keys whose effect was on the screen within a frame, and on the bare page. */
      withinFrame: rounded(keys.latencies.filter((one) => one <= frame).length / keys.latencies.length),
      referenceWithinFrame: rounded(bare.latencies.filter((one) => one <= frame).length / bare.latencies.length),
      work: rounded(median(keys.work)),
      workP95: rounded(percentile(keys.work, 0.95)),
    },
    account: {
      ...compared(median(opened.map((one) => one.usable)), median(opened.map((one) => one.raw))),
      slowest: rounded(Math.max(...opened.map((one) => one.usable))),
    },
    /** Absent where the log is a given one, to which nothing was written. */
    long,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else {
    const { queue, key, account } = results;
    process.stdout.write(
      [
        `queue    usable after ${queue.ours} ms · raw JSON ${queue.reference} ms · ratio ${queue.ratio}`,
        `fling    ${flight.frames} frames over ${rows} rows · ${flight.blank} with a blank row · ${flight.accounts} accounts seen`,
        `key      ${key.ours} ms to the screen (95 %: ${key.p95}) · bare page ${key.reference} ms (95 %: ${key.referenceP95}) · ratio ${key.ratio}`,
        `         ${key.work} ms of it the page's own (95 %: ${key.workP95}) · within a frame ${key.withinFrame * 100} %, bare page ${key.referenceWithinFrame * 100} %`,
        `account  usable after ${account.ours} ms (slowest ${account.slowest}) · raw JSON ${account.reference} ms · ratio ${account.ratio}`,
        ...(long === undefined
          ? []
          : [
              `long     ${longEvents} events: usable after ${long.opened.ours} ms · raw JSON ${long.opened.reference} ms · ratio ${long.opened.ratio}`,
              `jump     another revision shown after ${long.jump.ours} ms · raw JSON ${long.jump.reference} ms · ratio ${long.jump.ratio}`,
            ]),
        '',
      ].join('\n'),
    );
  }
} finally {
  await browser.close();
  await service.kill('SIGTERM');
  folder.remove();
}
