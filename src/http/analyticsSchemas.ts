/** The shapes of what analytics answer. Times are milliseconds; null where there are none. */
import { z } from 'zod';
import { decisionKinds, journeySteps, roundEnds } from '../../projections/journeys.js';
import { totalNames } from '../analytics/funnel.js';
import { weekCounts } from '../analytics/weeks.js';
import { reviewStates } from '../../projections/reviewQueue.js';

const milliseconds = z.number().nullable();

const summary = z
  .object({ count: z.int(), median: milliseconds, p90: milliseconds, p99: milliseconds, max: milliseconds })
  .meta({
    id: 'TimeSummary',
    description:
      'Milliseconds. Percentiles are linear (type 7 of Hyndman and Fan): the median of an even count is the mean of the two middle values.',
  });

/** What every answer says beside its figures: which time they are about, and what they reflect. */
const about = { from: z.string().nullable(), to: z.string().nullable(), position: z.string().nullable() };

const count = z.int().min(0);

function counts(names: readonly string[]) {
  return z.object(Object.fromEntries(names.map((name) => [name, count])));
}

export const funnelAnswer = z.object({
  steps: z.array(
    z.object({
      step: z.enum(journeySteps),
      accounts: count,
      fromPrevious: summary.nullable(),
      fromSignUp: summary.nullable(),
    }),
  ),
  totals: counts(totalNames),
  ...about,
});

const states = z.array(z.object({ state: z.string(), stays: summary, now: count }));

export const timeInStateAnswer = z.object({ verification: states, standing: states, ...about });

export const questionsAnswer = z.object({
  roundsOfRequests: z.array(z.object({ rounds: count, requests: count })),
  asked: count,
  byScreening: count,
  byPerson: count,
  outsideRequests: count,
  ended: counts([...roundEnds, 'open']),
  timeToAnswer: summary,
  askedFor: z.array(
    z.object({
      requirement: z.string(),
      reasonCode: z.string(),
      asked: count,
      ended: z.record(z.string(), count),
      timeToAnswer: summary,
    }),
  ),
  ...about,
});

const kinds = z.partialRecord(z.enum(decisionKinds), count);
const decider = { decisions: count, kinds, fromRequest: summary, withDeadline: count, late: count };

export const decisionsAnswer = z.object({
  kinds: z.array(z.object({ kind: z.enum(decisionKinds), byPerson: count, automatic: count, ...decider })),
  reasons: z.array(z.object({ kind: z.enum(decisionKinds), reasonCode: z.string(), decisions: count })),
  policies: z.array(z.object({ policyVersion: z.string().nullable(), ...decider })),
  reviewers: z.array(z.object({ reviewer: z.string(), ...decider })),
  automatic: z.object(decider),
  ...about,
});

export const weeksAnswer = z.object({
  weeks: z.array(
    z.object({
      week: z.string(),
      from: z.string(),
      ...counts(weekCounts).shape,
    }),
  ),
  ...about,
});

const waiting = {
  waiting: count,
  overdue: count,
  longestSince: z.string().nullable().meta({ description: 'Since when the one waits that has waited longest.' }),
};

export const workloadAnswer = z.object({
  at: z.string().meta({ description: 'The present, as of which something is overdue.' }),
  ...waiting,
  states: z.array(z.object({ state: z.enum(reviewStates), ...waiting })),
  reviewers: z.array(z.object({ reviewer: z.string().nullable(), ...waiting })),
  position: z.string().nullable(),
});
