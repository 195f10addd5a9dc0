/** Instants in words: as the browser itself would write them, in the reader's language and zone. */
import { briefInstant, exactInstant, relativeInstant } from '../../../src/console/words/time.js';

const at = '2026-03-29T01:30:05.250Z';

test('an instant is written as one formatter made for it alone would write it', () => {
  const brief = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  expect(briefInstant(at)).toBe(new Date(at).toLocaleString('en', { ...brief, hourCycle: 'h23' }));
  const exact = { ...brief, weekday: 'short', second: '2-digit', timeZoneName: 'short' } as const;
  expect(exactInstant(at)).toBe(new Date(at).toLocaleString('en', { ...exact, hourCycle: 'h23' }));
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const muchLater = Date.parse(at) + 90 * 86_400_000;
  expect(relativeInstant(at, muchLater)).toBe(new Date(at).toLocaleDateString('en', day));
});

test('what is no instant is said to be none, and takes no page down', () => {
  expect([briefInstant('soon'), exactInstant('')]).toEqual(['Invalid Date', 'Invalid Date']);
});

test('a page of instants costs less than making a formatter for each', () => {
  const many = Array.from({ length: 400 }, (_, index) => new Date(Date.parse(at) + index * 60_000).toISOString());
  const timed = (write: (instant: string) => unknown): number => {
    const began = performance.now();
    for (const instant of many) write(instant);
    return performance.now() - began;
  };
  // The ratio of one run: some thirty on an idle machine.
  const apart = timed((instant) => new Intl.DateTimeFormat('en', { hour: '2-digit' }).format(new Date(instant)));
  expect(timed(exactInstant)).toBeLessThan(apart / 2);
});
