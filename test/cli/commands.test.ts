import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mermaidChart } from '../../machines/mermaid.js';
import { type Folder, newFolder } from '../support/folders.js';
import { run, serve } from '../support/program.js';

let folder: Folder;
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

const data = (): string[] => ['--data', folder.path];

describe('demo', () => {
  test('makes three accounts; again changes nothing', async () => {
    expect((await run(['demo', ...data()])).stdout).toBe('acme   in review\nbirch  asked for more\ncedar  verified\n');
    const before = readFileSync(folder.file('events.db'));
    expect(await run(['demo', ...data()])).toMatchObject({ code: 0 });
    expect(readFileSync(folder.file('events.db')).equals(before)).toBe(true);
    const gate = async (account: string) => (await run(['gate', account, 'message.send', '--json', ...data()])).json();
    expect(await gate('acme')).toMatchObject({ allowed: false, reasons: ['in_review'] });
    expect(await gate('birch')).toMatchObject({ allowed: false, reasons: ['information_requested'] });
    expect(await gate('cedar')).toMatchObject({ allowed: true, deliveryMode: 'live' });
  });

  test('is refused on a store that holds other accounts', async () => {
    const csv = folder.file('customers.csv');
    writeFileSync(
      csv,
      'account_id,company,owner_email,verified_since,channels,domains\nother,,a@b.example,2024-01-01,push-1:push,\n',
    );
    await run(['import-verified', csv, ...data()]);
    expect(await run(['demo', ...data()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds other accounts (other') as unknown,
    });
  });
});

test('given a note of a service that was killed, whose address another one has now, then commands do not go there', async () => {
  const other = newFolder();
  const served = await serve(other.path);
  writeFileSync(
    folder.file('service.json'),
    JSON.stringify({ url: served.url, pid: 1, instance: 'of-the-killed-one' }),
  );
  expect(await run(['demo', ...data()])).toMatchObject({ code: 0 });
  expect((await run(['gate', 'cedar', 'message.send', '--json', ...data()])).json()).toMatchObject({ allowed: true });
  expect((await run(['gate', 'cedar', 'message.send', '--json', '--data', other.path])).json()).toMatchObject({
    reasons: ['unknown_account'],
  });
  await served.kill('SIGTERM');
  other.remove();
});

test('given a port that is taken, then the service says so, and how to choose another: exit code 3', async () => {
  const served = await serve(folder.path);
  const second = newFolder();
  const ran = await run(['serve', '--data', second.path, '--port', new URL(served.url).port]);
  expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('--port') as unknown });
  await served.kill('SIGTERM');
  second.remove();
});

test('given every process, then the service starts without a warning of listeners that leak', async () => {
  const warnings = folder.file('warnings');
  writeFileSync(warnings, '');
  const served = await serve(folder.path, {
    NODE_OPTIONS: `--redirect-warnings=${warnings}`,
    GATEHOUSE_WEBHOOK_URL: 'https://hooks.gatehouse.test',
    GATEHOUSE_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  });
  await served.kill('SIGTERM');
  expect(readFileSync(warnings, 'utf8')).not.toContain('MaxListenersExceededWarning');
});

