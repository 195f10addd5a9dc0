/** A few kills with every process on; `npm run test:kill:all` makes 30. */
import { killAll } from '../support/killAllLoop.js';
import { seeded } from '../support/randomCommands.js';

test('given every process at work, when the service is killed at random instants, then nothing is lost, nothing is done twice in the log, and everybody is told', async () => {
  const { findings, ...report } = await killAll({ kills: 2, accounts: 6, random: seeded(3) });
  expect(findings).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(30);
  expect(report.mails).toBeGreaterThan(10);
  expect(report.webhooks).toBeGreaterThan(30);
}, 120_000);
