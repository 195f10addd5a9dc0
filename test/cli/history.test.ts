/** Accounts as they were, step by step, and the log as it grows, on the command line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sqlite } from '../../src/sqlite.js';
import { type Folder, newFolder } from '../support/folders.js';
import { run, serve } from '../support/program.js';

let folder: Folder;
beforeAll(async () => {
  folder = newFolder();
  await run(['demo', ...data()]);
});
afterAll(() => folder.remove());

const data = (): string[] => ['--data', folder.path];
const program = join(process.cwd(), 'dist/src/cli/gatehouse.js');

/** Wrong usage: each with what it is answered. */
async function expectUsage(cases: readonly (readonly [args: readonly string[], message: string])[]): Promise<void> {
  const ran = await Promise.all(cases.map(async ([args]) => run([...args, ...data()])));
  expect(ran.map(({ code, stderr }, index) => [code, stderr.includes(cases[index]?.[1] ?? ''), stderr])).toEqual(
    ran.map(({ stderr }) => [2, true, stderr]),
  );
}

describe('show --as-of', () => {
  test('shows an account as it was after a revision, under the policy then in force', async () => {
    const now = (await run(['show', 'cedar', '--json', ...data()])).json();
    expect(now).toMatchObject({ status: 'verified' });
    expect(now['asOf']).toBeUndefined();
    const then = await run(['show', 'cedar', '--as-of', '6', '--json', ...data()]);
    expect(then).toMatchObject({ code: 0 });
    expect(then.json()).toMatchObject({
      status: 'not_requested',
      revision: 6,
      policyVersion: 'built-in-1',
      asOf: { revision: 6, at: null, known: null },
      guide: { status: 'not_requested', revision: 6 },
    });
    expect(then.json()['timeline']).toHaveLength(7);
  });

  test('by date and time, for people', async () => {
    const { occurredAt } = ((await run(['show', 'cedar', '--as-of', '3', '--json', ...data()])).json()['asOf'] ??
      {}) as {
      occurredAt: string;
    };
    const { code, stdout } = await run(['show', 'cedar', '--as-of', occurredAt, '--known', '2999-01-01', ...data()]);
    expect(code).toBe(0);
    expect(stdout).toContain(`as it was at ${occurredAt}, known by 2999-01-01T00:00:00.000Z, after revision`);
    expect(stdout).toContain('policy then in force: built-in-1');
  });

  test('what was not there then, or is no time: exit code 2, saying what there is', async () => {
    await expectUsage([
      [['show', 'cedar', '--as-of', '99'], 'cedar had not reached that revision: its last one is'],
      [['show', 'cedar', '--as-of', '1999-01-01T00:00:00Z'], 'cedar had not signed up then: it did so at'],
      [['show', 'cedar', '--as-of', 'then'], 'A date and time such as'],
      [['show', 'cedar', '--known', '2026-01-01'], '--known goes with --as-of.'],
    ]);
  });
});

