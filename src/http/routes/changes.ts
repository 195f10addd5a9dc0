/** What happens to accounts, as server-sent events: so that a page shows what is, without asking again and again. */
import { z } from 'zod';
import type { Principal } from '../../access/tokens.js';
import type { Change } from '../../app/changeFeed.js';
import { mayStill } from '../auth.js';
import { openEventStream, resumedAfter, resumeHeaders, resumeQuery } from '../eventStream.js';
import { HttpProblem, problem } from '../problem.js';
import type { Context, Reply, Route } from '../route.js';
import { accountPath, everyone, insiders } from '../schemas.js';

/** Lines that keep a connection open through proxies, in milliseconds between. */
const heartbeat = 15_000;
/** How often it is looked whether the reader may still read, in milliseconds. */
const lookEvery = 2_000;
/** Most streams of one principal: some windows of some machines. */
const mostOfOne = 32;
/** Most streams in all: each is a connection. */
const mostInAll = 5_000;

type Streams = Map<string, number>;
const open = new WeakMap<object, Streams>();

/** Takes note of one more stream. @returns what to call at its end @throws {HttpProblem} 429 or 503 when there are too many */
function admitted({ deps }: Context, { type, id, accountId = '' }: Principal): () => void {
  const streams = open.get(deps.changes) ?? new Map<string, number>();
  open.set(deps.changes, streams);
  const key = `${type} ${accountId} ${id}`;
  const mine = streams.get(key) ?? 0;
  if (mine >= mostOfOne) {
    const detail = `There are ${mostOfOne} open streams of ${id} already. Close one, or let several pages share one.`;
    throw new HttpProblem(problem(429, 'too_many_streams', detail), { 'Retry-After': '10' });
  }
  if (deps.changes.readers >= mostInAll) {
    const detail =
      'This node has as many open streams as it keeps. Ask again shortly, or ask for what you show instead.';
    throw new HttpProblem(problem(503, 'too_many_streams', detail), { 'Retry-After': '10' });
  }
  streams.set(key, mine + 1);
  return () => {
    const left = (streams.get(key) ?? 1) - 1;
    if (left > 0) streams.set(key, left);
    else streams.delete(key);
  };
}

const frame = (event: string, id: string, data: object): string =>
  `event: ${event}\n${id === '' ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/** @param told what of a change these readers are told */
async function stream(context: Context, accountId: string | undefined, told: (change: Change) => object) {
  const { deps, request, principal } = context;
  const { changes, commands, metrics } = deps;
  const after = resumedAfter(context);
  const head = await commands.store.head();
  const leave = admitted(context, principal);
  const follower = changes.follow(accountId, after, head);
  try {
    return await openEventStream(context, metrics.changeStreams, async ({ write, signal }) => {
      const { start, reset } = follower;
      const first = reset === undefined ? frame('ready', start, { position: start }) : '';
      let reads = await write(first || frame('reset', start, { position: start, reason: reset }));
      let nextBeat = performance.now() + heartbeat;
      while (reads && !signal.aborted && !follower.overrun) {
        await follower.wait(lookEvery, signal);
        // Who is sent away asks again, and is told that the log is out of reach.
        if (signal.aborted || changes.isBlind || !mayStill(deps, request)) return;
        const came = follower.take();
        if (came.length > 0) reads = await write(came.map((one) => frame('change', one.position, told(one))).join(''));
        else if (performance.now() >= nextBeat) reads = await write(': nothing new\n\n');
        else continue;
        nextBeat = performance.now() + heartbeat;
      }
    });
  } finally {
    follower.leave();
    leave();
  }
}

const messages =
  'Messages: `ready` (what comes after `position` will be told; ask for what you show with `after` that), `change`, ' +
  '`reset` (more happened since your last message than is kept: ask for everything you show again). While the ' +
  'log is out of reach the stream ends, so that silence means that nothing happened. The `id` of each is a position; ' +
  '`Last-Event-ID` goes on after it.';

const responses: Route['responses'] = {
  200: { description: 'Messages.', contentType: 'text/event-stream', schema: z.string() },
  429: { description: 'Too many open streams of this principal; see `Retry-After`.' },
};

const allChanges: Route = {
  method: 'get',
  path: '/v1/changes',
  operationId: 'followChanges',
  tag: 'changes',
  summary:
    'What happens to accounts, as it happens: `{position, accountId, revision, type, occurredAt}` for each event.',
  description: messages,
  roles: insiders,
  query: resumeQuery,
  headers: resumeHeaders,
  responses,
  handle: (context): Promise<Reply> => stream(context, undefined, (change) => change),
};

const accountChanges: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/changes',
  operationId: 'followAccount',
  tag: 'changes',
  summary: 'That something happened to the account, as it happens: `{position, accountId, revision}` for each event.',
  description: messages,
  roles: everyone,
  params: accountPath,
  query: resumeQuery,
  headers: resumeHeaders,
  responses,
  handle: (context): Promise<Reply> =>
    // What it was is not said: its name may be an inner word.
    stream(context, context.path['accountId'], ({ position, accountId, revision }) => ({
      position,
      accountId,
      revision,
    })),
};

export const changeRoutes: readonly Route[] = [allChanges, accountChanges];
