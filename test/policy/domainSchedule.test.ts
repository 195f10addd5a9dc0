/** When domains are looked at again. */
import { millisecondsBetween, plusDays, plusHours, plusMinutes } from '../../src/events/time.js';
import { nextLook, type ScheduledDomain } from '../../src/policy/domainSchedule.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { start } from '../support/examples.js';

const policy = builtInPolicy.domains;
const hours = (look: string | undefined): number | undefined =>
  look === undefined ? undefined : millisecondsBetween(start, look) / 3_600_000;

/** The looks of a domain, in hours since the start, when each happens at once and changes nothing. */
function looks(domain: Partial<ScheduledDomain>, most: number, first = start): number[] {
  const found: number[] = [];
  for (let after = first; found.length < most;) {
    const look = nextLook({ state: 'pending', since: start, ...domain }, after, after, policy);
    if (look === undefined) break;
    found.push(hours(look) ?? Number.NaN);
    after = look;
  }
  return found;
}

test('given a domain that was not looked at yet, then it is due at once', () => {
  for (const state of ['pending', 'failed', 'verified', 'temporaryFailure'] as const) {
    expect(nextLook({ state, since: start }, '', plusHours(start, 1), policy)).toBe(start);
  }
});

test('given a domain that is not verified, then every 15 minutes at first, less often later, and never after 30 days', () => {
  const all = looks({ state: 'failed' }, 1_000);
  expect(new Set(all).size).toBe(all.length);
  expect(all.slice(0, 4)).toEqual([0.25, 0.5, 0.75, 1]);
  const pauses = all.map((look, index) => look - (all[index - 1] ?? 0));
  expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
  expect(Math.max(...pauses)).toBe(24);
  expect(all.at(-1)).toBeLessThanOrEqual(30 * 24);
  expect(all.length).toBeLessThan(60);
  const late = plusDays(start, 31);
  expect(nextLook({ state: 'pending', since: start }, plusMinutes(start, 1), late, policy)).toBeUndefined();
  expect(nextLook({ state: 'pending', since: start }, '', late, policy)).toBeUndefined();
});

test('given a verified domain, then every 24 hours, whenever the service was started', () => {
  expect(looks({ state: 'verified' }, 3)).toEqual([24, 48, 72]);
  expect(looks({ state: 'verified' }, 2, plusHours(start, 30))).toEqual([48, 72]);
});

test('given a verified domain that fails, then often enough for the lapse: more than 3 looks in 72 hours, one of them at their end', () => {
  const failing = looks({ state: 'temporaryFailure', failingSince: start }, 13);
  expect(failing.slice(0, 3)).toEqual([6, 12, 18]);
  expect(failing).toContain(72);
});

test.each([
  [1, 1],
  [3, 1],
  [7, 5],
  [500, 1],
])('given %i failures over %i hours to lapse, then both are reached within two rechecks of it', (count, time) => {
  const strict = { ...policy, lapseAfterFailures: count, lapseAfterHours: time, recheckEveryHours: 24 };
  const domain = { state: 'temporaryFailure', since: start, failingSince: start } as const;
  let failures = 1;
  let after = start;
  while (failures < count || (hours(after) ?? 0) < time) {
    after = nextLook(domain, after, after, strict) ?? '';
    failures += 1;
  }
  expect(hours(after)).toBeLessThanOrEqual(Math.max(time * 1.5, (count / 60) * 1.1));
});

test('given a verified domain whose name servers do not answer, then soon, and then as often as a verified one', () => {
  const waiting = looks({ state: 'temporaryFailure' }, 60);
  expect(waiting.slice(0, 2)).toEqual([0.25, 0.5]);
  expect((waiting.at(-1) ?? 0) - (waiting.at(-2) ?? 0)).toBe(24);
});

test('given a service that was down, then one missed look is due, and those after it in their turn', () => {
  const since = start;
  const now = plusHours(start, 100);
  const missed = nextLook({ state: 'temporaryFailure', since, failingSince: since }, plusHours(start, 7), now, policy);
  expect(hours(missed)).toBe(12);
  expect(hours(nextLook({ state: 'temporaryFailure', since, failingSince: since }, now, now, policy))).toBe(102);
});
