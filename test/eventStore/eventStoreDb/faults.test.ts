/** 200 schedules, most of whose time is waiting, some side by side; `npm run test:faults` runs as many as wanted. */
import { runFaultSchedule } from '../../support/faultSchedule.js';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

test.concurrent.each(seeds)(
  'schedule %i: no acknowledged event is lost, none doubled, none out of order, and no call outlives its deadline',
  async (seed) => {
    const { findings, acknowledged, faults } = await runFaultSchedule(seed);
    expect({ findings, faults }).toEqual({ findings: [], faults });
    expect(acknowledged).toBeGreaterThan(0);
  },
);
