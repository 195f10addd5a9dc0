/** The drawn chart, laid out as the console's build does it. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { accountMachine } from '../../machines/account.js';
import { chartOf } from '../../src/console/build/chart/chart.js';
import type { DrawnChart } from '../../src/console/chart/drawing.js';
import { type Engine, layOut } from '../../src/console/build/chart/layout.js';

// It is a CommonJS package whose types say otherwise.
const Elk = createRequire(resolve('package.json'))('elkjs/lib/elk.bundled.js') as new () => Engine;

export async function drawnChart(): Promise<DrawnChart> {
  const engine = new Elk();
  return Promise.all(chartOf(accountMachine).map(async (region) => layOut(region, engine)));
}
