/** `gatehouse audit`, as it is run: answers, exit codes, beside a running service. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sqlite } from '../../src/sqlite.js';
import { type Folder, newFolder } from '../support/folders.js';
import { run, serve, type Served } from '../support/program.js';

let folder: Folder;
let service: Served | undefined;
let at: readonly string[];
beforeEach(async () => {
  folder = newFolder();
  at = ['--data', folder.path];
  expect((await run(['demo', ...at])).code).toBe(0);
});
afterEach(async () => {
  await service?.kill('SIGTERM');
  service = undefined;
  folder.remove();
});

const program = join(__dirname, '../../dist/src/cli/gatehouse.js');
const script = join(__dirname, '../../dist/src/audit/verifyBundle.mjs');

test('beside a running service a checkpoint is taken, the log verified, and a bundle made that others can check', async () => {
  service = await serve(folder.path, { GATEHOUSE_PROCESSES: 'none' });
  expect((await run(['audit', 'checkpoint', ...at, '--json'])).json()).toMatchObject({
    kind: 'taken',
    checkpoint: { statement: { number: 1, previous: null } },
  });
  expect((await run(['audit', 'checkpoint', ...at])).stdout).toContain('nothing new since it was taken');
  const verified = await run(['audit', 'verify', ...at, '--json']);
  expect(verified.json()).toMatchObject({ checkpoints: 1, uncovered: 0, found: 0, findings: [] });
  expect(verified.code).toBe(0);
  const file = folder.file('bundle.json');
  expect((await run(['audit', 'bundle', 'cedar', ...at, '--out', file, '--json'])).json()).toMatchObject({
    account: 'cedar',
    uncovered: 0,
    checkpoint: 1,
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { fingerprint } = (await run(['audit', 'key', ...at, '--json'])).json();
  const checked = spawnSync(process.execPath, [script, file, '--fingerprint', String(fingerprint)], {
    encoding: 'utf8',
  });
  expect(checked.stdout).toContain('as expected');
  expect(checked.status).toBe(0);
});

test('given an altered log, then every command says so with exit code 1', async () => {
  const key = folder.file('key.pem');
  writeFileSync(key, String((await run(['audit', 'key', ...at, '--json'])).json()['publicKey']));
  await run(['audit', 'checkpoint', ...at]);
  const db = new Sqlite(folder.file('events.db'));
  db.exec(`DELETE FROM events WHERE stream = 'account-cedar'`);
  db.close();
  const verified = await run(['audit', 'verify', '--public-key', key, ...at]);
  expect(verified.stdout).toContain('head · account-cedar · checkpoint 1: The stream was removed');
  expect(verified.code).toBe(1);
  const bundled = await run(['audit', 'bundle', 'acme', '--checkpoint', '1', ...at, '--json']);
  expect(bundled.json()).toMatchObject({ findings: [{ kind: 'log-root' }] });
  expect(bundled.code).toBe(1);
  const taken = await run(['audit', 'checkpoint', ...at]);
  expect(taken.stdout).toContain('Nothing was signed');
  expect(taken.code).toBe(1);
});

test('given a log that is gone, then that is found while there are checkpoints of it', async () => {
  await run(['audit', 'checkpoint', ...at]);
  for (const name of ['events.db', 'events.db-wal', 'events.db-shm']) rmSync(folder.file(name), { force: true });
  const verified = await run(['audit', 'verify', ...at, '--json']);
  expect(verified.json()).toMatchObject({ checkpoints: 1, findings: [{ kind: 'log' }] });
  expect(verified.code).toBe(1);
  rmSync(folder.file('checkpoints'), { recursive: true });
  expect(await run(['audit', 'verify', ...at])).toMatchObject({ code: 2, stdout: '' });
});

describe('given an answer that is not read to its end', () => {
  const verify = (output: string) =>
    spawnSync(
      'bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${program}" audit verify --data "$0" ${output}`, folder.path],
      {
        encoding: 'utf8',
      },
    );

  test('then what was found is the exit code all the same', () => {
    expect(verify('| true').status).toBe(0);
    const db = new Sqlite(folder.file('events.db'));
    db.exec(`UPDATE events SET data = '{"count":7}' WHERE stream = 'account-cedar' AND revision = 1`);
    db.close();
    expect(verify('| true').status).toBe(1);
  });

  test('then a full disk is the exit code of infrastructure, not of something found', () => {
    const { status, stderr } = verify('> /dev/full');
    expect(stderr).toMatch(/^ENOSPC.*\n$/);
    expect(status).toBe(3);
  });
});

test('given a checkpoint that nobody signed, then there is no bundle as of it', async () => {
  await run(['audit', 'checkpoint', ...at]);
  const file = folder.file('checkpoints/000000000001.ndjson');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"takenAt":"\d/, '"takenAt":"3'));
  const bundled = await run(['audit', 'bundle', 'acme', '--checkpoint', '1', ...at, '--json']);
  expect(bundled.json()).toMatchObject({ findings: [{ kind: 'signature', checkpoint: 1 }] });
  expect(bundled.code).toBe(1);
});

test('given a log that is no database any more, then that is found', async () => {
  const file = folder.file('events.db');
  writeFileSync(file, readFileSync(file).fill(0, 0, 100));
  const verified = await run(['audit', 'verify', ...at, '--json']);
  expect(verified.json()).toMatchObject({ found: 1, findings: [{ kind: 'log' }] });
  expect(verified.code).toBe(1);
});

test.each([
  [['audit', 'bundle', 'nobody'], 'There is no account nobody in checkpoint 1.'],
  [['audit', 'bundle', 'acme', '--checkpoint', '7'], 'There is no checkpoint 7'],
  [['audit', 'bundle', 'acme', '--out', '/nowhere/at/all/x.json'], 'There is no folder /nowhere/at/all'],
  [['audit', 'bundle', 'acme', '--checkpoint', 'last'], 'The number of a checkpoint'],
  [['audit', 'verify', '--public-key', '/nowhere.pem'], '--public-key /nowhere.pem cannot be read'],
])('%j is refused', async (args, said) => {
  const { code, stderr } = await run([...args, ...at]);
  expect(stderr).toContain(said);
  expect(code).toBe(2);
});

test('without a log there is nothing to audit', async () => {
  const { code, stderr } = await run(['audit', 'verify', '--data', folder.file('elsewhere')]);
  expect(stderr).toContain('There is no store at');
  expect(code).toBe(2);
});

test('a service verifies in a thread of its own, finds what the command line finds, and ends when it is stopped', async () => {
  service = await serve(folder.path, { GATEHOUSE_PROCESSES: 'none' });
  const { token } = (
    await run(['token', 'create', '--role', 'auditor', '--actor', 'auditor-1', ...at, '--json'])
  ).json();
  const ask = async (method: string, path: string): Promise<Record<string, unknown>> => {
    const headers = { Authorization: `Bearer ${String(token)}` };
    return (await (await fetch(`${service?.url}/v1${path}`, { method, headers })).json()) as Record<string, unknown>;
  };
  const verified = async (): Promise<Record<string, unknown>> => {
    const { id } = await ask('POST', '/verifications');
    for (;;) {
      const one = await ask('GET', `/verifications/${String(id)}`);
      if (one['state'] !== 'running') return one;
    }
  };
  await ask('POST', '/checkpoints');
  expect(await verified()).toMatchObject({ state: 'done', phase: 'chart', result: { clean: true, checkpoints: 1 } });
  const db = new Sqlite(folder.file('events.db'));
  db.exec(`UPDATE events SET data = '{}' WHERE stream = 'account-cedar' AND revision = 1`);
  db.close();
  const { found, findings } = (await run(['audit', 'verify', ...at, '--json'])).json();
  expect(await verified()).toMatchObject({ state: 'done', result: { clean: false, found, findings } });
  const { id } = await ask('POST', '/verifications');
  await service.kill('SIGTERM');
  expect(service.child.exitCode).toBe(0);
  expect(id).toBeDefined();
});
