/** Verifying the log: started, followed, cancelled. */
import { z } from 'zod';
import type { Finding } from '../../audit/findings.js';
import type { Verification } from '../../audit/verify.js';
import { accountOf } from '../../events/envelope.js';
import { id } from '../../events/schemas.js';
import type { VerificationRun } from '../auditDesk.js';
import { verificationSchema } from '../auditSchemas.js';
import { notFound } from '../problem.js';
import type { Context, Route } from '../route.js';
import { auditing } from '../schemas.js';

/** So many findings are listed; where there are more, one alteration mostly explains them. */
const mostListed = 200;

/** A finding with the account that it is about. */
export function findingAnswer(finding: Finding) {
  const accountId = finding.stream === undefined ? undefined : accountOf(finding.stream);
  return accountId === undefined ? finding : { ...finding, accountId };
}

function resultOf({ findings, ...rest }: Verification) {
  const clean = rest.complete && rest.found === 0;
  return { clean, ...rest, findings: findings.slice(0, mostListed).map(findingAnswer) };
}

function answerOf({ result, ...run }: VerificationRun): z.input<typeof verificationSchema> {
  return { ...run, result: result === null ? null : resultOf(result) };
}

function runOf({ deps, path }: Context): VerificationRun {
  const run = deps.audit.verification(path['verificationId'] ?? '');
  if (run !== undefined) return run;
  throw notFound('There is no such verification: the last ones are kept while the service runs. Start another one.');
}

const params = z.object({ verificationId: id });

const startVerification: Route = {
  method: 'post',
  path: '/v1/verifications',
  operationId: 'startVerification',
  tag: 'audit',
  summary: 'Verifies every event, the chart and the checkpoints, as `gatehouse audit verify` does; in the background.',
  description:
    'One at a time: while one is running, 409 with its `verificationId`. It is checked with the public key beside the ' +
    'checkpoints; with a key that was kept elsewhere, the command line checks.',
  roles: auditing,
  body: z.strictObject({}).optional(),
  responses: { 202: { description: 'It has begun.', schema: z.object({ id: z.string() }) } },
  handle: async ({ deps, principal }) => {
    const run = deps.audit.verify({ type: principal.type, id: principal.id });
    return { status: 202, body: { id: run.id }, headers: { Location: `/v1/verifications/${run.id}` } };
  },
};

const listVerifications: Route = {
  method: 'get',
  path: '/v1/verifications',
  operationId: 'listVerifications',
  tag: 'audit',
  summary: 'The last verifications of this node, the newest first; kept in memory, until the service stops.',
  roles: auditing,
  responses: { 200: { description: 'Verifications.', schema: z.object({ items: z.array(verificationSchema) }) } },
  handle: async ({ deps }) => ({ status: 200, body: { items: deps.audit.verifications.map(answerOf) } }),
};

const getVerification: Route = {
  method: 'get',
  path: '/v1/verifications/{verificationId}',
  operationId: 'getVerification',
  tag: 'audit',
  summary: 'How far a verification is, and what it found.',
  roles: auditing,
  params,
  responses: { 200: { description: 'The verification.', schema: verificationSchema } },
  handle: async (context) => ({ status: 200, body: answerOf(runOf(context)) }),
};

const cancelVerification: Route = {
  method: 'delete',
  path: '/v1/verifications/{verificationId}',
  operationId: 'cancelVerification',
  tag: 'audit',
  summary: 'Cancels a verification that is running; what it has found so far is kept.',
  roles: auditing,
  params,
  responses: { 200: { description: 'It has ended.', schema: verificationSchema } },
  handle: async (context) => {
    const run = runOf(context);
    await context.deps.audit.cancel(run);
    return { status: 200, body: answerOf(run) };
  },
};

export const verificationRoutes: readonly Route[] = [
  startVerification,
  listVerifications,
  getVerification,
  cancelVerification,
];
