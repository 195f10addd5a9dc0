/** The process `checkpoints`: it signs on a schedule, and fails, visibly, rather than sign what does not fit. */
import { CheckpointFolder } from '../../src/audit/folder.js';
import { checkpointLoop } from '../../src/processes/checkpoints.js';
import { type Audited, newAudited } from '../support/audited.js';
import { setUp } from '../support/examples.js';
import { newService } from '../support/service.js';

const never = new AbortController().signal;

let audited: Audited;
beforeEach(async () => (audited = await newAudited()));
afterEach(async () => audited.close());

test('given new events, when it runs, then a checkpoint covers them; without any, there is none', async () => {
  const loop = checkpointLoop(audited.gatehouse.deps, { ...audited.settings, everyMinutes: 15 });
  expect(loop.everyMilliseconds).toBe(900_000);
  await loop.run(never);
  await loop.run(never);
  await audited.gatehouse.walk(setUp);
  await loop.run(never);
  expect(await audited.folder.numbers()).toEqual([1, 2]);
});

test('given a log that was altered, when it runs, then it fails, and says where', async () => {
  const loop = checkpointLoop(audited.gatehouse.deps, { ...audited.settings, everyMinutes: 15 });
  await audited.gatehouse.walk(setUp);
  audited.alter((db) => db.exec(`UPDATE events SET data = '{}' WHERE stream = 'account-acme' AND revision = 2`));
  await expect(loop.run(never)).rejects.toThrow('No checkpoint was taken: hash · account-acme revision 2');
});

test('given the service, then it takes one soon after its start, and /readyz has the process', async () => {
  const service = await newService('acme', { GATEHOUSE_PROCESSES: 'checkpoints' });
  const folder = new CheckpointFolder(service.folder.file('checkpoints'));
  for (let tries = 0; tries < 200 && (await folder.numbers()).length === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await folder.numbers()).toEqual([1]);
  const { text } = await service.ask(undefined, 'GET', '/readyz');
  expect(text).toContain('"process":"checkpoints","state":"ok"');
  await service.stop();
});
