/**
 * `npm run bench [-- <name>] [--json]`: how fast Gatehouse is, as ratios within one run against the raw
 * library under it. Machines differ and are noisy; ratios hold better than figures.
 */
import { benchCommands } from './commands.js';
import { benchEventStoreDb } from './eventstoredb.js';
import { benchGate } from './gate.js';
import { benchGateClient } from './gateClient.js';
import { benchRebuild } from './rebuild.js';
import { benchReplay } from './replay.js';
import type { Bench, Result } from './result.js';
import { benchVisibility } from './visibility.js';

const benches: Readonly<Record<string, Bench>> = {
  'commands@1': async () => ({ 'commands@1': await benchCommands(1, 3_000) }),
  'commands@64': async () => ({ 'commands@64': await benchCommands(64, 20_000) }),
  'gate': async () => ({ gate: await benchGate() }),
  'gateClient': async () => ({ gateClient: await benchGateClient() }),
  'rebuild': benchRebuild,
  'replay': async () => ({ replay: await benchReplay() }),
  'eventstoredb': benchEventStoreDb,
  'visibility': async () => ({ visibility: await benchVisibility() }),
};

const json = process.argv.includes('--json');
const only = process.argv.slice(2).find((word) => !word.startsWith('-'));
if (only !== undefined && benches[only] === undefined) {
  process.stderr.write(`There is no bench ${only}. There are: ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}

const results: Record<string, Result> = {};
for (const [name, bench] of Object.entries(benches)) {
  if (only !== undefined && name !== only) continue;
  process.stderr.write(`${name} …\n`);
  Object.assign(results, await bench());
}

if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
else {
  for (const [name, { ours, reference, ratio, unit }] of Object.entries(results)) {
    const shown = [ours, reference].map((value) => (value < 100 ? value.toFixed(3) : Math.round(value).toString()));
    process.stdout.write(
      `${name.padEnd(24)} ours ${shown[0]} · reference ${shown[1]} ${unit} · ratio ${ratio.toFixed(3)}\n`,
    );
  }
}
