/** A replay asks nothing of the world: the whole log is gone through with the network cut, and nothing is sent. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Folder, newFolder } from '../support/folders.js';
import { run } from '../support/program.js';

const execute = promisify(execFile);
const root = join(__dirname, '../..');
const trap = join(root, 'test/support/networkTrap.cjs');
const program = join(root, 'dist/src/cli/gatehouse.js');

let folder: Folder;
let attempts: string;
beforeEach(() => {
  folder = newFolder();
  attempts = folder.file('attempts');
  writeFileSync(attempts, '');
});
afterEach(() => folder.remove());

/** Runs node with the network cut. */
async function cutOff(...args: string[]): Promise<string> {
  const env = { ...process.env, NETWORK_TRAP: attempts };
  return (await execute(process.execPath, ['--require', trap, ...args], { env })).stdout;
}

test('given a program that calls out, then the trap refuses it and writes it down', async () => {
  for (const call of ['net.connect(9)', "dns.lookup('gatehouse.test', () => {})", "fetch('http://127.0.0.1:4999')"]) {
    const script = `const net = require('net'), dns = require('dns'); (async () => ${call})().catch(() => {})`;
    await cutOff('--input-type=commonjs', '-e', script);
  }
  expect(readFileSync(attempts, 'utf8').split('\n')).toEqual(['connect', 'dns.lookup', 'connect', '']);
});

test('given accounts in review, asked and verified, when every read model is made anew with the network cut, then nothing is called and nothing is sent', async () => {
  const data = folder.file('data');
  await run(['demo', '--data', data]);
  const rebuilt = JSON.parse(await cutOff(program, 'projections', 'rebuild', '--data', data, '--json')) as {
    rebuilt: { projection: string; events: number }[];
  };
  expect(rebuilt.rebuilt.length).toBeGreaterThanOrEqual(5);
  for (const { events } of rebuilt.rebuilt) expect(events).toBeGreaterThan(0);
  expect(await cutOff(program, 'show', 'acme', '--data', data)).toContain('in_review');
  expect(readFileSync(attempts, 'utf8')).toBe('');
  expect(readdirSync(data).filter((name) => /mail|webhook/.test(name))).toEqual([]);
  expect(existsSync(join(data, 'mail'))).toBe(false);
});

test('given a log, when it is decided again and reported on with the network cut, then nothing is called', async () => {
  const data = folder.file('data');
  await run(['demo', '--data', data]);
  const candidate = folder.file('candidate.json');
  writeFileSync(candidate, (await run(['policy', 'show', '--data', data, '--json'])).stdout);
  const found = JSON.parse(
    await cutOff(program, 'backtest', '--policy', candidate, '--data', data, '--json'),
  ) as object;
  expect(found).toMatchObject({ requests: { total: 3 }, complete: true });
  const report = JSON.parse(await cutOff(program, 'report', '--data', data, '--json')) as object;
  expect(report).toMatchObject({ funnel: { totals: { signups: 3 } } });
  expect(readFileSync(attempts, 'utf8')).toBe('');
});
