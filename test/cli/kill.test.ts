/** A few loops; `npm run test:kill` runs 50. */
import { newFolder } from '../support/folders.js';
import { killOnce } from '../support/killLoop.js';

test('given load, when the service is killed at random instants, then nothing acknowledged is lost, nothing doubled, and read models equal a rebuild', async () => {
  const folder = newFolder();
  for (const [loop, milliseconds] of [120, 350, 600].entries()) {
    const { acknowledged, findings } = await killOnce(folder, loop, milliseconds, loop > 0);
    expect(findings).toEqual([]);
    if (loop > 0) expect(acknowledged).toBeGreaterThan(0);
  }
  folder.remove();
}, 120_000);
