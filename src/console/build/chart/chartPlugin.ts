/** Gives the console the drawn chart as a module: made from the machine itself, laid out once while the console is built. */
import Elk from 'elkjs/lib/elk.bundled.js';
import type { Plugin } from 'vite';
import { accountMachine } from '../../../../machines/account.js';
import { chartOf } from './chart.js';
import { layOut } from './layout.js';

const name = 'virtual:chart';
const resolved = `\0${name}`;

/** Serves `virtual:chart`, whose default export is the drawing of every region. */
export function chartPlugin(): Plugin {
  return {
    name: 'chart',
    resolveId: (id) => (id === name ? resolved : undefined),
    load: async (id) => {
      if (id !== resolved) return undefined;
      const engine = new Elk();
      const regions = await Promise.all(chartOf(accountMachine).map(async (region) => layOut(region, engine)));
      // Parsing a string is quicker than reading a large literal.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(regions))});`;
    },
  };
}
