/** A few loops; `npm run test:kill:mail` runs 100. */
import { killMailing } from '../support/mailKillLoop.js';
import { seeded } from '../support/randomCommands.js';

test('given mails going out, when the service is killed between sending and recording, then none is lost, each is recorded once, and none is doubled without a kill', async () => {
  const report = await killMailing(2, seeded(1));
  expect(report.findings).toEqual([]);
  expect(report.mails).toBeGreaterThanOrEqual(3);
  expect(report.doubled).toBeGreaterThan(0);
}, 120_000);
