/** `gatehouse policy`: show, check, publish; with and without a running service. */
import { writeFileSync } from 'node:fs';
import { type Folder, newFolder } from '../support/folders.js';
import { run, serve } from '../support/program.js';

let folder: Folder;
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

const data = (): string[] => ['--data', folder.path];
const policy = async (...args: string[]) => run(['policy', ...args, ...data()]);

/** The policy in force, changed, in a file. */
async function changed(change: (document: Record<string, Record<string, unknown>>) => void): Promise<string> {
  const shown = (await policy('show', '--json')).json() as { document: Record<string, Record<string, unknown>> };
  change(shown.document);
  const file = folder.file('policy.json');
  writeFileSync(file, JSON.stringify(shown.document));
  return file;
}

test('before the first start the built-in policy is shown, and a provider’s own can be published', async () => {
  expect((await policy('show')).stdout).toContain('policy built-in-1\nnot published yet');
  const file = await changed((document) => Object.assign(document, { version: 'ours' }));
  expect(await policy('publish', file)).toMatchObject({ code: 0, stdout: 'ours is in force now.\n' });
  expect((await policy('show', '--json')).json()).toMatchObject({ version: 'ours', inForce: true });
  expect(await policy('publish', file)).toMatchObject({
    code: 0,
    stdout: 'ours is in force already; nothing was published.\n',
  });
});

test('while the service runs, a policy is checked, published through it, and followed by it', async () => {
  const served = await serve(folder.path);
  try {
    const file = await changed((document) => {
      Object.assign(document, { version: 'v2' });
      Object.assign(document['review'] ?? {}, { decideWithinWorkingHours: 8 });
    });
    const words = 'working hours in which a review is to be decided: 16 → 8';
    expect(await policy('check', file)).toMatchObject({ code: 0, stdout: expect.stringContaining(words) as unknown });
    const published = await policy('publish', file, '--json');
    expect(published).toMatchObject({ code: 0 });
    expect(published.json()).toMatchObject({ outcome: 'published', version: 'v2', inForce: 'built-in-1' });
    expect((await policy('show')).stdout).toContain('policy v2, in force');
    expect((await policy('show', 'built-in-1')).stdout).toMatch(/^policy built-in-1\npublished .* by system gatehouse/);
    const other = await changed((document) => Object.assign(document['review'] ?? {}, { secondPerson: true }));
    expect(await policy('publish', other)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('v2 was published with another content') as unknown,
    });
  } finally {
    await served.kill('SIGTERM');
  }
});

test('a file that is wrong: exit code 1, with where, why and what to do; nothing is published', async () => {
  const file = await changed((document) => {
    Object.assign(document['review'] ?? {}, {
      workingHours: { ...(document['review']?.['workingHours'] as object), timeZone: 'Mars' },
    });
  });
  const checked = await policy('check', file);
  expect(checked).toMatchObject({ code: 1 });
  expect(checked.stdout).toContain(
    'error /review/workingHours/timeZone: Mars is not a time zone that is known here. Name an IANA time zone',
  );
  expect(await policy('publish', file)).toMatchObject({ code: 1 });
  writeFileSync(file, '{"version": "v2", "colour": 1}');
  const form = await policy('check', file, '--json');
  expect(form.json()).toMatchObject({ valid: false });
  expect(form.stdout).toContain('"pointer": "/colour"');
  expect((await policy('show')).stdout).toContain('not published yet');
});

test.each([
  ['a file that is not there', ['check', 'nowhere.json'], 'cannot be read'],
  ['a version that is not there', ['show', 'v9'], 'There is no policy v9. There are: built-in-1'],
])('%s: exit code 2', async (_name, args, message) => {
  expect(await policy(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as unknown });
});

test('a file that is not JSON: exit code 2', async () => {
  writeFileSync(folder.file('broken.json'), '{');
  expect(await policy('check', folder.file('broken.json'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is not JSON') as unknown,
  });
});
