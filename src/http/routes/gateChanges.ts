/** The gate feed over HTTP: server-sent events. */
import { z } from 'zod';
import { gateFeed } from '../../gateFeed/feed.js';
import { type FeedMessage, feedVersion } from '../../gateFeed/wire.js';
import { mayStill } from '../auth.js';
import { openEventStream, resumedAfter, resumeHeaders, resumeQuery } from '../eventStream.js';
import type { Context, Reply, Route } from '../route.js';
import { insiders } from '../schemas.js';

/** A message as lines. An empty id makes the reader forget the one before. */
export function frameOf(message: FeedMessage): string {
  if (message.event === 'waiting') return ': not up to date just now\n\n';
  const id = message.event === 'reset' ? 'id\n' : 'id' in message ? `id: ${message.id}\n` : '';
  return `event: ${message.event}\n${id}data: ${JSON.stringify(message.data)}\n\n`;
}

async function stream(context: Context): Promise<Reply> {
  const { deps, request } = context;
  const { readModels, commands, gateMode, metrics } = deps;
  const after = resumedAfter(context);
  const head = await commands.store.head();
  const log = readModels.store.log ?? '';
  const settings = () => {
    const { version, testSends } = commands.policy().document;
    return { feed: feedVersion, log, mode: gateMode, policy: { version, testSends } };
  };
  return openEventStream(context, metrics.gateFeeds, async ({ write, signal }) => {
    const feed = gateFeed({ gate: readModels.sendingGate, settings, now: commands.now }, { after, head, signal });
    for await (const message of feed) {
      if (message.event === 'at' && !mayStill(deps, request)) return;
      if (!(await write(frameOf(message)))) return;
    }
  });
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
  query: resumeQuery,
  headers: resumeHeaders,
  responses: { 200: { description: 'Messages.', contentType: 'text/event-stream', schema: z.string() } },
  handle: stream,
};

export const gateFeedRoutes: readonly Route[] = [gateChanges];
