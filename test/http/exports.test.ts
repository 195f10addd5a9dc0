/** Exports over HTTP: who may, what is recorded, going on, and ends that are none. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportFormats } from '../../src/events/operations.js';
import type { ActorType } from '../../src/events/vocabulary.js';
import { command, goodData, verified } from '../support/examples.js';
import { readBack } from '../support/exports.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { openConnection } from '../support/rawHttp.js';
import { newService, type TestService } from '../support/service.js';

type Line = Record<string, unknown>;

let log: TestGatehouse;
let service: TestService;
beforeAll(async () => {
  log = await newGatehouse();
  await log.walk(verified);
  const words = 'word '.repeat(780);
  for (let index = 0; index < 900; index++) {
    const profile = { useCase: `${index} ${words}`, audience: words, subscriptionProcess: words };
    await log.walk([command('UpdateBusinessProfile', profile)]);
  }
  await log.store.close();
  service = await serviceOnLog();
});
afterAll(async () => {
  await service.stop();
  log.folder.remove();
});

function serviceOnLog(): Promise<TestService> {
  return newService('acme', { GATEHOUSE_EVENT_STORE: `sqlite:${log.folder.file('events.db')}` });
}

async function download(role: ActorType, path: string, method = 'GET') {
  const headers = { Authorization: `Bearer ${service.tokens[role]}` };
  const response = await fetch(`${service.url}/v1/exports/${path}`, { method, headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function listed(): Promise<Line[]> {
  return (await service.ask('auditor', 'GET', '/v1/exports')).body['items'] as Line[];
}

/** The last export as soon as it is in a state. */
async function lastIn(state: string): Promise<Line> {
  for (let tries = 0; tries < 200; tries++) {
    const [last] = await listed();
    if (last?.['state'] === state) return last;
    await sleep(25);
  }
  throw new Error(`no export came to be ${state}: ${JSON.stringify(await listed())}`);
}

const mediaTypes = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
  xes: 'application/xml',
} as const;

describe('a download', () => {
  test.each(exportFormats)(
    '%s: is a file of its type, and recorded with its rows, bytes and SHA-256',
    async (format) => {
      const { status, headers, bytes } = await download(
        'analyst',
        `events?format=${format}&types=AccountSignedUp,PeopleAdded`,
      );
      expect([status, headers.get('content-type')]).toEqual([200, mediaTypes[format]]);
      expect(headers.get('content-disposition')).toBe(`attachment; filename="gatehouse-events.${format}"`);
      const rows = await readBack(format, bytes);
      expect(rows.map(({ type }) => type)).toEqual(['AccountSignedUp', 'PeopleAdded']);
      const [last] = await listed();
      expect(last).toMatchObject({
        exportId: headers.get('gatehouse-export-id'),
        upTo: headers.get('gatehouse-export-up-to'),
        what: 'events',
        format,
        types: ['AccountSignedUp', 'PeopleAdded'],
        personalData: false,
        via: 'http',
        actor: { type: 'analyst', id: 'analyst-1' },
        state: 'completed',
        rows: 2,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    },
  );

  test('transitions by time and account', async () => {
    const { bytes } = await download('auditor', 'transitions?format=csv&accountId=acme&to=2999-01-01T00:00:00Z');
    const rows = await readBack('csv', bytes);
    expect(rows.map(({ toStatus }) => toStatus)).toContain('verified');
    expect(
      await readBack('csv', (await download('auditor', 'transitions?format=csv&from=2999-01-01T00:00:00Z')).bytes),
    ).toEqual([]);
  });

  test('its record stands in the log, before and after, for those who read all of it', async () => {
    const { headers } = await download('admin', 'events?format=ndjson&types=PeopleAdded');
    const { text } = await service.ask('auditor', 'GET', '/v1/events?types=ExportStarted,ExportCompleted');
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; stream: string; data: Line });
    const own = events.filter(({ data }) => data['exportId'] === headers.get('gatehouse-export-id'));
    expect(own.map(({ type, stream }) => [type, stream])).toEqual([
      ['ExportStarted', 'ops-exports'],
      ['ExportCompleted', 'ops-exports'],
    ]);
  });

  test('HEAD says what it would be, exports nothing and records nothing', async () => {
    const before = (await listed()).length;
    const { status, headers, bytes } = await download('auditor', 'events?format=csv', 'HEAD');
    expect([status, headers.get('content-type'), bytes.length]).toEqual([200, mediaTypes.csv, 0]);
    expect(await listed()).toHaveLength(before);
  });
});

