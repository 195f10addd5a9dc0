/** What comes from strangers is neither followed nor run. */
import { startWorker } from '../../src/console/desk/trustedWorker.js';
import { followable } from '../../src/console/desk/webAddress.js';

test.each([
  ['https://acme.example/a?b=c#d', 'https://acme.example/a?b=c#d'],
  ['HTTP://Acme.example', 'http://acme.example/'],
  ['javascript:alert(1)', undefined],
  [' java\nscript:alert(1)', undefined],
  ['data:text/html,<script>alert(1)</script>', undefined],
  ['blob:https://acme.example/1', undefined],
  ['//acme.example', undefined],
  ['/console', undefined],
  ['', undefined],
])('an address is followed only when it is one of the web: %s', (text, followed) => {
  expect(followable(text)).toBe(followed);
});

describe('a worker', () => {
  const started: string[] = [];
  beforeAll(() => {
    Object.assign(globalThis, {
      location: new URL('https://gatehouse.example/console/reviews/acme'),
      Worker: class {
        constructor(url: string) {
          started.push(url);
        }
      },
    });
  });
  afterAll(() => {
    for (const name of ['location', 'Worker']) Reflect.deleteProperty(globalThis, name);
  });

  test('is started from the console’s own files', () => {
    startWorker('/console/assets/pdf.worker-1.mjs');
    expect(started).toEqual(['https://gatehouse.example/console/assets/pdf.worker-1.mjs']);
  });

  test.each([
    'https://evil.example/console/assets/worker.mjs',
    '//evil.example/console/assets/worker.mjs',
    '/v1/accounts/acme/evidence/script',
    '/console/assets/../../v1/accounts/acme/evidence/script',
    'blob:https://gatehouse.example/1',
    'data:text/javascript,1',
  ])('is not started from elsewhere: %s', (url) => {
    expect(() => startWorker(url)).toThrow(TypeError);
    expect(started).toHaveLength(1);
  });
});
