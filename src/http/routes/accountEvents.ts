/** The events of one account as the log has them: what hashes are made of, and audits are about. */
import { z } from 'zod';
import { accountStream } from '../../events/envelope.js';
import type { StoredEvent } from '../../eventStore/eventStore.js';
import { unknownAccount } from '../problem.js';
import type { Route } from '../route.js';
import { accountPath, insiders, wholeNumber } from '../schemas.js';

const eventsQuery = z.strictObject({
  from: wholeNumber(0, 999_999_999).optional().meta({ description: 'The first revision wanted; 0 unless given.' }),
  limit: wholeNumber(1, 1_000).optional().meta({ description: 'Events of a page; 100 unless given.' }),
});

/** A page ends with the event that takes it beyond so much text: one event may be long, a thousand of them too long. */
const mostCharacters = 4_000_000;

const storedEvent = z
  .object({
    id: z.string(),
    type: z.string(),
    stream: z.string(),
    revision: z.int(),
    position: z.string(),
    data: z.record(z.string(), z.unknown()),
    metadata: z.looseObject({ hash: z.string(), previousHash: z.string() }),
  })
  .meta({ id: 'StoredEvent', description: 'As it lies in the log, of whatever schema version it was written in.' });

const accountEvents: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/events',
  operationId: 'listAccountEvents',
  tag: 'log',
  summary: 'The events of one account as stored, oldest first, each with its hash and the one that it chains to.',
  description:
    'Read from the log itself, so never stale. A page goes on at the revision in `next` until that is null; where ' +
    'events are long it may hold fewer than `limit`.',
  roles: insiders,
  params: accountPath,
  query: eventsQuery,
  responses: {
    200: {
      description: 'A page of events.',
      schema: z.object({ items: z.array(storedEvent), next: z.int().nullable() }),
    },
  },
  handle: async ({ deps, path, query }) => {
    const { from = 0, limit = 100 } = query as z.output<typeof eventsQuery>;
    const stream = accountStream(path['accountId'] ?? '');
    const items: StoredEvent[] = [];
    let next: number | null = null;
    let characters = 0;
    for await (const event of deps.commands.store.read(stream, { from })) {
      if (items.length === limit || characters > mostCharacters) {
        next = event.revision;
        break;
      }
      items.push(event);
      characters += JSON.stringify(event.data).length;
    }
    if (items.length === 0 && !(await exists(deps.commands.store.read(stream)))) throw unknownAccount();
    return { status: 200, body: { items, next } };
  },
};

async function exists(events: AsyncIterable<StoredEvent>): Promise<boolean> {
  const iterator = events[Symbol.asyncIterator]();
  const { done } = await iterator.next();
  await iterator.return?.();
  return done !== true;
}

export const accountEventRoutes: readonly Route[] = [accountEvents];
