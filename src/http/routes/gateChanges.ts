/** The gate feed over HTTP: server-sent events. */
import { once } from 'node:events';
import { z } from 'zod';
import { gateFeed } from '../../gateFeed/feed.js';
import { type FeedMessage, feedVersion } from '../../gateFeed/wire.js';
import { authenticate, authorize } from '../auth.js';
import { HttpProblem, problem } from '../problem.js';
import type { Context, Reply, Route } from '../route.js';
import { insiders, position } from '../schemas.js';

/** How long a reader may take nothing of what was written, in milliseconds; it is cut off then, and can resume. */
const longestStall = 60_000;
/** What a reader that is cut off should wait before it comes again, in milliseconds. */
const retry = 1_000;

const changesQuery = z.strictObject({
  after: position.optional().meta({ description: 'As `Last-Event-ID`, for readers that cannot set headers.' }),
});

const changesHeaders = z.object({
  'last-event-id': position.optional().meta({ description: 'The `id` of the last message: goes on after it.' }),
});

/** The position that the reader was sent everything up to; undefined for a new one. @throws {HttpProblem} 400 */
function resumedAfter({ request, query }: Context): string | undefined {
  const given = request.headers['last-event-id'];
  if (given === undefined || given === '') return query['after'] as string | undefined;
  const parsed = position.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(problem(400, 'malformed', 'Last-Event-ID must be the id of a message of this feed.'));
}

/** A message as lines. An empty id makes the reader forget the one before. */
export function frameOf(message: FeedMessage): string {
  if (message.event === 'waiting') return ': not up to date just now\n\n';
  const id = message.event === 'reset' ? 'id\n' : 'id' in message ? `id: ${message.id}\n` : '';
  return `event: ${message.event}\n${id}data: ${JSON.stringify(message.data)}\n\n`;
}

/** Writes, and waits when the reader is slower than we are. @returns false when it takes nothing any more */
async function write({ response }: Context, text: string, signal: AbortSignal): Promise<boolean> {
  if (response.write(text)) return true;
  const stalled = new AbortController();
  const stop = (): void => stalled.abort();
  const timer = setTimeout(stop, longestStall);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await once(response, 'drain', { signal: stalled.signal }).catch(() => undefined);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  return !stalled.signal.aborted;
}

async function stream(context: Context): Promise<Reply> {
  const { deps, request, response } = context;
  const { readModels, commands, gateMode, metrics } = deps;
  const after = resumedAfter(context);
  const head = await commands.store.head();
  const gone = new AbortController();
  const { signal } = gone;
  const leave = (): void => gone.abort();
  response.on('close', leave);
  deps.stopping.addEventListener('abort', leave, { once: true });
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // Proxies such as nginx would keep messages back until there are many.
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  if (request.method === 'HEAD' || deps.stopping.aborted) leave();
  const log = readModels.store.log ?? '';
  const settings = () => {
    const { version, testSends } = commands.policy().document;
    return { feed: feedVersion, log, mode: gateMode, policy: { version, testSends } };
  };
  metrics.gateFeeds.inc();
  try {
    const feed = gateFeed({ gate: readModels.sendingGate, settings, now: commands.now }, { after, head, signal });
    let reads = await write(context, `retry: ${retry}\n\n`, signal);
    for await (const message of feed) {
      if (!reads || (message.event === 'at' && !mayStill(context))) break;
      reads = await write(context, frameOf(message), signal);
    }
  } finally {
    metrics.gateFeeds.dec();
    deps.stopping.removeEventListener('abort', leave);
  }
  if (signal.aborted || !response.writableNeedDrain) response.end();
  else response.destroy();
  return 'streamed';
}

/** Whether the reader's token still stands: a revoked one ends the stream. */
function mayStill({ deps, request }: Context): boolean {
  try {
    authorize(authenticate(deps.tokens, request.headers.authorization), gateChanges.roles, undefined);
    return true;
  } catch {
    return false;
  }
}

const gateChanges: Route = {
  method: 'get',
  path: '/v1/gate/changes',
  operationId: 'followGate',
  tag: 'gate',
  summary:
    'The gate of every account as server-sent events: all that there are, then each change, resumed without gaps. ' +
    'Messages: `settings` (mode and policy), `gate` (one account, all that its answers follow from), `snapshot-end` and ' +
    '`at` (everything up to `position` was sent, as of `time`; every two seconds), `reset` (forget everything: what ' +
    'follows is sent from the beginning). A reader that has had neither of the two marks for some seconds knows nothing.',
  // One account's own people ask the gate itself.
  roles: ['product', ...insiders],
  query: changesQuery,
  headers: changesHeaders,
  responses: { 200: { description: 'Messages.', contentType: 'text/event-stream', schema: z.string() } },
  handle: stream,
};

export const gateFeedRoutes: readonly Route[] = [gateChanges];
