/** The proof that nothing was altered: checkpoints, and an account's bundle. */
import { z } from 'zod';
import { CheckpointFolder } from '../../audit/folder.js';
import { UnusableKey } from '../../audit/key.js';
import { listCheckpoints } from '../../audit/list.js';
import { takeCheckpoint } from '../../audit/take.js';
import type { Proved } from '../../audit/work.js';
import { type EventStore, eventsUpTo, type Position } from '../../eventStore/eventStore.js';
import { hasAccount } from '../../export/source.js';
import { checkpointSchema } from '../auditSchemas.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { HttpProblem, notFound, problem, unknownAccount } from '../problem.js';
import { processState, processStateSchema } from '../processState.js';
import type { Context, Reply, Route } from '../route.js';
import { accountPath, auditing, wholeNumber } from '../schemas.js';
import { findingAnswer } from './verifications.js';

/** Where positions do not count events, so many are counted one by one. */
const mostCounted = 1_000;

/** How many events came after a position, or came at least. */
async function eventsSince(store: EventStore, after: Position | null, head: Position | undefined) {
  if (head === undefined || after === head) return { events: 0, atLeast: false };
  if (eventsUpTo(head) > 0) return { events: Math.max(0, eventsUpTo(head) - eventsUpTo(after)), atLeast: false };
  let events = 0;
  for await (const { position } of store.readAll(after === null ? {} : { after })) {
    if (position > head) break;
    events += 1;
    if (events === mostCounted) break;
  }
  return { events, atLeast: events === mostCounted };
}

const checkpointsAnswer = z.object({
  items: z.array(checkpointSchema),
  next: z.string().nullable(),
  everyMinutes: z.int().meta({ description: 'How often the process takes one.' }),
  process: processStateSchema,
  head: z.string().nullable().meta({ description: 'The position of the last event of the log.' }),
  since: z
    .object({ events: z.int(), atLeast: z.boolean().meta({ description: 'There may be more.' }) })
    .meta({ description: 'Events after the newest checkpoint that can be read: nothing vouches for them yet.' }),
});

const getCheckpoints: Route = {
  method: 'get',
  path: '/v1/checkpoints',
  operationId: 'listCheckpoints',
  tag: 'audit',
  summary: 'The signed checkpoints of the log, the newest first, and what came since; read, not verified.',
  roles: auditing,
  query: z.strictObject({
    limit: wholeNumber(1, 200).optional().meta({ description: 'Checkpoints of a page; 50 unless given.' }),
    cursor: z.string().max(500).optional(),
  }),
  responses: { 200: { description: 'A page of checkpoints.', schema: checkpointsAnswer } },
  handle: async ({ deps, query }) => {
    const { store } = deps.commands;
    const folder = new CheckpointFolder(deps.checkpoints.folder);
    const limit = (query['limit'] as number | undefined) ?? 50;
    const [before] = decodeCursor(query['cursor'] as string | undefined, 1) ?? [Infinity];
    const items = await listCheckpoints(folder, limit, Number(before));
    const last = items.at(-1);
    const newest = before === Infinity ? items : await listCheckpoints(folder, 1);
    const head = await store.head();
    const since = await eventsSince(store, newest.find(({ position }) => position !== null)?.position ?? null, head);
    const body: z.input<typeof checkpointsAnswer> = {
      items,
      next: last === undefined || items.length < limit ? null : encodeCursor([last.number]),
      everyMinutes: deps.checkpoints.everyMinutes,
      process: processState(deps.processHealth, 'checkpoints'),
      head: head ?? null,
      since,
    };
    return { status: 200, body };
  },
};

/** Aborts when whoever asked has gone, or the service stops. */
function waitedFor({ deps, response }: Context): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  // Whoever left while the request was looked at does not leave once more.
  if (response.closed) gone.abort();
  return AbortSignal.any([gone.signal, deps.stopping]);
}

const stopped = (): HttpProblem =>
  new HttpProblem(problem(503, 'stopped', 'It was stopped before its end. Ask again.'), { 'Retry-After': '2' });