describe('personal data', () => {
  const asked = `events?format=ndjson&personalData=true&types=AccountSignedUp`;

  test('is left out unless it is asked for', async () => {
    const { bytes } = await download('admin', 'events?format=ndjson&types=AccountSignedUp');
    expect(bytes.toString()).not.toContain(goodData.SignUp.ownerEmail);
  });

  test.each(['auditor', 'admin'] as const)('%s has it, for a reason that is recorded', async (role) => {
    const { status, bytes } = await download(role, `${asked}&reason=Case%204711`);
    expect(status).toBe(200);
    expect(bytes.toString()).toContain(goodData.SignUp.ownerEmail);
    expect((await listed())[0]).toMatchObject({ personalData: true, reason: 'Case 4711', actor: { type: role } });
  });

  test('without a reason it is invalid, and nothing is recorded', async () => {
    const before = (await listed()).length;
    const answer = await service.ask('admin', 'GET', `/v1/exports/${asked}`);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ in: 'query', pointer: '/reason' }] } });
    expect(await listed()).toHaveLength(before);
  });

  test('an analyst is refused, with a code of its own, and nothing is recorded', async () => {
    const before = (await listed()).length;
    const answer = await service.ask('analyst', 'GET', `/v1/exports/${asked}&reason=curious`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'personal_data_forbidden' } });
    expect(await listed()).toHaveLength(before);
  });
});

describe('going on', () => {
  test.each(['ndjson', 'csv'] as const)(
    '%s: after the last whole row, with the same upTo, it is the same file',
    async (format) => {
      const first = await download('auditor', `events?format=${format}`);
      const upTo = first.headers.get('gatehouse-export-up-to');
      const whole = await readBack(format, first.bytes);
      // As it is when the connection was cut: 400 whole rows, and a piece of the next.
      const newline = format === 'csv' ? '\r\n' : '\n';
      const lines = first.bytes.toString().split(newline);
      const had = lines.slice(0, format === 'csv' ? 401 : 400).join(newline) + newline;
      const after = whole[399]?.['position'];
      await service.walk(`new-${format}`, [command('SignUp')]);
      const rest = await download('auditor', `events?format=${format}&after=${after}&upTo=${upTo}`);
      expect(had + rest.bytes.toString()).toBe(first.bytes.toString());
      expect((await listed())[0]).toMatchObject({ after, upTo, state: 'completed', rows: whole.length - 400 });
    },
  );

  test.each(['parquet', 'xes'] as const)('%s cannot: it says so', async (format) => {
    const answer = await service.ask('auditor', 'GET', `/v1/exports/events?format=${format}&after=0000000000000005`);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/after' }] } });
  });

  test.each([
    ['after', '5'],
    ['after', '----------------'],
    ['upTo', '5'],
    ['upTo', '00000000-00000001'],
  ])('%s=%s is no position of this log: no file is made of what it might mean', async (name, position) => {
    const answer = await service.ask('auditor', 'GET', `/v1/exports/events?format=csv&${name}=${position}`);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: `/${name}` }] } });
  });

  test('an upTo beyond the log is the end of the log', async () => {
    const { headers } = await download('auditor', 'events?format=csv&types=PeopleAdded&upTo=9999999999999999');
    expect((headers.get('gatehouse-export-up-to') ?? '9') < '9').toBe(true);
  });
});

