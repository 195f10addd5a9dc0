/** Read models: how far they are, and rebuilding one. */
import { z } from 'zod';
import { HttpProblem, notFound, problem } from '../problem.js';
import type { Route } from '../route.js';

const statusSchema = z.looseObject({
  projection: z.string(),
  state: z.enum(['starting', 'live', 'failed']),
  checkpoint: z.string().nullable(),
  error: z.string().nullable(),
  rebuilding: z
    .object({ events: z.int(), position: z.string().optional() })
    .nullable()
    .meta({ description: 'How many events a rebuild has read, and how far it is.' }),
  rebuiltFrom: z.int().nullable().meta({ description: 'How many events the last rebuild read.' }),
  lagSeconds: z.number().meta({ description: 'How long it has been behind the log; 0 while it reflects the head.' }),
});

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
  handle: async ({ deps }) => {
    const head = (await deps.commands.store.head()) ?? null;
    const items = deps.readModels.status().map((status) => ({
      ...status,
      lagSeconds: deps.lags.seconds(status.projection, status.checkpoint, head),
    }));
    return { status: 200, body: { head, items } };
  },
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
