/** The console's addresses: one page answers for all of them, and nothing else does. Needs the build. */
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService()));
afterAll(async () => service.stop());

const get = async (path: string, headers: Record<string, string> = {}) =>
  service.ask(undefined, 'GET', path, undefined, headers);

test.each([
  '/console',
  '/console/',
  '/console/reviews',
  '/console/accounts/acme',
  // Ids of accounts may look like names of files.
  '/console/accounts/acme.example',
  '/console/reviews/shop.js',
  '/console/accounts/assets/acme.css',
])('%s is the page, asked for anew each time, under the console’s own policy', async (path) => {
  const page = await get(path);
  expect(page.status).toBe(200);
  expect(page.text).toContain('<div id="app">');
  const etag = page.headers.get('etag') ?? '';
  const again = await get(path, { 'If-None-Match': etag });
  expect(again.status).toBe(304);
  for (const { headers } of [page, again]) {
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
    expect(headers.get('content-security-policy')).toContain("img-src 'self' blob:");
  }
});

test('its files may be kept for ever, those that are not there are a problem that may not be', async () => {
  const script = /src="(\/console\/assets\/[^"]+)"/.exec((await get('/console')).text)?.[1] ?? '';
  expect((await get(script)).headers.get('cache-control')).toContain('immutable');
  for (const path of [
    '/console/assets/none.js',
    '/console/none.svg',
    '/console/%2e%2e%2fpackage.json',
    '/embed/none.js',
  ]) {
    const none = await get(path);
    expect([path, none.status, none.body['code']]).toEqual([path, 404, 'not_found']);
    expect(none.headers.get('cache-control') ?? '').not.toMatch(/immutable|public/);
  }
  expect((await service.ask(undefined, 'POST', '/console')).status).toBe(404);
});
