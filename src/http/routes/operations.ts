/** Read models: how far they are, and rebuilding one. */
import { z } from 'zod';
import { HttpProblem, notFound, problem } from '../problem.js';
import type { Route } from '../route.js';

const statusSchema = z.looseObject({ projection: z.string(), state: z.string(), checkpoint: z.string().nullable() });

const listProjections: Route = {
  method: 'get',
  path: '/v1/projections',
  operationId: 'listProjections',
  tag: 'operations',
  summary: 'Each read model: its state, its position, and the progress of a rebuild.',
  roles: ['admin', 'system', 'auditor'],
  responses: {
    200: {
      description: 'Read models.',
      schema: z.object({ head: z.string().nullable(), items: z.array(statusSchema) }),
    },
  },
  handle: async ({ deps }) => ({
    status: 200,
    body: { head: (await deps.commands.store.head()) ?? null, items: deps.readModels.status() },
  }),
};

const rebuildProjection: Route = {
  method: 'post',
  path: '/v1/projections/{projection}/rebuild',
  operationId: 'rebuildProjection',
  tag: 'operations',
  summary: 'Rebuilds a read model from the log; the old rows serve meanwhile. Its progress is in the list.',
  roles: ['admin'],
  params: z.object({ projection: z.string().max(64) }),
  body: z.strictObject({}).optional(),
  responses: { 202: { description: 'The rebuild has begun.', schema: z.object({ projection: z.string() }) } },
  handle: async ({ deps, path }) => {
    const name = path['projection'] ?? '';
    const current = deps.readModels.status().find(({ projection }) => projection === name);
    if (current === undefined)
      throw notFound(`There is no read model ${name}. There are: ${deps.readModels.names().join(', ')}.`);
    if (current.rebuilding !== null) {
      throw new HttpProblem(problem(409, 'already_rebuilding', 'This read model is being rebuilt already.'));
    }
    deps.readModels
      .rebuild(name)
      .catch((error: unknown) => deps.log.error({ err: error, projection: name }, 'rebuild failed'));
    return { status: 202, body: { projection: name } };
  },
};

export const operationRoutes: readonly Route[] = [listProjections, rebuildProjection];
