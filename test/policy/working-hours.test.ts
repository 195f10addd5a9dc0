/** Working time across nights, weekends, holidays, time zones and changes of the clocks. */
import { addWorkingHours, isTimeZone, resumeDeadline, type WorkingHours } from '../../src/policy/workingHours.js';

const utc: WorkingHours = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: [] };
const berlin: WorkingHours = { ...utc, timeZone: 'Europe/Berlin' };
const newYork: WorkingHours = { ...utc, timeZone: 'America/New_York' };
const kolkata: WorkingHours = { ...utc, timeZone: 'Asia/Kolkata' };
const kiritimati: WorkingHours = { ...utc, timeZone: 'Pacific/Kiritimati' };
const christmas: WorkingHours = { ...berlin, holidays: ['2026-12-24', '2026-12-25'] };
const nights: WorkingHours = { ...berlin, days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '08:00' };
const always: WorkingHours = { ...berlin, days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' };

test.each<[string, string, number, WorkingHours, string]>([
  ['within a day', '2026-01-05T09:00:00.000Z', 4, utc, '2026-01-05T13:00:00.000Z'],
  ['to the end of a day', '2026-01-05T09:00:00.000Z', 8, utc, '2026-01-05T17:00:00.000Z'],
  ['into the next day', '2026-01-05T16:00:00.000Z', 2, utc, '2026-01-06T10:00:00.000Z'],
  ['from before the day begins', '2026-01-05T05:00:00.000Z', 1, utc, '2026-01-05T10:00:00.000Z'],
  ['from after it has ended', '2026-01-05T18:30:00.000Z', 1, utc, '2026-01-06T10:00:00.000Z'],
  ['from its very end', '2026-01-05T17:00:00.000Z', 1, utc, '2026-01-06T10:00:00.000Z'],
  ['over a weekend', '2026-01-09T16:30:00.000Z', 1, utc, '2026-01-12T09:30:00.000Z'],
  ['from a Saturday', '2026-01-10T12:00:00.000Z', 16, utc, '2026-01-13T17:00:00.000Z'],
  ['with minutes and milliseconds', '2026-01-05T16:59:59.999Z', 1, utc, '2026-01-06T09:59:59.999Z'],
  ['in winter time', '2026-01-05T08:00:00.000Z', 8, berlin, '2026-01-05T16:00:00.000Z'],
  ['in summer time', '2026-07-06T07:00:00.000Z', 8, berlin, '2026-07-06T15:00:00.000Z'],
  // Clocks in Berlin go forward on 2026-03-29 and back on 2026-10-25, both Sundays, at 01:00 UTC.
  ['from winter into summer time', '2026-03-27T15:00:00.000Z', 2, berlin, '2026-03-30T08:00:00.000Z'],
  ['from summer into winter time', '2026-10-23T14:00:00.000Z', 2, berlin, '2026-10-26T09:00:00.000Z'],
  ['a working night of seven hours', '2026-03-28T23:00:00.000Z', 8, nights, '2026-03-29T23:00:00.000Z'],
  ['a working night of nine hours', '2026-10-24T22:00:00.000Z', 9, nights, '2026-10-25T07:00:00.000Z'],
  ['round the clock, over the change', '2026-03-28T23:00:00.000Z', 24, always, '2026-03-29T23:00:00.000Z'],
  ['across an ocean', '2026-01-05T12:00:00.000Z', 8, newYork, '2026-01-05T22:00:00.000Z'],
  ['with half hours ahead', '2026-01-05T00:00:00.000Z', 1, kolkata, '2026-01-05T04:30:00.000Z'],
  [
    'where it is tomorrow already: a Sunday in UTC',
    '2026-01-04T19:00:00.000Z',
    1,
    kiritimati,
    '2026-01-04T20:00:00.000Z',
  ],
  ['over holidays and a weekend', '2026-12-23T15:00:00.000Z', 2, christmas, '2026-12-28T09:00:00.000Z'],
])('%s: %s and %i hours', (_name, from, hours, workingHours, expected) => {
  expect(addWorkingHours(from, hours, workingHours)).toBe(expected);
});

test('given hours of which there are none, then plain hours are counted', () => {
  const never = { ...utc, from: '17:00', to: '09:00' };
  expect(addWorkingHours('2026-01-05T09:00:00.000Z', 16, never)).toBe('2026-01-06T01:00:00.000Z');
});

test.each([
  ['UTC', true],
  ['Europe/Berlin', true],
  ['America/Argentina/Ushuaia', true],
  ['Europe/Atlantis', false],
  ['', false],
])('time zone %j: %s', (timeZone, known) => expect(isTimeZone(timeZone)).toBe(known));

test.each<[string, string, string, string, string]>([
  [
    'what was left goes on',
    '2026-01-06T12:00:00.000Z',
    '2026-01-06T10:00:00.000Z',
    '2026-01-08T15:30:00.000Z',
    '2026-01-09T09:30:00.000Z',
  ],
  [
    'over a weekend',
    '2026-01-12T10:00:00.000Z',
    '2026-01-09T16:00:00.000Z',
    '2026-01-13T09:00:00.000Z',
    '2026-01-13T11:00:00.000Z',
  ],
  [
    'nothing was left',
    '2026-01-06T12:00:00.000Z',
    '2026-01-06T12:00:01.000Z',
    '2026-01-08T10:00:00.000Z',
    '2026-01-08T10:00:00.000Z',
  ],
])('a paused deadline, %s', (_name, deadline, paused, resumed, expected) => {
  expect(resumeDeadline(deadline, paused, resumed, utc)).toBe(expected);
});
