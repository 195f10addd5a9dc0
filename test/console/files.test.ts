/** The built files: each is sent under the console's policy, also where the browser has it already. */
import { readdirSync } from 'node:fs';
import { newService, type TestService } from '../support/service.js';

const strict =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types gatehouse";

let service: TestService;
beforeAll(async () => {
  service = await newService();
});
afterAll(() => service.stop());

/** The file as a browser gets it the first time, and when it asks whether what it has is still right. */
async function twice(path: string): Promise<readonly [first: Response, again: Response]> {
  const first = await fetch(`${service.url}${path}`);
  await first.body?.cancel();
  const again = await fetch(`${service.url}${path}`, { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
  return [first, again];
}

const assets = readdirSync('dist/console/assets').filter((name) => !/\.(?:br|gz)$/.test(name));
const pages = ['/console', '/console/', '/console/reviews', '/console/accounts/acme', '/console/example'];

test.each([...pages, '/console/gatehouse.svg', ...assets.map((name) => `/console/assets/${name}`)])(
  '%s is under the policy',
  async (path) => {
    for (const [index, { status, headers }] of (await twice(path)).entries()) {
      expect([status, headers.get('content-security-policy')]).toEqual([index === 0 ? 200 : 304, strict]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe(
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    }
  },
);

test('pages of others may load the elements, also when their browser has them already', async () => {
  for (const [index, { status, headers }] of (await twice('/embed/gatehouse.js')).entries()) {
    expect(status).toBe(index === 0 ? 200 : 304);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cache-control')).toBe('no-cache');
  }
});

test('what is not there is not found, and that is not kept', async () => {
  for (const path of ['/console/assets/none.js', '/console/none.js', '/embed/none.js']) {
    const { status, headers } = await fetch(`${service.url}${path}`);
    expect(status).toBe(404);
    expect(headers.get('cache-control') ?? 'no-store').toMatch(/no-store|no-cache/);
  }
});
