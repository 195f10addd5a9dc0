/** `npm run test:kill -- [loops]`: kill -9 under load, 50 times unless told otherwise. */
import { newFolder } from '../support/folders.js';
import { killOnce } from '../support/killLoop.js';
import { seeded } from '../support/randomCommands.js';

const loops = Number(process.argv[2] ?? 50);
const random = seeded(Number(process.argv[3] ?? 1));
const folder = newFolder();
let [lost, acknowledged] = [0, 0];
for (let loop = 1; loop <= loops; loop++) {
  const result = await killOnce(folder, loop, 50 + random() * 800);
  acknowledged += result.acknowledged;
  lost += result.findings.length;
  process.stdout.write(`loop ${loop}: ${result.acknowledged} acknowledged, ${result.findings.length} findings\n`);
  for (const finding of result.findings.slice(0, 10)) process.stdout.write(`  ${finding}\n`);
}
folder.remove();
process.stdout.write(`${loops} loops, ${acknowledged} commands acknowledged, ${lost} findings\n`);
process.exitCode = lost === 0 ? 0 : 1;