const takeOne: Route = {
  method: 'post',
  path: '/v1/checkpoints',
  operationId: 'takeCheckpoint',
  tag: 'audit',
  summary: 'Takes a checkpoint now, as `gatehouse audit checkpoint` does; the process takes them on a schedule.',
  description:
    '`unchanged`: nothing came since the newest one. What is wrong with the log is not signed: 409 with what was found. ' +
    'One at a time: 503 while another one is asked for.',
  roles: auditing,
  body: z.strictObject({}).optional(),
  responses: {
    200: {
      description: 'The newest checkpoint.',
      schema: z.object({ kind: z.enum(['taken', 'unchanged']), number: z.int() }),
    },
  },
  handle: async (context) => {
    const { audit, commands, checkpoints } = context.deps;
    const options = { now: commands.now, signal: waitedFor(context) };
    const taken = await audit
      .takingOne(async () => takeCheckpoint(commands.store, checkpoints, options))
      .catch((error: unknown) => {
        if (!(error instanceof UnusableKey)) throw error;
        throw new HttpProblem(problem(409, 'unusable_key', error.message));
      });
    if (taken.kind === 'taken' || taken.kind === 'unchanged') {
      return { status: 200, body: { kind: taken.kind, number: taken.checkpoint.statement.number } };
    }
    if (taken.kind === 'stopped') throw stopped();
    if (taken.kind === 'empty') {
      throw new HttpProblem(problem(409, 'empty_log', 'There is nothing in the log yet, so there is nothing to sign.'));
    }
    const detail = 'Nothing was signed: something is wrong with the log, the checkpoints or the key. Verify the log.';
    const findings = taken.findings.slice(0, 20).map(findingAnswer);
    throw new HttpProblem(problem(409, 'not_signed', detail, { found: taken.count, findings }));
  },
};

const bundleQuery = z.strictObject({
  checkpoint: wholeNumber(1, 999_999_999)
    .optional()
    .meta({ description: 'As of this checkpoint; the newest one unless given.' }),
});

const takeOneFirst = 'Take a checkpoint first: POST /v1/checkpoints, or gatehouse audit checkpoint.';

/** Why there is no bundle, and what to do. */
function noBundle(proved: Exclude<Proved, { kind: 'bundled' }> | undefined, accountId: string): HttpProblem {
  switch (proved?.kind) {
    case 'stopped':
      return stopped();
    case 'no-checkpoint': {
      const { newest } = proved;
      if (newest !== null)
        return notFound(`There is no such checkpoint. The newest one is ${newest}.`, 'unknown_checkpoint');
      const detail = `There is no checkpoint yet, so nothing can be proved. ${takeOneFirst}`;
      return new HttpProblem(problem(409, 'no_checkpoint', detail));
    }
    case 'no-account': {
      const detail = `${accountId} has no event up to checkpoint ${proved.checkpoint}. ${takeOneFirst}`;
      return new HttpProblem(problem(409, 'not_covered', detail, { checkpoint: proved.checkpoint }));
    }
    case 'no-key':
      return new HttpProblem(problem(409, 'unusable_key', `${proved.file} is missing. Put it back.`));
    case 'found': {
      const detail = 'The log is not what this checkpoint signed, so there is no proof. Verify the log.';
      return new HttpProblem(problem(409, 'not_proved', detail, { findings: proved.findings.map(findingAnswer) }));
    }
    default:
      return notFound('There is no log any more.', 'no_log');
  }
}

async function bundle(context: Context): Promise<Reply> {
  const { deps, path, query, response } = context;
  const accountId = path['accountId'] ?? '';
  const { checkpoint } = query as z.output<typeof bundleQuery>;
  if (!(await hasAccount(deps.commands.store, accountId))) throw unknownAccount();
  const proved = await deps.audit.prove(accountId, checkpoint, waitedFor(context));
  if (proved?.kind !== 'bundled') throw noBundle(proved, accountId);
  response
    .status(200)
    .set({
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="${accountId.replaceAll(/[^\w.-]/g, '_')}.bundle.json"`,
      'Cache-Control': 'no-store',
    })
    .send(`${JSON.stringify(proved.bundle)}\n`);
  return 'streamed';
}

const getBundle: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/bundle',
  operationId: 'getBundle',
  tag: 'audit',
  summary: 'One file that proves an account’s events to an outside auditor: as `gatehouse audit bundle` makes it.',
  description:
    'Whoever has it, `verifyBundle.mjs` and the public key can check it without the log and without Gatehouse. Making it ' +
    'reads the log up to the checkpoint. `uncovered`: events of the account since then, which are not in it.',
  roles: auditing,
  params: accountPath,
  query: bundleQuery,
  responses: {
    200: {
      description: 'The bundle, as a download.',
      schema: z.looseObject({
        format: z.string(),
        account: z.string(),
        checkpoint: z.looseObject({}),
        publicKey: z.string(),
        events: z.array(z.looseObject({})),
        policies: z.array(z.looseObject({})),
        uncovered: z.int(),
      }),
    },
  },
  handle: bundle,
};

export const auditRoutes: readonly Route[] = [getCheckpoints, takeOne, getBundle];
