/** Requests that no careful client sends are answered like all others: a problem document, and no failure of ours. */
import { sendBytes } from '../support/rawHttp.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService()));
afterAll(async () => service.stop());

const token = (): string => `Authorization: Bearer ${service.tokens.admin}\r\n`;
const get = async (target: string, headers = 'Host: x\r\n') =>
  sendBytes(service.url, `GET ${target} HTTP/1.1\r\n${headers}${token()}\r\n`);

const aProblem = (status: number, code: string) => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  body: expect.stringContaining(`"code":"${code}"`) as unknown,
});

describe('the target of a request', () => {
  test.each(['http://h:99999/v1/accounts', 'http://[/v1/accounts', 'HTTPS://gatehouse.example/v1/accounts?limit=1'])(
    'given the whole address %s, then its path is answered, whatever host it names',
    async (target) => {
      expect(await get(target)).toMatchObject({ status: 200, body: expect.stringContaining('"items"') as unknown });
    },
  );

  test('given the whole address of a gate question, then the gate answers', async () => {
    const answer = await get('http://h/v1/accounts/aa/gate?action=message.send');
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('unknown_account') as unknown });
  });

  test.each(['http://', 'http:///v1/accounts', 'ftp://h/v1/accounts', 'v1/accounts'])(
    'given %s, which is neither path nor address: 400',
    async (target) => {
      expect(await get(target)).toMatchObject(aProblem(400, 'malformed'));
    },
  );

  test.each(['//', '//[', '/\\', '/#', '/v1/accounts/%'])('given the odd path %s: a problem', async (target) => {
    const { status, headers } = await get(target);
    expect([status < 500, headers['content-type']]).toEqual([true, 'application/problem+json; charset=utf-8']);
  });

  test('given no path at all: 400', async () => {
    const answer = await sendBytes(service.url, `OPTIONS * HTTP/1.1\r\nHost: x\r\n${token()}\r\n`);
    expect(answer).toMatchObject(aProblem(400, 'malformed'));
  });
});

describe('what Node would answer by itself', () => {
  test('given no Host: 400; HTTP/1.0 has none', async () => {
    expect(await get('/v1/accounts', '')).toMatchObject(aProblem(400, 'malformed'));
    const old = await sendBytes(service.url, `GET /healthz HTTP/1.0\r\n\r\n`);
    expect(old).toMatchObject({ status: 200 });
  });

  test('given an expectation that is not known: 417', async () => {
    const answer = await sendBytes(service.url, 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: foo\r\n\r\n');
    expect(answer).toMatchObject(aProblem(417, 'expectation_failed'));
  });

  test('given a request to be a proxy: 405', async () => {
    const answer = await sendBytes(service.url, 'CONNECT h:1 HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(answer).toMatchObject(aProblem(405, 'method_not_allowed'));
  });

  test('given bytes that are no request: 400; headers beyond measure: 431', async () => {
    expect(await sendBytes(service.url, 'NONSENSE\r\n\r\n')).toMatchObject(aProblem(400, 'malformed'));
    expect(await get('/v1/accounts', `Host: x\r\nX: ${'y'.repeat(20_000)}\r\n`)).toMatchObject(
      aProblem(431, 'too_large'),
    );
  });
});

describe('the gate’s route is like every other', () => {
  const question = '/v1/accounts/aa/gate?action=message.send';

  test('HEAD is answered like GET, without the body', async () => {
    const head = await service.ask('product', 'HEAD', question);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100);
  });

  test('a slash at the end of the path changes nothing', async () => {
    const answer = await service.ask('product', 'GET', '/v1/accounts/aa/gate/?action=message.send');
    expect(answer).toMatchObject({ status: 200, body: { reasons: ['unknown_account'] } });
    expect(await service.ask('product', 'POST', '/v1/accounts/aa/gate/', {})).toMatchObject({ status: 405 });
  });

  test('a decision carries a request id; one that is given comes back', async () => {
    expect((await service.ask('product', 'GET', question)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const given = await service.ask('product', 'GET', question, undefined, { 'X-Request-Id': 'trace-2' });
    expect(given.headers.get('x-request-id')).toBe('trace-2');
    const refused = await service.ask('product', 'GET', '/v1/accounts/aa/gate', undefined, {
      'X-Request-Id': 'trace-3',
    });
    expect(refused).toMatchObject({ status: 422, body: { requestId: 'trace-3' } });
  });
});
