/** Files of the build: what is said with them, and that nothing which happens to them or to readers ends the service. */
import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { builtFiles } from '../../src/http/builtFiles.js';
import { type Folder, newFolder } from '../support/folders.js';

let folder: Folder;
let server: Server;
let url: string;
const errors: unknown[] = [];
const large = 8 * 1024 * 1024;

beforeEach(async () => {
  folder = newFolder();
  mkdirSync(folder.file('assets'));
  writeFileSync(folder.file('index.html'), '<!doctype html>');
  writeFileSync(folder.file('.secret'), 'secret');
  writeFileSync(folder.file('assets/large.js'), Buffer.alloc(large, 32));
  const app = express();
  // As the service's own headers: weaker ones, for everything else.
  app.use((_request, response, next) => {
    response.set({ 'Content-Security-Policy': "default-src 'self'", 'Cache-Control': 'no-store' });
    next();
  });
  app.use(
    '/files',
    builtFiles(folder.path, (path) => ({
      'Content-Security-Policy': "default-src 'none'",
      'Cache-Control': path.startsWith('/assets/') ? 'immutable' : 'no-cache',
    })),
  );
  const onError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    errors.push(error);
    response.destroy();
  };
  app.use(onError);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files`;
});
afterEach(async () => {
  errors.splice(0);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  folder.remove();
});

const shown = ({ headers }: Response) => [headers.get('content-security-policy'), headers.get('cache-control')];

test('an answer that nothing has changed says the same of a file as the file did', async () => {
  const first = await fetch(`${url}/index.html`);
  expect(await first.text()).toBe('<!doctype html>');
  const again = await fetch(`${url}/index.html`, { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  for (const answer of [first, again]) expect(shown(answer)).toEqual(["default-src 'none'", 'no-cache']);
  expect(again.headers.get('vary')).toBe('Accept-Encoding');
});

test('what is not there may not be kept as if it were, and nothing outside or hidden is there', async () => {
  for (const path of ['/assets/none.js', '/.secret', '/assets/..%2findex.html', '/%2e%2e/%2e%2e/etc/passwd', '/%ff']) {
    const answer = await fetch(`${url}${path}`);
    expect([path, answer.status, answer.headers.get('vary')]).toEqual([path, 404, null]);
    expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable');
  }
});

test.each(['bytes=5-2', 'bytes=-3', 'bytes=99-', 'lines=0-0', 'bytes=0-0,2-2', ''])(
  'whoever asks for the part %s of a file is given all of it',
  async (range) => {
    const answer = await fetch(`${url}/index.html`, { headers: { Range: range } });
    expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html>']);
  },
);

test('given a file that was removed since the start, then its request fails and the others are answered', async () => {
  rmSync(folder.file('assets/large.js'));
  await expect(fetch(`${url}/assets/large.js`).then(async (answer) => answer.text())).rejects.toThrow();
  expect(errors).toEqual([expect.objectContaining({ code: 'ENOENT' })]);
  expect((await fetch(`${url}/index.html`)).status).toBe(200);
});

/** How often this process has the large file open. */
function timesOpen(): number {
  const files = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return files.filter((file) => file === folder.file('assets/large.js')).length;
}

(process.platform === 'linux' ? test : test.skip)(
  'given readers who leave in the middle of a file, then it does not stay open for them',
  async () => {
    for (let reader = 0; reader < 10; reader++) {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.write('GET /files/assets/large.js HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(socket, 'data');
      socket.destroy();
    }
    for (let waited = 0; timesOpen() > 0 && waited < 200; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(timesOpen()).toBe(0);
  },
);
