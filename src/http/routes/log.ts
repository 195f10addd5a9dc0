/** The log itself, for those who may see all of it. */
import { once } from 'node:events';
import { z } from 'zod';
import type { StoredEvent } from '../../eventStore/eventStore.js';
import { eventTypes } from '../../events/catalogue.js';
import { operationTypes } from '../../events/operations.js';
import type { Context, Reply, Route } from '../route.js';
import { insiders, position, wholeNumber } from '../schemas.js';

const eventsQuery = z.strictObject({
  after: position.optional().meta({ description: 'Events after this position: the last one that was read.' }),
  types: z
    .string()
    .max(4_000)
    .optional()
    .meta({ description: 'Only these types, separated by commas.' })
    .transform((text) => text?.split(','))
    .pipe(z.array(z.enum([...eventTypes, ...operationTypes, 'PolicyPublished'])).optional()),
  limit: wholeNumber(1, 999_999_999).optional(),
  follow: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: go on with new events until the reader ends it.' }),
});

/** Writes a line, and waits when the reader is slower than we are. */
async function writeLine({ response }: Context, event: StoredEvent, signal: AbortSignal): Promise<void> {
  if (response.write(`${JSON.stringify(event)}\n`)) return;
  // An ended or cut connection never drains; the signal then ends the wait.
  await once(response, 'drain', { signal }).catch(() => undefined);
}

async function stream(context: Context): Promise<Reply> {
  const { deps, response, query } = context;
  const { after, types, limit, follow } = query as z.output<typeof eventsQuery>;
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, deps.stopping]);
  const options = { ...(after === undefined ? {} : { after }), ...(types === undefined ? {} : { types }), signal };
  response.status(200).type('application/x-ndjson');
  response.flushHeaders();
  let left = limit ?? Infinity;
  if (follow === 'true') {
    for await (const item of deps.commands.store.subscribe(options)) {
      if (item.kind === 'event') await writeLine(context, item.event, signal);
      if (item.kind === 'event' && --left <= 0) break;
    }
  } else {
    for await (const event of deps.commands.store.readAll(options)) {
      await writeLine(context, event, signal);
      if (--left <= 0) break;
    }
  }
  response.end();
  return 'streamed';
}

const listEvents: Route = {
  method: 'get',
  path: '/v1/events',
  operationId: 'listEvents',
  tag: 'log',
  summary: 'Events as stored, one JSON document a line, in log order; resumed with `after`.',
  roles: insiders,
  query: eventsQuery,
  responses: { 200: { description: 'Lines of events.', contentType: 'application/x-ndjson', schema: z.string() } },
  handle: stream,
};

export const logRoutes: readonly Route[] = [listEvents];
