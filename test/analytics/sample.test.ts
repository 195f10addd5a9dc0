/** Percentiles: small examples by hand, and many values against the definition written down once more. */
import { Sample, type Summary } from '../../src/analytics/sample.js';
import { seeded } from '../support/randomCommands.js';

function summaryOf(values: readonly number[]): { summary: Summary; steps: number } {
  const sample = new Sample();
  for (const value of values) sample.add(value);
  const work = sample.summary();
  let steps = 0;
  for (let step = work.next(); ; step = work.next(), steps++)
    if (step.done === true) return { summary: step.value, steps };
}

test.each([
  ['none', [], { count: 0, median: null, p90: null, p99: null, max: null }],
  ['one', [7], { count: 1, median: 7, p90: 7, p99: 7, max: 7 }],
  ['two: the median is their mean', [10, 20], { count: 2, median: 15, p90: 19, p99: 19.9, max: 20 }],
  ['three, in any order', [30, 10, 20], { count: 3, median: 20, p90: 28, p99: 29.8, max: 30 }],
  ['four: the mean of the two in the middle', [1, 2, 4, 100], { count: 4, median: 3, p90: 71.2, p99: 97.12, max: 100 }],
  ['equal ones', [5, 5, 5], { count: 3, median: 5, p90: 5, p99: 5, max: 5 }],
] as const)('%s', (_name, values, expected) => {
  expect(summaryOf(values).summary).toEqual(expected);
});

test('eleven values: each tenth is one of them', () => {
  const values = Array.from({ length: 11 }, (_, index) => index * 1_000);
  expect(summaryOf(values).summary).toMatchObject({ median: 5_000, p90: 9_000, p99: 9_900 });
});

test.each([1_000, 32_768, 32_769, 100_001])(
  'given %i random times, then they are those of the values sorted at once',
  (length) => {
    const random = seeded(length);
    const values = Array.from({ length }, () => Math.floor(random() * 1e10));
    const inOrder = [...values].sort((a, b) => a - b);
    const at = (fraction: number): number => {
      const h = (length - 1) * fraction;
      const [lower = 0, upper = lower] = [inOrder[Math.floor(h)], inOrder[Math.ceil(h)]];
      return lower + (upper - lower) * (h - Math.floor(h));
    };
    const { summary } = summaryOf(values);
    expect(summary).toMatchObject({ count: length, max: inOrder.at(-1) });
    expect(summary.median).toBeCloseTo(at(0.5), 2);
    expect(summary.p90).toBeCloseTo(at(0.9), 2);
    expect(summary.p99).toBeCloseTo(at(0.99), 2);
  },
);

test('given very many values, then they are worked out in many short steps', () => {
  const values = Array.from({ length: 300_000 }, (_, index) => (index * 7_919) % 300_000);
  const { summary, steps } = summaryOf(values);
  expect(summary.median).toBe(149_999.5);
  expect(steps).toBeGreaterThan(30);
});
