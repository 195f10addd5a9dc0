/** `gatehouse export`: files, refusals, the record, and going on after Ctrl-C and kill -9. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { exportFormats } from '../../src/events/operations.js';
import { type ExportLine, listExports } from '../../src/export/records.js';
import { appendBulk } from '../support/bulkLog.js';
import { goodData, verified } from '../support/examples.js';
import { readBack } from '../support/exports.js';
import { type Folder, newFolder } from '../support/folders.js';
import { newGatehouse } from '../support/gatehouse.js';
import { auditLog } from '../support/logAudit.js';
import { seeded } from '../support/randomCommands.js';
import { run, serve } from '../support/program.js';

const program = join(process.cwd(), 'dist/src/cli/gatehouse.js');

/** The exports that a log tells of, the latest first. */
async function recorded(data: string): Promise<ExportLine[]> {
  const store = openSqliteEventStore({ file: join(data, 'events.db'), readOnly: true });
  try {
    return await listExports(store, 500);
  } finally {
    await store.close();
  }
}

describe('an account that was walked to verified', () => {
  let data: Folder;
  beforeEach(async () => {
    const gatehouse = await newGatehouse();
    await gatehouse.walk(verified);
    await gatehouse.store.close();
    data = gatehouse.folder;
  });
  afterEach(() => data.remove());

  const exporting = (...args: string[]) => run(['export', '--data', data.path, ...args]);

  test.each(exportFormats)('%s: a file, told and recorded with its rows, bytes and SHA-256', async (format) => {
    const out = data.file(`out.${format}`);
    const { code, json } = await exporting('--format', format, '--out', out, '--json');
    expect(code).toBe(0);
    const bytes = readFileSync(out);
    const rows = await readBack(format, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const expected = { rows: rows.length, bytes: bytes.length, sha256, format, what: 'events' };
    expect(json()).toMatchObject({ ...expected, out, complete: true });
    expect(bytes.toString('latin1')).not.toContain(goodData.SignUp.ownerEmail);
    expect(await recorded(data.path)).toMatchObject([
      {
        ...expected,
        state: 'completed',
        via: 'cli',
        actor: { type: 'admin', id: 'command-line' },
        personalData: false,
      },
    ]);
    for (const left of ['.part', '.part.state', '.part.lock'])
      expect([left, existsSync(out + left)]).toEqual([left, false]);
    // What is exported may be personal: for its owner alone.
    expect(statSync(out).mode & 0o077).toBe(0);
  });

  test('standard output has the bytes and nothing else', async () => {
    const { code, stdout, stderr } = await exporting('--format', 'csv', '--what', 'transitions', '--out', '-');
    expect(code).toBe(0);
    expect((await readBack('csv', Buffer.from(stdout))).length).toBeGreaterThan(5);
    expect(stderr).toContain('rows');
    expect(await recorded(data.path)).toMatchObject([{ state: 'completed', bytes: Buffer.byteLength(stdout) }]);
  });

  test('types, times and one account', async () => {
    const filters = ['--type', 'PeopleAdded,DomainAdded', '--account', 'acme', '--from', '2026-01-01T00:00:00+01:00'];
    const { stdout } = await exporting('--format', 'ndjson', ...filters, '--to', '2027-01-01T00:00:00Z', '--out', '-');
    const rows = await readBack('ndjson', Buffer.from(stdout));
    expect(rows.map(({ type }) => type)).toEqual(['PeopleAdded', 'DomainAdded']);
    expect(await recorded(data.path)).toMatchObject([
      { types: ['DomainAdded', 'PeopleAdded'], from: '2025-12-31T23:00:00.000Z', accountId: 'acme' },
    ]);
  });

  test('personal data needs a reason, which is recorded', async () => {
    const refused = await exporting('--format', 'csv', '--personal-data', '--out', data.file('x.csv'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--reason');
    expect(await recorded(data.path)).toEqual([]);
    const args = ['--format', 'csv', '--personal-data', '--reason', 'Case 4711', '--out', data.file('x.csv')];
    expect((await exporting(...args)).code).toBe(0);
    expect(readFileSync(data.file('x.csv'), 'utf8')).toContain(goodData.SignUp.ownerEmail);
    expect(await recorded(data.path)).toMatchObject([{ personalData: true, reason: 'Case 4711' }]);
  });

  test.each([
    ['a format that there is not', ['--format', 'pdf', '--out', 'x'], 'ndjson, csv, parquet, xes'],
    ['no file', ['--format', 'csv'], '--out'],
    ['a type that there is not', ['--format', 'csv', '--type', 'Nothing', '--out', 'x'], 'AccountSignedUp'],
    ['an account that there is not', ['--format', 'csv', '--account', 'nobody', '--out', 'x'], 'no account nobody'],
    ['a folder that there is not', ['--format', 'csv', '--out', '/nowhere/at/all/x.csv'], 'There is no folder'],
    ['a file without a name', ['--format', 'csv', '--out', ''], 'The name of a file'],
    ['JSON beside bytes', ['--format', 'csv', '--json', '--out', '-'], '--out'],
    [
      'times the wrong way round',
      ['--format', 'csv', '--from', '2026-02-01T00:00:00Z', '--to', '2026-01-01T00:00:00Z', '--out', 'x'],
      '--to',
    ],
  ])('%s is wrong usage: exit code 2, with the remedy, and no record', async (_what, args, told) => {
    const { code, stderr } = await exporting(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
    expect(await recorded(data.path)).toEqual([]);
  });

  test('a file that is there is not written over', async () => {
    const args = ['--format', 'csv', '--out', data.file('out.csv')];
    await exporting(...args);
    const before = readFileSync(data.file('out.csv'));
    const { code, stderr } = await exporting(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining('there already')]);
    expect(readFileSync(data.file('out.csv')).equals(before)).toBe(true);
  });

  test('beside a running service it is recorded through it, by a token that is revoked again', async () => {
    const service = await serve(data.path, { GATEHOUSE_PROCESSES: 'none' });
    try {
      const { code, json } = await exporting('--format', 'parquet', '--out', data.file('x.parquet'), '--json');
      expect(code).toBe(0);
      const tokens = (await run(['token', 'list', '--data', data.path, '--json'])).stdout;
      expect(tokens).not.toContain('command-line');
      expect(await recorded(data.path)).toMatchObject([
        { state: 'completed', rows: json()['rows'], actor: { type: 'admin', id: 'command-line' } },
      ]);
    } finally {
      await service.kill('SIGTERM');
    }
  }, 60_000);
});

test('without a store there is nothing to export, and none is made', async () => {
  const folder = newFolder();
  const { code } = await run(['export', '--data', folder.path, '--format', 'csv', '--out', folder.file('x.csv')]);
  expect([code, existsSync(folder.file('events.db'))]).toEqual([2, false]);
  folder.remove();
});

describe('given an export that takes a while', () => {
  let data: Folder;
  beforeAll(async () => {
    data = newFolder();
    const store = openSqliteEventStore({ file: data.file('events.db') });
    await appendBulk(store, 600, 40, 400);
    await store.close();
  });
  afterAll(() => data.remove());

  const argsFor = (format: string, out: string): string[] => {
    return ['export', '--data', data.path, '--format', format, '--personal-data', '--reason', 'test', '--out', out];
  };

  /** Starts it, and ends it by a signal when it has written so much; or lets it end. */
  async function until(args: readonly string[], out: string, bytes: number, signal: NodeJS.Signals) {
    const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const closed = once(child, 'close').then(([code]) => code as number | null);
    while (child.exitCode === null && child.signalCode === null) {
      if (existsSync(`${out}.part`) && statSync(`${out}.part`).size >= bytes) {
        child.kill(signal);
        break;
      }
      await sleep(2);
    }
    return { code: await closed, stderr };
  }

  /** The whole file, made without a stop. */
  async function uninterrupted(format: string): Promise<Buffer> {
    const out = data.file(`whole.${format}`);
    if (!existsSync(out)) await run(argsFor(format, out));
    return readFileSync(out);
  }

  // Every format is held against kills in test/export/resume; here it is the program that dies.
  test.each(['ndjson', 'xes'] as const)(
    '%s: when it is killed at random, again and again, and run again, then the file is the same',
    async (format) => {
      const whole = await uninterrupted(format);
      const random = seeded(7);
      const out = data.file(`killed.${format}`);
      let kills = 0;
      for (let at = 0; !existsSync(out) && kills < 20;) {
        at += Math.floor(random() * 0.6 * whole.length);
        const { code, stderr } = await until(argsFor(format, out), out, at, 'SIGKILL');
        if (code === null) kills += 1;
        else expect([code, stderr]).toEqual([0, expect.anything()]);
      }
      expect([kills > 0, readFileSync(out).equals(whole)]).toEqual([true, true]);
      const own = (await recorded(data.path)).filter((line) => line.format === format);
      expect(own.map(({ state }) => state)).toEqual(own.map(() => 'completed'));
      expect(new Set(own.map(({ sha256 }) => sha256))).toEqual(
        new Set([createHash('sha256').update(whole).digest('hex')]),
      );
    },
    240_000,
  );

  test.each(['csv', 'parquet'] as const)(
    '%s: Ctrl-C stops it cleanly, says how to go on, and is recorded',
    async (format) => {
      const whole = await uninterrupted(format);
      const out = data.file(`stopped.${format}`);
      const { code, stderr } = await until(argsFor(format, out), out, whole.length / 3, 'SIGINT');
      expect([code, stderr]).toEqual([130, expect.stringContaining('Run it again to go on')]);
      expect((await recorded(data.path))[0]).toMatchObject({ format, state: 'stopped', why: 'interrupted' });
      const { json, stderr: told } = await run([...argsFor(format, out), '--json']);
      expect(told).toContain('Going on after');
      expect(json()).toMatchObject({ complete: true, bytes: whole.length });
      expect(readFileSync(out).equals(whole)).toBe(true);
    },
    120_000,
  );

  test('given a run that is writing a file, then another one for the same file is refused', async () => {
    const out = data.file('twice.xes');
    const first = run(argsFor('xes', out));
    while (!existsSync(`${out}.part`)) await sleep(2);
    const { code, stderr } = await run(argsFor('xes', out));
    expect([code, stderr]).toEqual([2, expect.stringContaining('Another run is writing this file')]);
    expect((await first).code).toBe(0);
    expect(readFileSync(out).equals(await uninterrupted('xes'))).toBe(true);
  }, 120_000);

  test('given a part of another request, then it is not written over: the message says what is in the way', async () => {
    const out = data.file('mixed.csv');
    await until(argsFor('csv', out), out, 2_000_000, 'SIGKILL');
    const size = statSync(`${out}.part`).size;
    const others = [
      argsFor('ndjson', out),
      [...argsFor('csv', out), '--type', 'AccountSignedUp'],
      argsFor('csv', out).map((arg) => (arg === 'test' ? 'another reason' : arg)),
    ];
    for (const args of others) {
      const { code, stderr } = await run(args);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is of another export')]);
    }
    expect(statSync(`${out}.part`).size).toBe(size);
    expect((await run(argsFor('csv', out))).code).toBe(0);
    expect(readFileSync(out).equals(await uninterrupted('csv'))).toBe(true);
  }, 120_000);

  test('given an event after the start, then a resumed export holds what the first run would have held', async () => {
    const whole = await uninterrupted('xes');
    const out = data.file('later.xes');
    await until(argsFor('xes', out), out, whole.length / 2, 'SIGKILL');
    const store = openSqliteEventStore({ file: data.file('events.db') });
    await appendBulk(store, 601, 1, 5);
    expect((await auditLog(store)).findings.filter((finding) => finding.includes('ops-'))).toEqual([]);
    await store.close();
    expect((await run(argsFor('xes', out))).code).toBe(0);
    expect(readFileSync(out).equals(whole)).toBe(true);
  }, 120_000);
});
