/** What comes from strangers is neither followed nor run. */
import { ownScript } from '../../src/console/desk/ownScript.js';
import { followable } from '../../src/console/ui/webAddress.js';

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

const page = 'https://gatehouse.example/console/reviews/acme';

test('a script of the console’s own build is started', () => {
  expect(ownScript('/console/assets/worker-1.mjs', page)).toBe('https://gatehouse.example/console/assets/worker-1.mjs');
});

test.each([
  'https://evil.example/console/assets/worker.mjs',
  '//evil.example/console/assets/worker.mjs',
  '/v1/accounts/acme/evidence/script',
  '/console/assets/../../v1/accounts/acme/evidence/script',
  '/console/assets/%2e%2e/%2e%2e/v1/accounts/acme/evidence/script',
  'blob:https://gatehouse.example/1',
  'data:text/javascript,1',
])('no other script is: %s', (url) => {
  expect(() => ownScript(url, page)).toThrow(TypeError);
});