test('given a first start that failed, then the next one makes and shows the first tokens', async () => {
  const other = newFolder();
  const holdsThePort = await serve(other.path);
  await run(['serve', ...data(), '--port', new URL(holdsThePort.url).port]);
  await holdsThePort.kill('SIGTERM');
  other.remove();

  const served = await serve(folder.path);
  const token = /admin\s+(\S+)/.exec(served.output())?.[1] ?? '';
  const answer = await fetch(`${served.url}/v1/accounts`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  await served.kill('SIGTERM');
});

describe('import-verified', () => {
  const header = 'account_id,company,owner_email,verified_since,channels,domains';

  test('keeps the gate open for what trusted customers send today; again changes nothing', async () => {
    const csv = folder.file('customers.csv');
    const rows = [
      'old-1,Old One,owner@old-1.example,2021-03-01,email-1:email:mail.old-1.example;push-1:push,mail.old-1.example',
      'old-2,,owner@old-2.example,2022-07-15T10:00:00Z,sms-1:sms,',
    ];
    writeFileSync(csv, [header, ...rows].join('\n'));
    const first = await run(['import-verified', csv, '--json', ...data()]);
    expect(first.json()).toMatchObject({ rows: 2, verified: 2, failed: 0 });
    const gate = await run(['gate', 'old-1', 'message.send', '--channel', 'email-1', '--json', ...data()]);
    expect(gate.json()).toMatchObject({ allowed: true, deliveryMode: 'live' });
    const before = readFileSync(folder.file('events.db'));
    expect((await run(['import-verified', csv, '--json', ...data()])).json()).toMatchObject({ rows: 2, failed: 0 });
    expect(readFileSync(folder.file('events.db')).equals(before)).toBe(true);
  });

  test('a row that is wrong is reported, and the others go on: exit code 1', async () => {
    const csv = folder.file('customers.csv');
    writeFileSync(
      csv,
      [header, 'bad one,,nobody,soon,email-1:email,', 'good,,a@b.example,2024-01-01,push-1:push,'].join('\n'),
    );
    const ran = await run(['import-verified', csv, '--json', ...data()]);
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({ rows: 2, verified: 1, failed: 1, failures: [{ row: 1, accountId: 'bad one' }] });
  });

  test('without the columns it needs: exit code 2, naming them', async () => {
    const csv = folder.file('customers.csv');
    writeFileSync(csv, 'id,mail\n1,a@b.example\n');
    expect(await run(['import-verified', csv, ...data()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('absent: account_id') as unknown,
    });
  });
});

describe('gate and show', () => {
  test('an unknown account is denied; an unknown action is told which there are', async () => {
    await run(['demo', ...data()]);
    expect((await run(['gate', 'nobody', 'message.send', ...data()])).stdout).toContain('unknown_account');
    expect(await run(['gate', 'acme', 'message.burn', ...data()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('broadcast.schedule') as unknown,
    });
    expect(await run(['show', 'nobody', ...data()])).toMatchObject({ code: 2 });
  });

  test('before there is a store: exit code 2, and what to do first', async () => {
    expect(await run(['gate', 'acme', 'message.send', ...data()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('gatehouse demo') as unknown,
    });
  });
});

describe('beside a running service', () => {
  test('reading works, demo goes through it, a second writer is refused, and read models are rebuilt', async () => {
    const served = await serve(folder.path);
    try {
      expect(served.output()).toMatch(/reviewer\s+gh_reviewer_/);
      expect(await run(['demo', ...data()])).toMatchObject({ code: 0 });
      expect((await run(['gate', 'cedar', 'message.send', '--json', ...data()])).json()).toMatchObject({
        allowed: true,
      });
      const file = folder.file('x.ndjson');
      writeFileSync(file, '');
      expect(await run(['run', file, ...data()])).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('Another Gatehouse process') as unknown,
      });
      const rebuilt = (await run(['projections', 'rebuild', '--json', ...data()])).json()['rebuilt'] as {
        projection: string;
        events: number;
      }[];
      expect(rebuilt.map(({ projection }) => projection)).toEqual([
        'sending_gate',
        'setup_guide',
        'review_queue',
        'accounts',
        'timeline',
        'transitions',
        'domain_claims',
        'account_traces',
        'deadlines',
        'journeys',
      ]);
      expect(rebuilt.every(({ events }) => events > 0)).toBe(true);
      const made = (
        await run(['token', 'create', '--role', 'reviewer', '--actor', 'reviewer-9', '--json', ...data()])
      ).json();
      expect(made).toEqual({
        token: expect.stringMatching(/^gh_reviewer_/) as unknown,
        role: 'reviewer',
        actor: 'reviewer-9',
      });
      const answer = await fetch(`${served.url}/v1/reviews`, {
        headers: { Authorization: `Bearer ${String(made['token'])}` },
      });
      expect(answer.status).toBe(200);
    } finally {
      await served.kill('SIGTERM');
    }
    expect(served.child.exitCode).toBe(0);
    // Without a service the read models are rebuilt in place.
    expect((await run(['projections', 'rebuild', 'timeline', ...data()])).stdout).toMatch(
      /timeline: rebuilt from \d+ events/,
    );
    expect(await run(['projections', 'rebuild', 'nothing', ...data()])).toMatchObject({ code: 2 });
  });
});

describe('token', () => {
  test('is listed without its secret, and revoked by its id', async () => {
    const { token } = (
      await run(['token', 'create', '--role', 'customer', '--account', 'acme', '--json', ...data()])
    ).json();
    const listed = await run(['token', 'list', '--json', ...data()]);
    expect(listed.stdout).not.toContain(String(token));
    const [line] = listed.json()['tokens'] as { id: string; accountId: string }[];
    expect(line).toMatchObject({ role: 'customer', accountId: 'acme' });
    expect(await run(['token', 'revoke', line?.id ?? '', ...data()])).toMatchObject({ code: 0 });
    expect((await run(['token', 'list', '--json', ...data()])).json()).toEqual({ tokens: [] });
  });

  test.each([
    [['--role', 'customer'], 'needs --account'],
    [['--role', 'king'], 'Roles: product'],
    [[], "required option '--role"],
  ])('%j: exit code 2, and what is missing', async (flags, message) => {
    expect(await run(['token', 'create', ...flags, ...data()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message) as unknown,
    });
  });
});

test('chart prints the drawing; help and version end with 0', async () => {
  expect((await run(['chart'])).stdout).toBe(mermaidChart());
  expect(await run(['--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('import-verified') as unknown,
  });
  expect(await run(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' });
});

test('a setting that is wrong is named: exit code 2', async () => {
  expect(await run(['serve', '--port', 'many', ...data()])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('GATEHOUSE_PORT') as unknown,
  });
});

test('given a folder without a log, then its read models are not made anew from nothing: exit code 2', async () => {
  const elsewhere = folder.file('elsewhere');
  expect(await run(['projections', 'rebuild', '--data', elsewhere])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no store at ') as unknown,
  });
  expect(existsSync(elsewhere)).toBe(false);
});

test('given a process that there is not, then what it has parked is not "nothing": exit code 2, and the names', async () => {
  await run(['demo', ...data()]);
  expect(await run(['processes', 'parked', 'mial', ...data()])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('There is no process mial. Processes: screening, ') as unknown,
  });
});
