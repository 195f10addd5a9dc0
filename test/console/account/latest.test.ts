/** Only what was wanted last is asked, one at a time; what was asked is kept, the oldest let go first. */
import { Kept, Latest } from '../../../src/console/account/latest.js';

/** An asker whose answers the test gives. */
function asker() {
  const asked: number[] = [];
  let answer: () => void = () => undefined;
  const latest = new Latest<number>(async (key) => {
    asked.push(key);
    await new Promise<void>((resolve) => (answer = resolve));
  });
  const next = async (): Promise<void> => {
    answer();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { asked, latest, next };
}

test('what is wanted while a question is under way is asked after it, and only the last of it', async () => {
  const { asked, latest, next } = asker();
  for (const key of [1, 2, 3, 4]) latest.want(key);
  expect(asked).toEqual([1]);
  await next();
  expect(asked).toEqual([1, 4]);
  await next();
  expect(asked).toEqual([1, 4]);
  latest.want(5);
  expect(asked).toEqual([1, 4, 5]);
});

test('what is not wanted any more is not asked', async () => {
  const { asked, latest, next } = asker();
  latest.want(1);
  latest.want(2);
  latest.clear();
  await next();
  expect(asked).toEqual([1]);
});

test('so many are kept; the one used longest ago goes', () => {
  const kept = new Kept<string>(2);
  kept.set('a', 'A');
  kept.set('b', 'B');
  expect(kept.get('a')).toBe('A');
  kept.set('c', 'C');
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['A', undefined, 'C']);
});
