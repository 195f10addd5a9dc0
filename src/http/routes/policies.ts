/** The policy: what is in force, what was, and publishing the next one. */
import { z } from 'zod';
import type { PublishedPolicy } from '../../app/policySource.js';
import { policyNamed, policyOf } from '../../app/policySource.js';
import { publishPolicy } from '../../app/publishPolicy.js';
import { id } from '../../events/schemas.js';
import { actorTypes } from '../../events/vocabulary.js';
import { checkDocument } from '../../policy/checkDocument.js';
import { type PolicyDocument, policyDocument } from '../../policy/policy.js';
import { policyChanges } from '../../policy/policyChanges.js';
import { problemOfPolicy } from '../backtestSchemas.js';
import { HttpProblem, notFound, problem } from '../problem.js';
import type { Context, Route } from '../route.js';
import { insiders } from '../schemas.js';

const summarySchema = z
  .object({
    version: z.string(),
    hash: z.string(),
    publishedAt: z.string(),
    publishedBy: z.object({ type: z.enum(actorTypes), id: z.string() }),
    position: z.string(),
    inForce: z.boolean(),
  })
  .meta({ id: 'PolicySummary' });

/** Documents are checked when they are published; here they are shown as they are. */
const policySchema = summarySchema.extend({ document: z.looseObject({ version: z.string() }) });

function summary({ version, hash, publishedAt, publishedBy, position }: PublishedPolicy, { deps }: Context): object {
  const inForce = deps.policies.published.at(-1)?.position === position;
  return { version, hash, publishedAt, publishedBy, position, inForce };
}

const listPolicies: Route = {
  method: 'get',
  path: '/v1/policies',
  operationId: 'listPolicies',
  tag: 'policies',
  summary: 'The policies that were published, oldest first; the last one is in force.',
  roles: insiders,
  responses: { 200: { description: 'Policies.', schema: z.object({ items: z.array(summarySchema) }) } },
  handle: async (context) => ({
    status: 200,
    body: { items: context.deps.policies.published.map((one) => summary(one, context)) },
  }),
};

const showPolicy: Route = {
  method: 'get',
  path: '/v1/policies/{version}',
  operationId: 'getPolicy',
  tag: 'policies',
  summary: 'One policy with its document.',
  roles: insiders,
  params: z.object({ version: id }),
  responses: { 200: { description: 'The policy.', schema: policySchema } },
  handle: async (context) => {
    const policy = policyNamed(context.deps.policies.published, context.path['version'] ?? '');
    if (policy === undefined) throw notFound('There is no policy of this version. See /v1/policies.');
    return { status: 200, body: { ...summary(policy, context), document: policy.document } };
  },
};

const publishHeaders = z.object({
  'if-match': z
    .string()
    .regex(/^"[A-Za-z0-9._:#-]{1,128}"$/, { error: 'must be a version in quotes' })
    .optional()
    .meta({ description: 'The version that the publisher takes to be in force; 412 when another one is.' }),
});

/** @throws {HttpProblem} 400 */
function replacedVersion({ request }: Context): string | undefined {
  const parsed = publishHeaders.safeParse({ 'if-match': request.headers['if-match'] });
  if (parsed.success) return parsed.data['if-match']?.slice(1, -1);
  throw new HttpProblem(problem(400, 'malformed_header', 'if-match: must be a version in quotes'));
}

const statusOfRefusal = { invalid_policy: 422, version_taken: 409, conflict: 409, stale: 412 } as const;

const publish: Route = {
  method: 'post',
  path: '/v1/policies',
  operationId: 'publishPolicy',
  tag: 'policies',
  summary: 'Puts a policy in force for every decision from now on. A version names one content for ever.',
  roles: ['admin'],
  headers: publishHeaders,
  body: policyDocument,
  responses: {
    200: {
      description: 'Exactly this was in force already.',
      schema: policySchema.extend({ changes: z.array(z.object({ pointer: z.string(), text: z.string() })) }),
    },
    201: {
      description: 'Published; `changes` says what differs from the policy before.',
      schema: policySchema.extend({ changes: z.array(z.object({ pointer: z.string(), text: z.string() })) }),
    },
  },
  handle: async (context) => {
    const { deps, principal } = context;
    const published = await publishPolicy(deps.commands.store, {
      document: context.body as PolicyDocument,
      actor: { type: principal.type, id: principal.id },
      now: deps.commands.now,
      replaces: replacedVersion(context),
    });
    if (published.kind === 'refused') {
      const { code, detail, problems, inForce } = published;
      const errors = problems.map(({ pointer, problem: what, remedy, severity }) => ({
        in: 'body',
        pointer,
        detail: `${what}. ${remedy}`,
        severity,
      }));
      throw new HttpProblem(problem(statusOfRefusal[code], code, detail, { errors, inForce: inForce ?? null }));
    }
    const { kind, policy, before } = published;
    deps.policies.take(policy);
    const changes = before === undefined ? [] : policyChanges(before.document, policy.document);
    const body = { ...summary(policy, context), document: policy.document, changes };
    return { status: kind === 'published' ? 201 : 200, body };
  },
};

const check: Route = {
  method: 'post',
  path: '/v1/policies/check',
  operationId: 'checkPolicy',
  tag: 'policies',
  summary:
    'Whether a policy could be published, what is wrong with it, and what it would change. Nothing is published.',
  roles: insiders,
  body: z.looseObject({}).meta({ description: 'A policy document, or what is to become one.' }),
  responses: {
    200: {
      description: 'What the check found; `changes` against the policy in force, where it has the form of a policy.',
      schema: z.object({
        valid: z.boolean(),
        problems: z.array(problemOfPolicy),
        changes: z.array(z.object({ pointer: z.string(), text: z.string() })),
        inForce: z.string(),
        versionTaken: z.boolean().meta({ description: 'A policy with another content has this version.' }),
      }),
    },
  },
  handle: async ({ deps, body }) => {
    const inForce = deps.commands.policy();
    const form = `See GET /v1/policies/${inForce.version} for the form.`;
    const { valid, document, problems } = checkDocument(body, form);
    const namesake = document === undefined ? undefined : policyNamed(deps.policies.published, document.version);
    return {
      status: 200,
      body: {
        valid,
        problems,
        changes: document === undefined ? [] : policyChanges(inForce.document, document),
        inForce: inForce.version,
        versionTaken: namesake !== undefined && namesake.hash !== policyOf(document as PolicyDocument).hash,
      },
    };
  },
};

export const policyRoutes: readonly Route[] = [listPolicies, showPolicy, publish, check];
