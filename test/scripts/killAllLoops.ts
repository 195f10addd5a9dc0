/**
 * `npm run test:kill:all -- [kills] [accounts] [seed]`: kill -9 while every process works, 30 times unless told otherwise.
 * With EVENTSTORE_TEST_URL three nodes share that EventStoreDB, which must be empty: its accounts would be met again.
 */
import { killAll } from '../support/killAllLoop.js';
import { seeded } from '../support/randomCommands.js';

const [kills = 30, accounts = 120, seed = 1] = process.argv.slice(2).map(Number);
const eventStore = process.env['EVENTSTORE_TEST_URL'];
const { findings, ...figures } = await killAll({
  kills,
  accounts,
  random: seeded(seed),
  ...(eventStore === undefined ? {} : { eventStore }),
  onKill: (kill, done) => process.stdout.write(`kill ${kill}: ${done} accounts done\n`),
});
for (const finding of findings.slice(0, 40)) process.stdout.write(`  ${finding}\n`);
process.stdout.write(`${JSON.stringify(figures)}: ${findings.length} findings\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
