/** The house rules are checked by tools, and the tools see what they must see. */
import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
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
    const settings = { cwd: copy.path, maxBuffer: 64 * 2 ** 20 };
    execFile(join(root, 'node_modules/.bin', name), args, settings, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

/** What breaks a rule, the file it is put into, and the rule. */
const breaches = [
  [
    'a projection that imports an adapter',
    'projections/adapter.ts',
    "import '../src/eventStore/sqlite.js';\n",
    'projections-know-events-and-policy',
  ],
  [
    'a projection that imports a type of the command side',
    'projections/type.ts',
    "import type { Command } from '../src/commands/decide.js';\nexport type Bad = Command;\n",
    'projections-know-events-and-policy',
  ],
  [
    'a chart that imports node',
    'machines/node.ts',
    "import { hash } from 'node:crypto';\nexport const bad = hash;\n",
    'machines-know-events-and-policy',
  ],
  [
    'an edge that names an adapter',
    'src/http/adapter.ts',
    "import '../eventStore/sqlite.js';\n",
    'only-main-the-cli-and-tests-name-an-adapter',
  ],
  [
    'an edge that names an evidence adapter',
    'src/http/evidenceAdapter.ts',
    "import '../evidence/disk.js';\n",
    'only-main-the-cli-and-tests-name-an-adapter',
  ],
  [
    'an evidence adapter that knows the product',
    'src/evidence/s3.ts',
    "import '../app/seal.js';\n",
    'the-evidence-bucket-knows-its-port-and-its-client',
  ],
  ['commands that know the shell', 'src/commands/shell.ts', "import '../app/seal.js';\n", 'commands-know-the-chart'],
] as const;

type Violation = { readonly from: string; readonly rule: { readonly name: string; readonly severity: string } };
type Cruised = { readonly summary: { readonly violations: readonly Violation[] } };

describe('the rules of imports', () => {
  let found: { readonly file: string; readonly rule: string; readonly severity: string }[];
  beforeAll(async () => {
    for (const [, file, text] of breaches) appendFileSync(copy.file(file), text);
    const config = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
    const checked = await tool('depcruise', 'machines', 'projections', 'src', ...config);
    const { violations } = (JSON.parse(checked.output) as Cruised).summary;
    found = violations.map(({ from, rule }) => ({ file: from, rule: rule.name, severity: rule.severity }));
  }, 60_000);

  test.each(breaches)('%s fails', (_what, file, _text, rule) => {
    // Only errors make `npm run imports` fail.
    expect(found).toContainEqual({ file, rule, severity: 'error' });
  });

  test('nothing else does', () => {
    const planted = new Set<string>(breaches.map(([, file]) => file));
    expect(found.filter(({ file }) => !planted.has(file))).toEqual([]);
  });
});

describe('a projection that asks for what no event says', () => {
  const asked = [
    ['a clock', 'clock.ts', 'export const bad = new Date();\n', 'no-restricted-globals'],
    ['chance', 'chance.ts', 'export const bad = Math.random();\n', 'no-restricted-properties'],
    ['the environment', 'environment.ts', "export const bad = process.env['X'];\n", 'no-restricted-globals'],
  ] as const;
  test.each(asked)('%s fails', async (_what, file, text, rule) => {
    writeFileSync(copy.file(`projections/${file}`), text);
    const checked = await tool('oxlint', `projections/${file}`);
    expect(checked.code).toBe(1);
    expect(checked.output).toContain(rule);
  });
});