describe('replay <account>', () => {
  /** A log that was changed behind its back, stepped through: as JSON and for people. */
  async function altered(sql: string) {
    const other = newFolder();
    cpSync(folder.file('events.db'), other.file('events.db'));
    const db = new Sqlite(other.file('events.db'));
    db.exec(sql);
    db.close();
    const [json, text] = await Promise.all([
      run(['replay', 'cedar', '--json', '--data', other.path]),
      run(['replay', 'cedar', '--data', other.path]),
    ]);
    other.remove();
    return {
      codes: [json.code, text.code],
      told: text.stdout,
      ...(json.json() as { divergences: object[]; steps: Step[] }),
    };
  }

  type Step = { revision: number; type: string; changed: string[]; waitedMs: number | null; stayedMs: number | null };

  test('steps through: what changed, who moved it, how long it waited', async () => {
    const ran = await run(['replay', 'cedar', ...data()]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('      verification none → notRequested\n');
    expect(ran.stdout).toContain('      setup open channel missing → configured\n');
    expect(ran.stdout).toMatch(/verification .* → verified \(current\)\n {6}.* in pendingReview\n/);
    expect(ran.stdout).toMatch(/\d+ events, each as the chart says\n$/);
    // Whoever reads a file or a pipe wants no colours.
    expect(ran.stdout).not.toContain('\u001B');
  });

  test('--json: each step with the regions that changed', async () => {
    const { accountId, steps, divergences } = (await run(['replay', 'cedar', '--json', ...data()])).json() as {
      accountId: string;
      steps: Step[];
      divergences: unknown[];
    };
    expect([accountId, divergences]).toEqual(['cedar', []]);
    expect(steps.map(({ revision }) => revision)).toEqual(steps.map((_, index) => index));
    expect(steps[0]).toMatchObject({
      type: 'AccountSignedUp',
      from: null,
      changed: ['setup', 'verification', 'standing'],
      waitedMs: null,
      stayedMs: null,
      onBehalfOf: null,
      policyVersion: 'built-in-1',
    });
    const requested = steps.findIndex(({ type }) => type === 'VerificationRequested');
    const waits = steps.slice(1, requested + 1).map(({ waitedMs }) => waitedMs ?? Number.NaN);
    expect(steps[requested]).toMatchObject({
      changed: ['verification'],
      stayedMs: waits.reduce((sum, wait) => sum + wait, 0),
    });
  });

  test('given an event that says another state than the chart, then it is named, and the chart goes on: exit code 1', async () => {
    const { codes, told, divergences, steps } = await altered(
      `UPDATE events SET metadata = json_set(metadata, '$.to.standing', 'warned') WHERE stream = 'account-cedar' AND revision = 4`,
    );
    expect(codes).toEqual([1, 1]);
    expect(told).toMatch(/✘ revision 4, position \d+: the event says to .*standing warned, the chart .*standing good/);
    expect(divergences).toMatchObject([
      { revision: 4, kind: 'to', chart: { standing: 'good' }, stored: { standing: 'warned' } },
    ]);
    expect(steps.at(-1)?.revision).toBeGreaterThan(4);
  });

  test('given an event that the chart refuses, then the steps end there: exit code 1', async () => {
    const { codes, told, divergences, steps } = await altered(
      `UPDATE events SET type = 'ProposalWithdrawn', data = '{}' WHERE stream = 'account-cedar' AND revision = 4`,
    );
    expect(codes).toEqual([1, 1]);
    expect(divergences).toMatchObject([{ revision: 4, kind: 'refused', type: 'ProposalWithdrawn' }]);
    expect(steps).toHaveLength(4);
    expect(told).toContain('the chart refuses ProposalWithdrawn in');
  });

  test('an account that there is not, or none named: exit code 2', async () => {
    await expectUsage([
      [['replay', 'nobody'], 'There is no account nobody.'],
      [['replay'], '--all'],
      [['replay', '--all', '--from', '2026-02-01', '--to', '2026-02-01'], '--from must be before --to'],
    ]);
  });
});

describe('tail', () => {
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

  test('the last events, one line each, without personal data and free texts', async () => {
    const ran = await run(['tail', '--no-follow', '--last', '100', ...data()]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(lines(ran.stdout)[0]).toContain('PolicyPublished');
    expect(ran.stdout).toMatch(
      /cedar r\d+ {2}VerificationApproved {2}\S+ \S+ · verification .* → verified \(current\)/,
    );
    expect(ran.stdout).toMatch(/birch r\d+ {2}InformationRequested .* · \w+ · respondBy \S+Z · items \d/);
    const stored = readEvents();
    for (const { data: content } of stored)
      for (const secret of [content['ownerEmail'], content['useCase'], content['company']])
        if (typeof secret === 'string') expect([secret, ran.stdout.includes(secret)]).toEqual([secret, false]);
  });

  /** Every stored event, as `tail --json` must give it. */
  function readEvents(): { stream: string; type: string; revision: number; data: Record<string, unknown> }[] {
    const db = new Sqlite(folder.file('events.db'), { readonly: true });
    const rows = db.prepare('SELECT stream, type, revision, data FROM events ORDER BY position').all();
    db.close();
    return (rows as { stream: string; type: string; revision: number; data: string }[]).map((row) => ({
      ...row,
      data: JSON.parse(row.data) as Record<string, unknown>,
    }));
  }

  test('--json: events as stored, a document a line; the last ten unless asked', async () => {
    const { stdout } = await run(['tail', '--no-follow', '--json', ...data()]);
    const events = lines(stdout).map((line) => JSON.parse(line) as ReturnType<typeof readEvents>[number]);
    expect(
      events.map(({ stream, type, revision, data: content }) => ({ stream, type, revision, data: content })),
    ).toEqual(readEvents().slice(-10));
  });

  test('of one account, of some types', async () => {
    const { stdout } = await run(['tail', '--no-follow', '--json', '--account', 'birch', '--last', '2', ...data()]);
    expect(lines(stdout).map((line) => (JSON.parse(line) as { stream: string }).stream)).toEqual([
      'account-birch',
      'account-birch',
    ]);
    const some = await run(['tail', '--no-follow', '--type', 'AccountSignedUp,PolicyPublished', ...data()]);
    expect(lines(some.stdout)).toHaveLength(4);
    const both = await run(['tail', '--no-follow', '--account', 'birch', '--type', 'AccountSignedUp', ...data()]);
    expect(lines(both.stdout)).toHaveLength(1);
    expect(await run(['tail', '--no-follow', '--last', '0', ...data()])).toMatchObject({ code: 0, stdout: '' });
  });

  test('what cannot be followed: exit code 2', async () => {
    await expectUsage([
      [['tail', '--type', 'Approved'], 'there is no Approved. Types: AccountSignedUp,'],
      [['tail', '--last', 'ten'], 'A whole number'],
      [['tail', '--account', 'a b'], 'An id is'],
    ]);
  });

  /** Follows the log until the output holds a text, then does what is asked and waits for the end. */
  async function following(
    flags: readonly string[],
    text: string,
    meanwhile: () => Promise<void>,
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
    const child = spawn(process.execPath, [program, 'tail', ...flags, ...data()], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const seen = new Promise<void>((resolve) =>
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        if (stdout.includes(text)) resolve();
      }),
    );
    const ended = once(child, 'close') as Promise<[number | null]>;
    const begun = once(child.stdout, 'data');
    await begun;
    await meanwhile();
    await seen;
    child.kill('SIGINT');
    const [code] = await ended;
    return { code, stdout, stderr };
  }

  test('beside a running service it shows what comes, and ends at Ctrl-C: exit code 0', async () => {
    const served = await serve(folder.path);
    const token = ((await run(['token', 'create', '--role', 'product', '--json', ...data()])).json()['token'] ??
      '') as string;
    const ended = await following(['--last', '1'], 'late r0  AccountSignedUp', async () => {
      const answer = await fetch(`${served.url}/v1/accounts`, {
        method: 'POST',
        headers: { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ accountId: 'late', ownerEmail: 'owner@late.example' }),
      });
      expect(answer.status).toBe(201);
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(lines(ended.stdout)).toHaveLength(2);
    await served.kill('SIGTERM');
  });

  test('given a reader that has seen enough, then it ends in peace', async () => {
    const errors = folder.file('errors');
    writeFileSync(errors, '');
    const shell = spawn('sh', [
      '-c',
      `"${process.execPath}" "${program}" tail --no-follow --last 100 --json --data "${folder.path}" 2>"${errors}" | head -n 1`,
    ]);
    let stdout = '';
    shell.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    await once(shell, 'close');
    expect(lines(stdout)).toHaveLength(1);
    expect(readFileSync(errors, 'utf8')).toBe('');
  });

  test('where there is no store: exit code 2, and how to get one', async () => {
    const empty = newFolder();
    expect(await run(['tail', '--data', empty.path])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('gatehouse demo') as unknown,
    });
    empty.remove();
  });
});
