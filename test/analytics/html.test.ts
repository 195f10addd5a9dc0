/** Values that would be markup stay text, wherever they come from. */
import { Parser } from 'htmlparser2';
import { Analysis } from '../../src/analytics/analysis.js';
import type { Report } from '../../src/cli/report.js';
import { niceTicks } from '../../src/cli/report/charts.js';
import { reportHtml } from '../../src/cli/report/html.js';
import { duration, number, plain, share } from '../../src/cli/report/words.js';
import type { Journey } from '../../projections/journeys.js';

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;`;

function hostileReport(): Report {
  const journey: Journey = {
    accountId: hostile,
    steps: { signed_up: 0, requested: 1_000, decided: 5_000 },
    verification: [
      ['notRequested', 0, 1_000],
      ['pendingReview', 1_000, null],
    ],
    standing: [['good', 0, null]],
    requests: [1_000],
    withdrawals: [],
    appeals: [],
    rounds: [
      { at: 2_000, request: 0, automatic: false, items: [[hostile, hostile] as never], ended: ['answered', 3_000] },
    ],
    decisions: [
      {
        kind: 'rejected',
        at: 5_000,
        by: hostile,
        automatic: false,
        reasons: [hostile as never],
        policy: hostile,
        since: 1_000,
        due: 4_000,
      },
    ],
    closedAt: null,
    asked: null,
    decideBy: null,
    movedBy: null,
  };
  const analysis = new Analysis({});
  analysis.add(journey);
  const work = analysis.figures();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return { from: hostile, to: hostile, position: hostile, ...step.value };
  }
}

test('given hostile ids, codes and times, then the page has no tag and no attribute of theirs', () => {
  const html = reportHtml(hostileReport());
  const names: string[] = [];
  const texts: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      names.push(name);
      expect(Object.keys(attributes).filter((attribute) => attribute.startsWith('on'))).toEqual([]);
    },
    ontext: (text) => void texts.push(text),
  });
  parser.write(html);
  parser.end();
  expect(names).not.toContain('script');
  expect(names).not.toContain('img');
  // It is all there, as text: reviewer, policy, reason, position.
  expect(texts.join('').split('<script>alert(1)</script>').length).toBeGreaterThan(5);
});

test.each([
  [null, '–'],
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1 s'],
  [59_999, '1 min'],
  [61_000, '1 min 1 s'],
  [3_599_900, '1 h'],
  [3_660_000, '1 h 1 min'],
  [86_400_000, '1 d'],
  [86_400_000 + 5 * 3_600_000, '1 d 5 h'],
  [357.4 * 86_400_000, '357 d'],
  [-61_000, '−1 min 1 s'],
])('%p milliseconds read as %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

test('numbers, parts and names', () => {
  expect([number(0), number(999), number(1_000), number(1_234_567)]).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([share(0, 3), share(1, 3), share(3, 3), share(1, 10_000), share(9_999, 10_000), share(0, 0)]).toEqual([
    '0 %',
    '33.3 %',
    '100 %',
    '< 0.1 %',
    '> 99.9 %',
    '–',
  ]);
  expect([plain('pendingReview'), plain('first_message_created')]).toEqual(['pending review', 'first message created']);
});

test.each([
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [10_357, [0, 5_000, 10_000]],
  [4, [0, 1, 2, 3, 4]],
  [9, [0, 5]],
])('an axis up to %i has its marks at %j', (most, marks) => {
  expect(niceTicks(most, 4)).toEqual(marks);
});
