/** What the service does by itself: how each process fares, what waits for it, what it has set aside. */
import { z } from 'zod';
import type { DeadlineRow } from '../../../projections/deadlines.js';
import type { ParkedEvent } from '../../eventStore/consumerGroups.js';
import { EventStoreError } from '../../eventStore/eventStore.js';
import { accountOf } from '../../events/envelope.js';
import { fromMilliseconds, toMilliseconds } from '../../events/time.js';
import { groupName } from '../../processes/runner.js';
import type { HttpDeps } from '../deps.js';
import type { KnownProcess } from '../operating.js';
import { HttpProblem, notFound, problem } from '../problem.js';
import { processState, processStateSchema } from '../processState.js';
import type { Context, Route } from '../route.js';
import { operating } from '../schemas.js';

/** So many parked events are counted and shown; of deadlines, so many that are due are counted. */
const mostParked = 100;
const mostDue = 1_000;

/** What there is to do: how much, or at least so much, and since when the oldest of it waits. */
const waitingSchema = z.object({
  count: z.int(),
  atLeast: z.boolean().meta({ description: 'There may be more.' }),
  since: z.string().nullable(),
  failed: z.int().meta({
    description: 'Mails and webhooks among them that were tried without success, and are tried again later.',
  }),
});
type Waiting = z.infer<typeof waitingSchema>;

const processSchema = processStateSchema
  .extend({
    process: z.string(),
    unavailable: z.string().nullable().meta({ description: 'Why it cannot run as things are configured.' }),
    takesEvents: z.boolean().meta({ description: 'Whether it acts on events; the others only look for what is due.' }),
    parked: z
      .object({ count: z.int(), atLeast: z.boolean().meta({ description: 'There may be more.' }) })
      .nullable()
      .meta({
        description: 'Events that were set aside; null where it takes none, or where nobody can tell just now.',
      }),
    waiting: waitingSchema.nullable().meta({
      description:
        'mail: this node’s outbox · webhooks: deliveries · timers: deadlines that are due · screening: requests.',
    }),
  })
  .meta({ id: 'Process' });

function bounded(count: number, most: number, since: string | null): Waiting {
  return { count: Math.min(count, most), atLeast: count > most, since, failed: 0 };
}

function dueDeadlines({ readModels, commands }: HttpDeps): Waiting {
  const { store, generation } = readModels.deadlines;
  const where = [{ column: 'due_at', op: '<=', value: commands.now() }] as const;
  const rows = store.query(generation, { where, orderBy: ['due_at', 'key'], limit: mostDue + 1 });
  const [first] = rows;
  const since = first === undefined ? null : ((JSON.parse(first) as DeadlineRow).next?.due ?? null);
  return bounded(rows.length, mostDue, since);
}

function inScreening({ readModels }: HttpDeps): Waiting {
  const { store, generation } = readModels.reviewQueue;
  const where = [{ column: 'review', op: '=', value: 'screening' }] as const;
  const rows = store.query(generation, { where, orderBy: ['waiting_since', 'key'], limit: mostDue + 1 });
  const [first] = rows;
  const since = first === undefined ? null : (JSON.parse(first) as { waitingSince: string | null }).waitingSince;
  return bounded(rows.length, mostDue, since);
}

function outbox({ mailing, commands }: HttpDeps): Waiting {
  const { count, tried, oldestSeconds } = mailing.waiting();
  const since = count === 0 ? null : fromMilliseconds(toMilliseconds(commands.now()) - oldestSeconds * 1_000);
  return { count, atLeast: false, since, failed: tried };
}

/** What waits for a process, as far as this node can tell. */
function waitingFor(name: string, deps: HttpDeps): Waiting | null {
  switch (name) {
    case 'mail':
      return outbox(deps);
    case 'webhooks': {
      const {
        waiting: count,
        tried,
        oldest: since,
      } = deps.webhooks?.backlog() ?? { waiting: 0, tried: 0, oldest: null };
      return { count, atLeast: false, since, failed: tried };
    }
    case 'timers':
      return dueDeadlines(deps);
    case 'screening':
      return inScreening(deps);
    default:
      return null;
  }
}

