/** `gatehouse policy`: show, check, publish; with and without a running service. */
import { writeFileSync } from 'node:fs';
import { checkFile, publishFile, showPolicy } from '../../src/cli/policy.js';
import { UsageError } from '../../src/cli/output.js';
import { type Config, readConfig } from '../../src/config.js';
import { type Folder, newFolder } from '../support/folders.js';
import { run, serve } from '../support/program.js';

let folder: Folder;
let config: Config;
beforeEach(() => {
  folder = newFolder();
  config = readConfig({ GATEHOUSE_DATA: folder.path });
});
afterEach(() => folder.remove());

const program = async (...args: string[]) => run(['policy', ...args, '--data', folder.path]);

type Draft = Record<string, Record<string, unknown>>;

/** The policy in force as `policy show --json` gives it, changed, in a file. */
async function changed(change: (document: Draft) => void): Promise<string> {
  const shown = structuredClone(await showPolicy(config, undefined));
  change(shown.document as unknown as Draft);
  const file = folder.file('policy.json');
  writeFileSync(file, JSON.stringify(shown));
  return file;
}

test('before the first start the built-in policy is shown, and a provider’s own can be published', async () => {
  expect(await showPolicy(config, undefined)).toMatchObject({
    version: 'built-in-1',
    publishedAt: null,
    inForce: false,
  });
  const file = await changed((document) => Object.assign(document, { version: 'ours' }));
  expect(await publishFile(config, file)).toMatchObject({ outcome: 'published', version: 'ours', changes: [] });
  expect(await showPolicy(config, undefined)).toMatchObject({ version: 'ours', inForce: true });
  expect(await publishFile(config, file)).toMatchObject({ outcome: 'unchanged' });
  await expect(showPolicy(config, 'v9')).rejects.toThrow('There is no policy v9. There are: ours');
});

test('while the service runs, a policy is published through it, and followed by it', async () => {
  const served = await serve(folder.path);
  try {
    const file = await changed((document) => {
      Object.assign(document, { version: 'v2' });
      Object.assign(document['review'] ?? {}, { decideWithinWorkingHours: 8 });
    });
    const published = await program('publish', file);
    expect(published).toMatchObject({ code: 0 });
    expect(published.stdout).toBe(
      'v2 is in force now.\nAgainst built-in-1, which was before:\n' +
        '  working hours in which a review is to be decided: 16 → 8\n',
    );
    const shown = await showPolicy(config, undefined);
    expect(shown).toMatchObject({ version: 'v2', inForce: true, publishedBy: { type: 'admin', id: 'command-line' } });
    expect(await showPolicy(config, 'built-in-1')).toMatchObject({ inForce: false, publishedBy: { id: 'gatehouse' } });
    const other = await changed((document) => Object.assign(document['review'] ?? {}, { secondPerson: true }));
    expect(await publishFile(config, other)).toMatchObject({ outcome: 'refused', code: 'version_taken' });
  } finally {
    await served.kill('SIGTERM');
  }
});

test('a policy that cannot be meant: exit code 1, with where, why and what to do; nothing is published', async () => {
  const file = await changed((document) => {
    const hours = document['review']?.['workingHours'] as object;
    Object.assign(document['review'] ?? {}, { workingHours: { ...hours, timeZone: 'Mars' } });
  });
  const checked = await program('check', file);
  expect(checked).toMatchObject({ code: 1 });
  expect(checked.stdout).toContain(
    'error /review/workingHours/timeZone: Mars is not a time zone that is known here. Name an IANA time zone',
  );
  expect(await publishFile(config, file)).toMatchObject({ outcome: 'refused', code: 'invalid_policy' });
  expect(await showPolicy(config, undefined)).toMatchObject({ publishedAt: null });
});

test('a file without the form of a policy: each field with a pointer and a remedy', async () => {
  const file = folder.file('policy.json');
  writeFileSync(file, '{"version": "v2", "colour": 1}');
  const { valid, problems } = await checkFile(config, file);
  expect(valid).toBe(false);
  expect(problems).toContainEqual({
    severity: 'error',
    pointer: '/colour',
    problem: 'is not a setting of a policy',
    remedy: expect.stringContaining('Leave it out') as unknown,
  });
  expect(problems.map(({ pointer }) => pointer)).toContain('/review');
});

test('a file that is not there, or not JSON, is a mistake of the one who calls', async () => {
  await expect(checkFile(config, folder.file('nowhere.json'))).rejects.toThrow(UsageError);
  writeFileSync(folder.file('broken.json'), '{');
  await expect(checkFile(config, folder.file('broken.json'))).rejects.toThrow('is not JSON');
  expect(await program('show', 'v9')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no policy v9. There are: built-in-1') as unknown,
  });
});
