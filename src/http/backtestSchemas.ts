/** The shapes of what backtests take and answer. */
import { z } from 'zod';
import { screeningOutcomes } from '../backtest/again.js';
import { approvalOutcomes } from '../backtest/tally.js';
import { runStates } from '../backtestRuns/run.js';
import { id, instant } from '../events/schemas.js';
import { actorTypes } from '../events/vocabulary.js';
import { policyDocument } from '../policy/policy.js';

const count = z.int().min(0);
const counts = z.record(z.string(), count);
const at = z.string().nullable();
export const outcome = z.enum(screeningOutcomes);

/** What is asked; `policy` or `policyVersion`, not both. */
export const backtestBody = z.strictObject({
  policy: policyDocument.optional().meta({ description: 'The candidate. Its version is only a name here.' }),
  policyVersion: id.optional().meta({ description: 'In place of `policy`: the version of a published one.' }),
  since: instant.optional().meta({ description: 'Requests made at this date and time or later.' }),
  until: instant.optional().meta({ description: 'Requests made before this date and time.' }),
});

const judged = {
  requests: count,
  approvedByPerson: count,
  rejected: count,
  warned: count,
  suspended: count,
  revoked: count,
  suspendedOrRevoked: count,
  abuseSignals: count,
};
const judgedSchema = z
  .object(judged)
  .meta({ id: 'JudgedRequests', description: 'So many requests, and how reality judged them afterwards.' });
const outcomes = z.object({ approved: count, asked: count, review: count });

const result = z
  .object({
    candidate: z.object({ version: z.string(), hash: z.string() }),
    since: at,
    until: at,
    position: z.string().nullable(),
    complete: z.boolean().meta({ description: 'False when it was ended before the end of the log.' }),
    requests: z.object({ total: count, screened: count, skipped: count, unscreened: count }),
    screening: z.object({
      before: outcomes,
      after: outcomes,
      cells: z.array(z.object({ before: outcome, after: outcome, ...judged })),
      rules: z.array(z.object({ rule: z.string(), before: count, after: count })),
    }),
    approvals: z.object({
      requests: count,
      cells: z.array(z.object({ after: z.enum(approvalOutcomes), ...judged })),
      refusedBy: counts,
    }),
    wouldApprove: judgedSchema,
    wouldStop: judgedSchema,
    differing: count,
    policies: counts,
  })
  .meta({ id: 'BacktestResult' });

export const runSummary = z
  .object({
    id: z.uuid(),
    state: z.enum(runStates),
    policyVersion: z.string(),
    since: at,
    until: at,
    startedBy: z.object({ type: z.enum(actorTypes), id: z.string() }),
    createdAt: z.string(),
    startedAt: at,
    finishedAt: at,
    done: count.meta({ description: 'Events gone through; requests where `total` is null.' }),
    total: count.nullable().meta({ description: 'Events to go through; null where positions do not count events.' }),
    requests: count.meta({ description: 'Requests decided again so far.' }),
    differing: count.meta({ description: 'Those that differ: all of them.' }),
    kept: count.meta({
      description: 'Those that differ and can be looked at: the first ones, in the order of the log.',
    }),
    error: z.string().nullable(),
  })
  .meta({ id: 'BacktestRunSummary' });

export const run = runSummary
  .extend({
    policy: z.looseObject({ version: z.string() }),
    result: result.nullable().meta({ description: 'Null while it is not over.' }),
  })
  .meta({ id: 'BacktestRun' });

export const problemOfPolicy = z.object({
  severity: z.enum(['error', 'warning']),
  pointer: z.string(),
  problem: z.string(),
  remedy: z.string(),
});

const place = { revision: z.int(), at: z.string(), policyVersion: z.string().nullable() };
const verdict = z.object({ ...place, outcome, rule: z.string(), missing: z.array(z.string()) });

export const difference = z
  .object({
    number: z.int().meta({ description: 'Its place among the requests that differ, from 1 on.' }),
    accountId: z.string(),
    revision: z.int(),
    position: z.string(),
    at: z.string(),
    screening: z.union([
      z.object({
        before: verdict,
        after: verdict,
        doubts: z.array(z.object({ check: z.string(), outcome: z.string(), reasonCode: z.string().optional() })),
      }),
      z.enum(['skipped', 'none']),
    ]),
    approval: z
      .object({
        ...place,
        outcome: z.enum(approvalOutcomes),
        rule: z.string().nullable(),
        missing: z.array(z.string()),
      })
      .nullable(),
    approvals: count,
    later: z.object({
      approvedByPersonAt: at,
      rejectedAt: at,
      warnedAt: at,
      suspendedAt: at,
      revokedAt: at,
      abuseSignals: count,
    }),
  })
  .meta({ id: 'BacktestDifference' });
