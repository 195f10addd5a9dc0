/** ISO weeks, at the turns of years where they are easily wrong. */
import { weekName, weekStart } from '../../src/analytics/isoWeek.js';

test.each([
  ['1970-01-01T00:00:00Z', '1970-W01', '1969-12-29'],
  ['2016-01-03T23:59:59.999Z', '2015-W53', '2015-12-28'],
  ['2017-01-01T12:00:00Z', '2016-W52', '2016-12-26'],
  ['2018-12-31T00:00:00Z', '2019-W01', '2018-12-31'],
  ['2020-12-31T00:00:00Z', '2020-W53', '2020-12-28'],
  ['2021-01-03T00:00:00Z', '2020-W53', '2020-12-28'],
  ['2021-01-04T00:00:00Z', '2021-W01', '2021-01-04'],
  ['2024-02-29T10:00:00Z', '2024-W09', '2024-02-26'],
  ['1969-12-28T23:00:00Z', '1969-W52', '1969-12-22'],
])('%s lies in %s', (at, name, monday) => {
  const start = weekStart(Date.parse(at));
  expect([weekName(start), new Date(start).toISOString().slice(0, 10)]).toEqual([name, monday]);
});