/** The first of what a process has parked, one more than is shown. @throws {EventStoreError} */
async function parkedBy(name: string, { operating: { groups } }: HttpDeps): Promise<ParkedEvent[]> {
  return groups().parked(groupName(name), mostParked + 1);
}

async function processAnswer(known: KnownProcess, deps: HttpDeps): Promise<z.input<typeof processSchema>> {
  const { name, takesEvents, unavailable } = known;
  const parked = takesEvents
    ? await parkedBy(name, deps).catch((error: unknown) => {
        // The others can be told of all the same.
        if (error instanceof EventStoreError) return null;
        throw error;
      })
    : null;
  return {
    process: name,
    ...processState(deps.processHealth, name),
    unavailable,
    takesEvents,
    parked:
      parked === null ? null : { count: Math.min(parked.length, mostParked), atLeast: parked.length > mostParked },
    waiting: waitingFor(name, deps),
  };
}

const listProcesses: Route = {
  method: 'get',
  path: '/v1/processes',
  operationId: 'listProcesses',
  tag: 'operations',
  summary: 'Each process: whether it runs on this node, how it fares, what waits for it, how much it has parked.',
  roles: operating,
  responses: { 200: { description: 'Processes.', schema: z.object({ items: z.array(processSchema) }) } },
  handle: async ({ deps }) => {
    const items = await Promise.all(deps.operating.processes.map(async (known) => processAnswer(known, deps)));
    return { status: 200, body: { items } };
  },
};

/** The process of the path. @throws {HttpProblem} 404 */
function processOf({ deps, path }: Context): KnownProcess {
  const { processes } = deps.operating;
  const found = processes.find(({ name }) => name === path['process']);
  if (found !== undefined) return found;
  throw notFound(`There is no process ${path['process']}. There are: ${processes.map(({ name }) => name).join(', ')}.`);
}

const params = z.object({ process: z.string().max(64) });

const parkedSchema = z
  .object({
    id: z.string().meta({ description: 'The event’s id.' }),
    accountId: z.string().nullable(),
    revision: z.int(),
    type: z.string(),
    reason: z.string().meta({ description: 'What the last attempt said.' }),
    parkedAt: z.string(),
  })
  .meta({ id: 'ParkedEvent' });

const listParked: Route = {
  method: 'get',
  path: '/v1/processes/{process}/parked',
  operationId: 'listParkedEvents',
  tag: 'operations',
  summary: 'The events that a process has set aside because their effect failed again and again, the oldest first.',
  roles: operating,
  params,
  responses: {
    200: {
      description: `The first ${mostParked} of them.`,
      schema: z.object({ items: z.array(parkedSchema), more: z.boolean() }),
    },
  },
  handle: async (context) => {
    const { name, takesEvents } = processOf(context);
    const parked = takesEvents ? await parkedBy(name, context.deps) : [];
    const items = parked.slice(0, mostParked).map(({ stream, ...event }) => ({
      ...event,
      accountId: accountOf(stream) ?? null,
    }));
    return { status: 200, body: { items, more: parked.length > mostParked } };
  },
};

const replayParked: Route = {
  method: 'post',
  path: '/v1/processes/{process}/replay',
  operationId: 'replayParkedEvents',
  tag: 'operations',
  summary: 'Lets a process try once more what it has parked: wherever it runs.',
  roles: ['admin'],
  params,
  body: z.strictObject({}).optional(),
  responses: {
    202: { description: 'They are tried again.', schema: z.object({ process: z.string(), replayed: z.int() }) },
  },
  handle: async (context) => {
    const { name, takesEvents } = processOf(context);
    if (!takesEvents) {
      throw new HttpProblem(problem(409, 'takes_no_events', `${name} takes no events, so it has nothing parked.`));
    }
    const replayed = await context.deps.operating.groups().replayParked(groupName(name));
    return { status: 202, body: { process: name, replayed } };
  },
};

export const processRoutes: readonly Route[] = [listProcesses, listParked, replayParked];
