/** The threads of a replay, as built: they end when they should. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Folder, newFolder } from '../support/folders.js';
import { run } from '../support/program.js';

let folder: Folder;
beforeAll(async () => {
  folder = newFolder();
  await run(['demo', '--data', folder.path]);
});
afterAll(() => folder.remove());

const built = pathToFileURL(join(process.cwd(), 'dist/src/cli/replayThreads.js')).href;

test('given Ctrl-C before there is a thread, then nothing passes for a replay of everything', () => {
  const log = JSON.stringify({ kind: 'sqlite', file: folder.file('events.db') });
  const script = `
    import { replayInThreads } from '${built}';
    const replayed = await replayInThreads({ log: ${log}, signal: AbortSignal.abort(), threads: 2 });
    console.log(JSON.stringify(replayed));`;
  writeFileSync(folder.file('replay.mjs'), script);
  const stdout = execFileSync(process.execPath, [folder.file('replay.mjs')], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toMatchObject({ complete: false, divergences: [] });
});
