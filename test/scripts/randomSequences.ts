/** `npm run test:random -- [sequences] [seed]`: random walks, a million unless told otherwise, in logs of 20,000. */
import { differencesFromRebuild } from '../support/compareReadModels.js';
import { newGatehouse } from '../support/gatehouse.js';
import { auditLog } from '../support/logAudit.js';
import { walkRandomly } from '../support/randomLog.js';

const wanted = Number(process.argv[2] ?? 1_000_000);
const first = Number(process.argv[3] ?? 1);
const perLog = 20_000;
let [done, commands, findings] = [0, 0, 0];
for (let seed = first; done < wanted; seed++) {
  const gatehouse = await newGatehouse();
  const models = gatehouse.readModels();
  models.start();
  const walks = await walkRandomly(gatehouse, seed, Math.min(perLog, wanted - done), 40);
  const found = [
    ...(await auditLog(gatehouse.store)).findings,
    ...(await differencesFromRebuild(gatehouse.store, models)),
  ];
  await gatehouse.close();
  done += walks.sequences;
  commands += walks.commands;
  findings += found.length;
  process.stdout.write(`${done} sequences, ${commands} commands, ${findings} findings (seed ${seed})\n`);
  for (const one of found.slice(0, 10)) process.stdout.write(`  ${one}\n`);
}
process.exitCode = findings === 0 ? 0 : 1;
