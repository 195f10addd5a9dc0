/** Several processes take checkpoints of one log into one folder, and are killed at any moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { newAudited } from '../support/audited.js';
import { setUp } from '../support/examples.js';
import { seeded } from '../support/randomCommands.js';

const program = join(__dirname, '../../dist/src/cli/gatehouse.js');

test('given processes that take checkpoints and are killed, then those that are there are whole, in a row, and right', async () => {
  const audited = await newAudited();
  const random = seeded(1);
  const { path } = audited.gatehouse.folder;
  for (let round = 0; round < 6; round++) {
    await audited.gatehouse.walk(setUp, `acme-${round}`);
    const children = [1, 2, 3].map(() => {
      const child = spawn(process.execPath, [program, 'audit', 'checkpoint', '--data', path], { stdio: 'ignore' });
      return { child, ended: once(child, 'exit') };
    });
    await sleep(150 + random() * 900);
    for (const { child } of children) child.kill('SIGKILL');
    await Promise.all(children.map(async ({ ended }) => ended));
  }
  expect(['taken', 'unchanged']).toContain((await audited.take()).kind);
  const numbers = await audited.folder.numbers();
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(await audited.verify()).toMatchObject({ uncovered: 0, findings: [] });
  const others = readdirSync(audited.settings.folder).filter((name) => !/^\d{12}\.ndjson$|\.tmp$/.test(name));
  expect(others).toEqual(['public-key.pem']);
  await audited.close();
}, 60_000);
