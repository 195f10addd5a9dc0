/** The house rules are checked by tools, and the tools see what they must see. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, newFolder } from '../support/folders.js';

const root = join(__dirname, '../..');
let copy: Folder;

/** A copy of the sources, in which a rule can be broken. */
beforeAll(() => {
  copy = newFolder();
  for (const name of [
    'machines',
    'projections',
    'src',
    'package.json',
    'tsconfig.json',
    '.dependency-cruiser.cjs',
    '.oxlintrc.json',
  ]) {
    cpSync(join(root, name), copy.file(name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), copy.file('node_modules'));
  mkdirSync(copy.file('test'));
});
afterAll(() => copy.remove());

async function tool(name: string, ...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin', name), args, { cwd: copy.path }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

const imports = async () => tool('depcruise', 'machines', 'projections', 'src', '--config', '.dependency-cruiser.cjs');

test('the sources as they are pass', async () => {
  expect(await imports()).toMatchObject({ code: 0 });
});

test.each([
  [
    'a projection that imports an adapter',
    'projections/bad.ts',
    "import '../src/eventStore/sqlite.js';\n",
    'projections-know-events-and-policy',
  ],
  [
    'a projection that imports a type of the command side',
    'projections/bad.ts',
    "import type { Command } from '../src/commands/decide.js';\nexport type Bad = Command;\n",
    'projections-know-events-and-policy',
  ],
  [
    'a chart that imports node',
    'machines/bad.ts',
    "import { hash } from 'node:crypto';\nexport const bad = hash;\n",
    'machines-know-events-and-policy',
  ],
  [
    'an edge that names an adapter',
    'src/http/bad.ts',
    "import '../eventStore/sqlite.js';\n",
    'only-main-the-cli-and-tests-name-an-adapter',
  ],
  [
    'an edge that names an evidence adapter',
    'src/http/bad.ts',
    "import '../evidence/disk.js';\n",
    'only-main-the-cli-and-tests-name-an-adapter',
  ],
  [
    'an evidence adapter that knows the product',
    'src/evidence/s3.ts',
    "import '../app/seal.js';\n",
    'the-evidence-bucket-knows-its-port-and-its-client',
  ],
  ['commands that know the shell', 'src/commands/bad.ts', "import '../app/seal.js';\n", 'commands-know-the-chart'],
])('%s fails', async (_what, file, text, rule) => {
  writeFileSync(copy.file(file), text);
  const checked = await imports();
  writeFileSync(copy.file(file), 'export {};\n');
  expect(checked.code).toBe(1);
  expect(checked.output).toContain(rule);
});

test.each([
  ['a clock', 'export const bad = new Date();\n', 'no-restricted-globals'],
  ['chance', 'export const bad = Math.random();\n', 'no-restricted-properties'],
  ['the environment', "export const bad = process.env['X'];\n", 'no-restricted-globals'],
])('a projection that asks %s fails', async (_what, text, rule) => {
  writeFileSync(copy.file('projections/bad.ts'), text);
  const checked = await tool('oxlint', 'projections/bad.ts');
  expect(checked.code).toBe(1);
  expect(checked.output).toContain(rule);
});
