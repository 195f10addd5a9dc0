/**
 * `npm ci` builds through `prepare`. The first `npx gatehouse` of a machine links the project into npm's cache, and has
 * `prepare` run once more: it must leave alone what is built, for a service may be running from it.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Folder, newFolder } from '../support/folders.js';

const { scripts } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};
let folder: Folder;
beforeEach(() => {
  folder = newFolder();
  // In place of npm, a program that leaves a note of having been called.
  mkdirSync(folder.file('bin'));
  writeFileSync(folder.file('bin/npm'), `#!/bin/sh\necho "$@" > '${folder.file('called')}'\n`);
  chmodSync(folder.file('bin/npm'), 0o755);
});
afterEach(() => folder.remove());

/** What `prepare` has npm do, when npm itself was called as `command`; undefined for nothing. */
function preparing(command: string): string | undefined {
  const env = {
    ...process.env,
    npm_command: command,
    PATH: `${folder.file('bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  };
  const { status } = spawnSync(scripts['prepare'] ?? '', { shell: true, cwd: folder.path, env });
  expect(status).toBe(0);
  return existsSync(folder.file('called')) ? readFileSync(folder.file('called'), 'utf8').trim() : undefined;
}

function build(): void {
  mkdirSync(folder.file('dist/src/cli'), { recursive: true });
  writeFileSync(folder.file('dist/src/cli/gatehouse.js'), '');
}

test('npm ci builds, also over an older build', () => {
  build();
  expect(preparing('ci')).toBe('run build');
});

test('npx builds where nothing is built', () => {
  expect(preparing('exec')).toBe('run build');
});

test('npx leaves alone what is built', () => {
  build();
  expect(preparing('exec')).toBeUndefined();
});