test.each([
  ['an unknown type', 'format=csv&types=Nothing', 422, '/types'],
  ['no format', '', 422, '/format'],
  ['times the wrong way round', 'format=csv&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 422, '/to'],
  ['an account that there is not', 'format=csv&accountId=nobody', 404, undefined],
])('%s is refused before anything is recorded', async (_what, query, status, pointer) => {
  const before = (await listed()).length;
  const answer = await service.ask('auditor', 'GET', `/v1/exports/events?${query}`);
  expect(answer.status).toBe(status);
  if (pointer !== undefined) expect(JSON.stringify(answer.body['errors'])).toContain(`"pointer":"${pointer}`);
  expect(await listed()).toHaveLength(before);
});

test('there is nothing but events and transitions', async () => {
  expect((await service.ask('auditor', 'GET', '/v1/exports/tokens?format=csv')).status).toBe(422);
});

describe('given a reader that takes nothing', () => {
  const request = (): string =>
    `GET /v1/exports/events?format=ndjson&personalData=true&reason=test HTTP/1.1\r\nHost: x\r\n` +
    `Authorization: Bearer ${service.tokens.auditor}\r\n\r\n`;

  test('then the export waits; when the reader goes, it ends and is recorded as stopped, with what was written', async () => {
    const connection = await openConnection(service.url);
    connection.socket.pause();
    connection.send(request());
    await lastIn('unfinished');
    await sleep(500);
    connection.socket.destroy();
    const last = await lastIn('stopped');
    expect(last).toMatchObject({ why: 'reader_gone' });
    // What is on its way is bounded by what sockets hold, not by what there is to export: about 10 MB.
    expect(Number(last['bytes'])).toBeGreaterThan(0);
    expect(Number(last['bytes'])).toBeLessThan(9_000_000);
  });

  test('and that goes at any moment, also before the first byte, then no export is left under way', async () => {
    const before = (await listed()).length;
    for (let index = 0; index < 20; index++) {
      const connection = await openConnection(service.url);
      connection.send(request());
      await sleep(index % 7);
      connection.socket.destroy();
    }
    for (let tries = 0; tries < 200; tries++) {
      if ((await listed()).every(({ state }) => state !== 'unfinished')) break;
      await sleep(25);
    }
    const since = (await listed()).slice(0, -before);
    expect(since.length).toBeGreaterThan(5);
    expect(since.map(({ state, why }) => [state, why])).toEqual(since.map(() => ['stopped', 'reader_gone']));
  });

  test('when the service stops, then at once: the answer is cut off, not ended, and recorded as stopped', async () => {
    const connection = await openConnection(service.url);
    connection.socket.pause();
    connection.send(request());
    await lastIn('unfinished');
    await sleep(300);
    const began = performance.now();
    await service.stop();
    expect(performance.now() - began).toBeLessThan(2_000);
    connection.socket.resume();
    await connection.closed;
    expect(connection.received).toContain('200 OK');
    expect(connection.received).not.toMatch(/\r\n0\r\n\r\n$/);
    service = await serviceOnLog();
    expect(await lastIn('stopped')).toMatchObject({ why: 'service_stopping' });
  });
});

describe('what the command line records', () => {
  const started = { exportId: 'e-1', what: 'events', format: 'csv', personalData: false, via: 'cli' };

  test('is taken from admins, whose name it bears', async () => {
    const answer = await service.ask('admin', 'POST', '/v1/exports', { type: 'ExportStarted', data: started });
    expect(answer.status).toBe(201);
    expect((await listed())[0]).toMatchObject({ exportId: 'e-1', actor: { type: 'admin', id: 'admin-1' }, via: 'cli' });
  });

  test('cannot say that it was a download', async () => {
    const data = { ...started, via: 'http' };
    expect((await service.ask('admin', 'POST', '/v1/exports', { type: 'ExportStarted', data })).status).toBe(422);
  });

  test('says why, where it took personal data', async () => {
    const data = { ...started, exportId: 'e-2', personalData: true };
    const answer = await service.ask('admin', 'POST', '/v1/exports', { type: 'ExportStarted', data });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/data/reason' }] } });
    const told = { type: 'ExportStarted', data: { ...data, reason: 'Case 4711' } };
    expect((await service.ask('admin', 'POST', '/v1/exports', told)).status).toBe(201);
  });
});

test('the list has pages', async () => {
  for (let index = 0; index < 5; index++) await download('auditor', 'events?format=csv&types=PeopleAdded');
  const first = (await service.ask('reviewer', 'GET', '/v1/exports?limit=2')).body;
  const next = (await service.ask('reviewer', 'GET', `/v1/exports?limit=2&cursor=${String(first['next'])}`)).body;
  const ids = [first, next].flatMap(({ items }) => (items as Line[]).map(({ exportId }) => exportId));
  expect(ids).toEqual((await listed()).slice(0, 4).map(({ exportId }) => exportId));
});
