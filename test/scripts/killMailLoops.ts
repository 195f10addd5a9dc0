/** `npm run test:kill:mail -- [loops] [seed]`: kill -9 while mails go out, 100 times unless told otherwise. */
import { killMailing } from '../support/mailKillLoop.js';
import { seeded } from '../support/randomCommands.js';

const loops = Number(process.argv[2] ?? 100);
const random = seeded(Number(process.argv[3] ?? 1));
const { kills, mails, doubled, findings } = await killMailing(loops, random, (loop, moment) => {
  process.stdout.write(`loop ${loop}: killed ${moment}\n`);
});
for (const finding of findings.slice(0, 20)) process.stdout.write(`  ${finding}\n`);
process.stdout.write(`${kills} kills, ${mails} mails, ${doubled} doubled, ${findings.length} findings\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
