/** The safe fetcher against hostile targets, with real name, web and TLS servers on loopback. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { RequestListener, ServerResponse } from 'node:http';
import { createUDPServer, Packet } from 'dns2';
import { createResolver } from '../../src/net/dns.js';
import { createSafeFetch, type SafeRequest, Unreachable, type UnreachableReason } from '../../src/net/safeFetch.js';
import { newAuthority } from '../support/certificates.js';
import { type DnsTestServer, startDnsServer } from '../support/dnsServer.js';
import { startWebServer, type WebServer } from '../support/webServer.js';

const limits: SafeRequest = { mostBytes: 100_000, withinMilliseconds: 3_000, mostRedirects: 3 };

/** Nothing may be asked of it. */
const noDns = {
  addresses: async (name: string): Promise<never> => {
    throw new Error(`asked for ${name}`);
  },
};
const publicOnly = createSafeFetch({ resolver: noDns, allowAddresses: [] });

async function refusal(request: Promise<unknown>): Promise<Unreachable> {
  const outcome = await request.then(
    () => 'was answered',
    (error: unknown) => error,
  );
  if (!(outcome instanceof Unreachable)) throw new Error(`not refused: ${String(outcome)}`);
  return outcome;
}

describe('an address that is not public is refused before any connection', () => {
  test.each([
    // IPv4, as usual and as only the URL parser knows it
    ['http://127.0.0.1/'],
    ['http://127.0.0.1:8080/'],
    ['http://127.1/'],
    ['http://127.0.0.1./'],
    ['http://2130706433/'],
    ['http://0x7f000001/'],
    ['http://0x7f.1/'],
    ['http://0177.0.0.1/'],
    ['http://017700000001/'],
    ['http://１２７.0.0.1/'],
    ['http://①②⑦.⓪.⓪.①/'],
    ['http://127。0。0。1/'],
    ['http://%31%32%37.0.0.1/'],
    ['http://0/'],
    ['http://0.0.0.0/'],
    ['http://10.0.0.1/'],
    ['http://172.16.0.1/'],
    ['http://172.31.255.255/'],
    ['http://192.168.1.1/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['http://2852039166/'],
    ['http://100.64.0.1/'],
    ['http://100.100.100.200/'],
    ['http://192.0.0.192/'],
    ['http://192.0.2.1/'],
    ['http://192.88.99.1/'],
    ['http://198.18.0.1/'],
    ['http://198.51.100.1/'],
    ['http://203.0.113.1/'],
    ['http://224.0.0.1/'],
    ['http://240.0.0.1/'],
    ['http://255.255.255.255/'],
    // IPv6, and IPv4 within it
    ['http://[::1]/'],
    ['http://[0:0:0:0:0:0:0:1]/'],
    ['http://[::]/'],
    ['http://[::ffff:127.0.0.1]/'],
    ['http://[::ffff:7f00:1]/'],
    ['http://[::ffff:10.0.0.1]/'],
    ['http://[::ffff:0:127.0.0.1]/'],
    ['http://[::127.0.0.1]/'],
    ['http://[::a9fe:a9fe]/'],
    ['http://[64:ff9b::127.0.0.1]/'],
    ['http://[64:ff9b::a9fe:a9fe]/'],
    ['http://[64:ff9b:1::1]/'],
    ['http://[2002:7f00:1::]/'],
    ['http://[2002:a9fe:a9fe::1]/'],
    ['http://[2001:0:7f00:1::1]/'],
    ['http://[fe80::1]/'],
    ['http://[fec0::1]/'],
    ['http://[fc00::1]/'],
    ['http://[fd00:ec2::254]/'],
    ['http://[ff02::1]/'],
    ['http://[100::1]/'],
    ['http://[2001:db8::1]/'],
    ['http://[2001:2::1]/'],
    ['http://[3fff::1]/'],
    ['http://[4000::1]/'],
    // Names that are this machine's, or nobody's
    ['http://localhost/'],
    ['https://LOCALHOST./'],
    ['http://metadata.localhost/'],
    ['http://printer.local/'],
    ['http://vault.internal/'],
    ['http://acme.example/'],
  ])('%s', async (address) => {
    const { reason, message } = await refusal(publicOnly(address, limits));
    expect(reason).toBe('address_refused');
    expect(message).toMatch(/is not a public address\.$|is a name for special use/);
  });
});

describe('what is not a plain web address is refused', () => {
  test.each([
    ['ftp://1.1.1.1/'],
    ['file:///etc/passwd'],
    ['gopher://1.1.1.1:25/_EHLO'],
    ['javascript:alert(1)'],
    ['data:text/html,hello'],
    ['http://admin:secret@1.1.1.1/'],
    ['http://admin@1.1.1.1/'],
    ['http://[fe80::1%25eth0]/'],
    ['http://256.0.0.1/'],
    ['http:///'],
    ['not an address'],
    [''],
  ])('%s', async (address) => {
    const { reason, message } = await refusal(publicOnly(address, limits));
    expect(reason).toBe('bad_address');
    expect(message).not.toContain('secret');
  });
});

describe('a name', () => {
  let dns: DnsTestServer;
  beforeAll(async () => {
    dns = await startDnsServer({
      'private-name.com': { A: ['10.1.2.3'] },
      'loopback6-name.com': { AAAA: ['::1'] },
      'mapped-name.com': { AAAA: ['0:0:0:0:0:ffff:a9fe:a9fe'] },
      'nat64-name.com': { AAAA: ['64:ff9b::10.0.0.1'] },
      'mixed-name.com': { A: ['1.1.1.1', '192.168.0.1'] },
      'mixed6-name.com': { A: ['1.1.1.1'], AAAA: ['fd00::1'] },
      'alias-name.com': { CNAME: ['private-name.com'] },
      'text-only-name.com': { TXT: ['nothing else'] },
    });
    dns.fail('broken-name.com', 'SERVFAIL');
    dns.fail('refusing-name.com', 'REFUSED');
  });
  afterAll(() => dns.stop());

  test.each<[string, UnreachableReason, RegExp]>([
    ['private-name.com', 'address_refused', /10\.1\.2\.3/],
    ['private-name.com.', 'address_refused', /10\.1\.2\.3/],
    ['loopback6-name.com', 'address_refused', /::1/],
    ['mapped-name.com', 'address_refused', /169\.254|a9fe/],
    ['nat64-name.com', 'address_refused', /64:ff9b/],
    ['mixed-name.com', 'address_refused', /192\.168\.0\.1/],
    ['mixed6-name.com', 'address_refused', /fd00::1/],
    ['alias-name.com', 'address_refused', /10\.1\.2\.3/],
    ['nowhere-name.com', 'name_absent', /no address in the DNS/],
    ['text-only-name.com', 'name_absent', /no address in the DNS/],
    ['broken-name.com', 'name_unavailable', /ESERVFAIL/],
    ['refusing-name.com', 'name_unavailable', /EREFUSED/],
  ])('%s: %s', async (name, reason, says) => {
    const resolver = createResolver({ servers: [dns.address], tryMilliseconds: 500 });
    const error = await refusal(createSafeFetch({ resolver, allowAddresses: [] })(`http://${name}/`, limits));
    expect([error.reason, error.message]).toEqual([reason, expect.stringMatching(says)]);
  });

  test('whose name server never answers: timed out', async () => {
    dns.fail('silent-name.com', 'silent');
    const resolver = createResolver({ servers: [dns.address], tryMilliseconds: 300 });
    const fetch = createSafeFetch({ resolver, allowAddresses: [] });
    const { reason } = await refusal(fetch('http://silent-name.com/', { ...limits, withinMilliseconds: 100 }));
    expect(reason).toBe('timed_out');
  });
});

describe('rebinding: a name server that answers differently each time', () => {
  test('the address that was checked is the one connected to, and a redirect is checked anew', async () => {
    let questions = 0;
    // First where anybody may go, then where nobody may: 127.0.0.1 is allowed here, 127.0.0.2 is not.
    const dns = createUDPServer((request, send) => {
      const response = Packet.createResponseFromRequest(request);
      const [question] = request.questions;
      if (question?.type === Packet.TYPE.A) {
        const address = questions++ === 0 ? '127.0.0.1' : '127.0.0.2';
        response.answers = [
          { name: question.name, type: Packet.TYPE.A, class: Packet.CLASS.IN, ttl: 0, address },
        ] as never;
      }
      void send(response);
    });
    await dns.listen(0, '127.0.0.1');
    const open = await startWebServer((request, response) => {
      if (request.url === '/again') response.writeHead(302, { Location: '/once-more' }).end();
      else response.end('open');
    });
    const victim = await startWebServer((_request, response) => response.end('secret'), {
      host: '127.0.0.2',
      port: open.port,
    });
    const servers = [`127.0.0.1:${(dns.address() as AddressInfo).port}`];
    const fetch = createSafeFetch({ resolver: createResolver({ servers }), allowAddresses: ['127.0.0.1/32'] });

    const { body } = await fetch(`http://rebinding-name.com:${open.port}/`, limits);
    expect(body.toString()).toBe('open');
    expect((await refusal(fetch(`http://rebinding-name.com:${open.port}/`, limits))).reason).toBe('address_refused');
    questions = 0;
    const redirected = await refusal(fetch(`http://rebinding-name.com:${open.port}/again`, limits));
    expect([redirected.reason, redirected.message]).toEqual(['address_refused', expect.stringContaining('127.0.0.2')]);
    expect(victim.requests).toEqual([]);
    await Promise.all([open.stop(), victim.stop(), new Promise<void>((resolve) => dns.close(() => resolve()))]);
  });
});

/** Writes until nobody listens any more. */
function endless(response: ServerResponse, chunk: Buffer): void {
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
}

const bomb = gzipSync(Buffer.alloc(50_000_000));
const brotliBomb = brotliCompressSync(Buffer.alloc(20_000_000));

const behaviours: Readonly<Record<string, RequestListener>> = {
  '/huge': (_request, response) => response.writeHead(200, { 'Content-Length': 10 ** 12 }).write('x'),
  '/long': (_request, response) => response.end(Buffer.alloc(100_001)),
  '/endless': (_request, response) => endless(response, Buffer.alloc(65_536)),
  '/bomb': (_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb),
  '/brotli-bomb': (_request, response) => response.writeHead(200, { 'Content-Encoding': 'br' }).end(brotliBomb),
  '/twice': (_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip, gzip' }).end(gzipSync(bomb)),
  '/not-gzip': (_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('plain'),
  '/silent': () => undefined,
  '/drip': (_request, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.once('close', () => clearInterval(timer));
  },
  '/many-headers': (_request, response) => {
    for (let count = 0; count < 40; count++) response.setHeader(`x-${count}`, 'y'.repeat(1_000));
    response.end();
  },
  '/cut-off': (_request, response) => {
    response.writeHead(200, { 'Content-Length': 1_000 });
    response.write('begun', () => response.destroy());
  },
  '/loop': (_request, response) => response.writeHead(302, { Location: '/loop' }).end(),
  '/cookie': (_request, response) => response.writeHead(302, { 'Set-Cookie': 'a=1', 'Location': '/echo' }).end(),
  '/echo': (request, response) => response.end(JSON.stringify(request.headers)),
};

describe('a server that means no good', () => {
  let server: WebServer;
  const fetch = createSafeFetch({ resolver: noDns, allowAddresses: ['127.0.0.1/32'] });
  const at = (path: string): string => `http://127.0.0.1:${server.port}${path}`;
  beforeAll(async () => {
    server = await startWebServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const to = searchParams.get('to');
      if (to !== null) response.writeHead(Number(pathname.slice(1)), { Location: to }).end();
      else behaviours[pathname]?.(request, response);
    });
  });
  afterAll(() => server.stop());

  test.each<[string, UnreachableReason]>([
    ['/huge', 'too_large'],
    ['/long', 'too_large'],
    ['/endless', 'too_large'],
    ['/bomb', 'too_large'],
    ['/brotli-bomb', 'too_large'],
    ['/many-headers', 'too_large'],
    ['/twice', 'connection_failed'],
    ['/not-gzip', 'connection_failed'],
    ['/cut-off', 'connection_failed'],
    ['/silent', 'timed_out'],
    ['/drip', 'timed_out'],
    ['/loop', 'too_many_redirects'],
  ])('%s: %s', async (path, reason) => {
    const memory = process.memoryUsage().rss;
    const begun = performance.now();
    expect((await refusal(fetch(at(path), { ...limits, withinMilliseconds: 500 }))).reason).toBe(reason);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(100_000_000);
  });

  test.each<[number, string, UnreachableReason]>([
    [301, 'http://127.0.0.2/', 'address_refused'],
    [302, 'http://10.0.0.1/', 'address_refused'],
    [303, 'http://[::1]/', 'address_refused'],
    [307, 'http://[::ffff:10.0.0.1]/', 'address_refused'],
    [308, 'http://169.254.169.254/latest/meta-data/', 'address_refused'],
    [302, '//127.0.0.2/', 'address_refused'],
    [302, 'http://0x7f000002/', 'address_refused'],
    [302, 'http://[::1%25lo]/', 'bad_address'],
    [302, 'file:///etc/passwd', 'bad_address'],
    [302, 'http://user:password@127.0.0.1/', 'bad_address'],
  ])('%d to %s: %s', async (status, to, reason) => {
    const address = at(`/${status}?to=${encodeURIComponent(to)}`);
    expect((await refusal(fetch(address, limits))).reason).toBe(reason);
  });

  test('cookies are neither kept nor sent, and headers for one place are not shown to another', async () => {
    const headers = { 'Cookie': 'session=1', 'Authorization': 'Bearer secret', 'X-Trace': '1' };
    const own = await fetch(at('/cookie'), { ...limits, headers });
    expect(JSON.parse(own.body.toString())).toEqual({
      'accept': '*/*',
      'accept-encoding': 'gzip, br',
      'authorization': 'Bearer secret',
      'connection': 'keep-alive',
      'host': `127.0.0.1:${server.port}`,
      'user-agent': 'Gatehouse',
      'x-trace': '1',
    });
    const other = await startWebServer((request, response) => response.end(JSON.stringify(request.headers)));
    const away = await fetch(at(`/302?to=${encodeURIComponent(`http://127.0.0.1:${other.port}/`)}`), {
      ...limits,
      headers,
    });
    expect(away.body.toString()).not.toMatch(/secret|x-trace|session/);
    expect(away.redirects).toHaveLength(1);
    await other.stop();
  });

  test('the answer to a POST is its first, and so is any where no redirect is wanted', async () => {
    const to = at('/302?to=/echo');
    expect((await fetch(to, { ...limits, method: 'POST', body: '{}' })).status).toBe(302);
    expect((await fetch(to, { mostBytes: 1_000, withinMilliseconds: 1_000 })).status).toBe(302);
    expect((await fetch(to, limits)).status).toBe(200);
  });

  test('who gives a request up does not wait for it', async () => {
    const giveUp = new AbortController();
    const request = refusal(fetch(at('/silent'), { ...limits, signal: giveUp.signal }));
    giveUp.abort();
    expect((await request).reason).toBe('timed_out');
  });
});

describe('over TLS', () => {
  const authority = newAuthority();
  const identity = authority.issue('right-name.com');
  const resolver = { addresses: async () => ({ kind: 'found' as const, values: ['127.0.0.1'] }) };
  const allowAddresses = ['127.0.0.0/8'];
  const trusting = createSafeFetch({ resolver, allowAddresses, trustedCa: authority.ca });
  const strict = createSafeFetch({ resolver, allowAddresses });
  let secure: WebServer;
  beforeAll(async () => {
    secure = await startWebServer((_request, response) => response.end('secure'), { identity });
  });
  afterAll(() => secure.stop());

  test('an authority that is trusted, and the right name: answered', async () => {
    const { body } = await trusting(`https://right-name.com:${secure.port}/`, limits);
    expect(body.toString()).toBe('secure');
  });

  test('an authority that nobody knows, or another name: no secure connection', async () => {
    const unknown = await refusal(strict(`https://right-name.com:${secure.port}/`, limits));
    expect([unknown.reason, unknown.message]).toEqual(['tls_failed', expect.stringContaining('UNABLE_TO_VERIFY')]);
    const wrong = await refusal(trusting(`https://wrong-name.com:${secure.port}/`, limits));
    expect([wrong.reason, wrong.message]).toEqual(['tls_failed', expect.stringContaining('ALTNAME')]);
    const literal = await refusal(trusting(`https://127.0.0.1:${secure.port}/`, limits));
    expect(literal.reason).toBe('tls_failed');
  });

  test('switched off for the whole process: verified all the same', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await refusal(strict(`https://right-name.com:${secure.port}/`, limits))).reason).toBe('tls_failed');
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  test.each<[string, (socket: Socket) => void, UnreachableReason]>([
    ['a server without TLS', (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'), 'tls_failed'],
    ['a server that never shakes hands', () => undefined, 'timed_out'],
    ['a server that hangs up', (socket) => void socket.destroy(), 'connection_failed'],
  ])('%s', async (_what, behaviour, reason) => {
    const sockets: Socket[] = [];
    const raw = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      behaviour(socket);
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const address = `https://right-name.com:${(raw.address() as AddressInfo).port}/`;
    expect((await refusal(trusting(address, { ...limits, withinMilliseconds: 500 }))).reason).toBe(reason);
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => raw.close(() => resolve()));
  });

  test('nobody listens: the connection failed', async () => {
    expect((await refusal(trusting('https://right-name.com:1/', limits))).reason).toBe('connection_failed');
  });
});
