/** Which revision the account page shows. */
import { revisionOf, revisionShown } from '../../../src/console/account/revision.js';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['0', 0],
  ['12', 12],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['9999999999', undefined],
  ['now', undefined],
])('an address’s %s is %s', (text, revision) => {
  expect(revisionOf(text)).toBe(revision);
});

test.each([
  [undefined, 5, undefined],
  [3, undefined, undefined],
  [3, 5, 3],
  [0, 5, 0],
  [5, 5, undefined],
  [9, 5, undefined],
])('asked for %s where %s is the last: %s', (asked, head, shown) => {
  expect(revisionShown(asked, head)).toBe(shown);
});
