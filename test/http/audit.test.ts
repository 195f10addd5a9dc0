/** Checkpoints, verification and bundles over HTTP: what the command line finds, found here. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { replayHere } from '../../src/audit/chart.js';
import { verifyNow } from '../../src/cli/audit.js';
import { readConfig } from '../../src/config.js';
import { Sqlite } from '../../src/sqlite.js';
import { setUp, verified } from '../support/examples.js';
import { type Answer, newService, type TestService } from '../support/service.js';

let service: TestService;
beforeEach(async () => (service = await newService()));
afterEach(async () => service.stop());

const get = async (path: string): Promise<Answer> => service.ask('auditor', 'GET', path);
const take = async (): Promise<Answer> => service.ask('auditor', 'POST', '/v1/checkpoints');

function alter(change: string): void {
  const db = new Sqlite(service.folder.file('events.db'));
  db.exec(change);
  db.close();
}

/** Verifies, and gives the answer once it has ended. */
async function verify(): Promise<Record<string, unknown>> {
  const { status, body, headers } = await service.ask('auditor', 'POST', '/v1/verifications');
  expect(status).toBe(202);
  expect(headers.get('location')).toBe(`/v1/verifications/${String(body['id'])}`);
  for (;;) {
    const run = (await get(`/v1/verifications/${String(body['id'])}`)).body;
    if (run['state'] !== 'running') return run;
    await sleep(10);
  }
}

describe('checkpoints', () => {
  test('given no folder yet, then the list is empty, and all events are uncovered', async () => {
    await service.walk('acme', setUp);
    const { status, body } = await get('/v1/checkpoints');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [],
      next: null,
      everyMinutes: 60,
      process: { runsHere: false, state: 'not_here' },
      since: { events: setUp.length + 1, atLeast: false },
    });
  });

  test('the newest first, a page at a time, with what came since', async () => {
    for (const account of ['acme', 'birch', 'cedar']) {
      await service.walk(account, setUp);
      expect((await take()).body).toMatchObject({ kind: 'taken' });
    }
    expect((await take()).body).toEqual({ kind: 'unchanged', number: 3 });
    await service.walk('dogwood', setUp);
    const first = (await get('/v1/checkpoints?limit=2')).body;
    expect(first).toMatchObject({
      items: [
        { number: 3, streams: 4, events: 3 * setUp.length + 1, file: '000000000003.ndjson', problem: null },
        { number: 2 },
      ],
      since: { events: setUp.length },
    });
    const second = (await get(`/v1/checkpoints?limit=2&cursor=${String(first['next'])}`)).body;
    expect(second).toMatchObject({
      items: [{ number: 1, previous: null }],
      next: null,
      since: { events: setUp.length },
    });
  });

  test('given a file that is not as it was written, then it is listed with what is wrong', async () => {
    await service.walk('acme', setUp);
    await take();
    writeFileSync(service.folder.file('checkpoints/000000000002.ndjson'), '{}\n');
    expect((await get('/v1/checkpoints')).body).toMatchObject({
      items: [{ number: 2, takenAt: null, problem: 'Its first line is not as it was written.' }, { number: 1 }],
      since: { events: 0 },
    });
  });

  test('given a log that was altered, then nothing is signed, and it is said what was found', async () => {
    await service.walk('acme', setUp);
    await take();
    await service.walk('birch', setUp);
    alter(
      `UPDATE events SET data = '{"count":9,"attributes":[]}' WHERE stream = 'account-birch' AND type = 'PeopleAdded'`,
    );
    expect(await take()).toMatchObject({
      status: 409,
      body: { code: 'not_signed', findings: [expect.objectContaining({ kind: 'hash', accountId: 'birch' })] },
    });
  });
});

describe('verification', () => {
  test('given a log as it was written, then it is clean', async () => {
    await service.walk('acme', verified);
    await take();
    expect(await verify()).toMatchObject({
      state: 'done',
      startedBy: { type: 'auditor', id: 'auditor-1' },
      error: null,
      result: { clean: true, complete: true, checkpoints: 1, uncovered: 0, found: 0, findings: [] },
    });
    const { items } = (await get('/v1/verifications')).body as { items: { state: string }[] };
    expect(items).toMatchObject([{ state: 'done' }]);
  });

  test.each([
    ['an event was changed', `UPDATE events SET data = '{}' WHERE stream = 'account-acme' AND revision = 2`],
    ['a stream was removed', `DELETE FROM events WHERE stream = 'account-acme'`],
    ['a trigger was added', 'CREATE TRIGGER odd AFTER INSERT ON events BEGIN SELECT 1; END'],
  ])('given that %s, then it finds what the command line finds', async (_what, change) => {
    await service.walk('acme', verified);
    await service.walk('birch', setUp);
    await take();
    alter(change);
    const { state, result } = (await verify()) as { state: string; result: Record<string, unknown> };
    const config = readConfig({ GATEHOUSE_DATA: service.folder.path });
    const { found, findings } = await verifyNow(config, { signal: new AbortController().signal, chart: replayHere });
    expect(found).toBeGreaterThan(0);
    expect(state).toBe('done');
    expect(result).toMatchObject({ clean: false, found, findings });
  });

  test('one that is not there is a 404, one that has ended cannot be cancelled', async () => {
    expect(await get('/v1/verifications/none')).toMatchObject({ status: 404 });
    const { id } = (await verify()) as { id: string };
    expect(await service.ask('auditor', 'DELETE', `/v1/verifications/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'not_running' },
    });
  });
});

describe('bundles', () => {
  const script = join(__dirname, '../../src/audit/verifyBundle.mjs');

  test('an account’s bundle is checked by the script alone', async () => {
    await service.walk('acme', verified);
    await take();
    await service.walk('birch', setUp);
    const answer = await get('/v1/accounts/acme/bundle');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="acme.bundle.json"');
    const file = service.folder.file('acme.bundle.json');
    writeFileSync(file, answer.text);
    const key = service.folder.file('checkpoints/public-key.pem');
    const { status, stdout } = spawnSync(process.execPath, [script, file, '--key', key], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('acme')]);
  });

  test('given no checkpoint, or none that has the account, then it is said what to do', async () => {
    await service.walk('acme', setUp);
    expect(await get('/v1/accounts/acme/bundle')).toMatchObject({
      status: 409,
      body: { code: 'no_checkpoint', detail: expect.stringContaining('POST /v1/checkpoints') },
    });
    await take();
    await service.walk('birch', setUp);
    expect(await get('/v1/accounts/birch/bundle')).toMatchObject({
      status: 409,
      body: { code: 'not_covered', checkpoint: 1, detail: expect.stringContaining('Take a checkpoint first') },
    });
    expect(await get('/v1/accounts/acme/bundle?checkpoint=7')).toMatchObject({
      status: 404,
      body: { code: 'unknown_checkpoint', detail: expect.stringContaining('The newest one is 1.') },
    });
    expect(await get('/v1/accounts/nobody/bundle')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
    rmSync(service.folder.file('checkpoints/public-key.pem'));
    expect(await get('/v1/accounts/acme/bundle')).toMatchObject({ status: 409, body: { code: 'unusable_key' } });
  });

  test('given a log that is not what was signed, then there is no proof', async () => {
    await service.walk('acme', setUp);
    await service.walk('birch', setUp);
    await take();
    alter(`DELETE FROM events WHERE stream = 'account-birch' AND revision = 3`);
    expect(await get('/v1/accounts/acme/bundle')).toMatchObject({
      status: 409,
      body: { code: 'not_proved', findings: [{ kind: 'log-root', checkpoint: 1 }] },
    });
  });
});
