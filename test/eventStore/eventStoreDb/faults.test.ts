import { runFaultSchedule } from '../../support/faultSchedule.js';

const schedules = Number(process.env['GATEHOUSE_FAULT_SCHEDULES'] ?? 20);

test.each(Array.from({ length: schedules }, (_, index) => index + 1))(
  'schedule %i: no acknowledged event is lost, none doubled, none out of order, and no call outlives its deadline',
  async (seed) => {
    const { findings, acknowledged, faults } = await runFaultSchedule(seed);
    expect({ findings, faults }).toEqual({ findings: [], faults });
    expect(acknowledged).toBeGreaterThan(0);
  },
);
