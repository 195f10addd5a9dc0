/** `npm run test:faults -- [schedules] [first seed]`: faults between Gatehouse and EventStoreDB, 5,000 schedules unless told otherwise. */
import { runFaultSchedule } from '../support/faultSchedule.js';

const schedules = Number(process.argv[2] ?? 5_000);
const firstSeed = Number(process.argv[3] ?? 1);
/** Schedules mostly wait; so many run side by side. */
const sideBySide = 6;

let [next, done, acknowledged, broken] = [firstSeed, 0, 0, 0];
const faults = new Map<string, number>();
process.once('SIGINT', () => (next = Number.MAX_SAFE_INTEGER));

async function worker(): Promise<void> {
  while (next < firstSeed + schedules) {
    const seed = next++;
    const run = await runFaultSchedule(seed).catch((error: unknown) => ({
      acknowledged: 0,
      faults: [],
      findings: [String(error)],
    }));
    done += 1;
    acknowledged += run.acknowledged;
    broken += run.findings.length === 0 ? 0 : 1;
    for (const fault of run.faults) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    for (const finding of run.findings.slice(0, 10)) process.stdout.write(`seed ${seed}: ${finding}\n`);
    if (done % 100 === 0) process.stdout.write(`${done} schedules, ${acknowledged} acknowledged, ${broken} broken\n`);
  }
}

await Promise.all(Array.from({ length: sideBySide }, worker));
const listed = [...faults].map(([name, count]) => `${name} ${count}`).join(', ');
process.stdout.write(`${done} schedules (${listed}), ${acknowledged} commands acknowledged, ${broken} broken\n`);
process.exitCode = broken === 0 ? 0 : 1;
