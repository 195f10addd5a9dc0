/** The Streams service: append, reads in both directions, subscriptions to `$all` with filters and checkpoints. */
import { once } from 'node:events';
import { type sendUnaryData, type ServerReadableStream, type ServerWritableStream, status } from '@grpc/grpc-js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { filterOf } from './filter.js';
import { maxAppendSize, noStream, type Proposed, type Recorded, type StandInLog } from './log.js';
import { failure, readEvent, streamName } from './messages.js';

export type AppendCall = ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>;
export type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;

/** How far a live subscription may be behind before the server says so and reads from the log again. */
const mostBehindLive = 500;

/** Collects one append, and does it. */
export async function append(
  log: StandInLog,
  call: AppendCall,
  answer: sendUnaryData<streamsPb.AppendResp>,
): Promise<void> {
  let options: streamsPb.AppendReq.Options | undefined;
  const proposed: Proposed[] = [];
  call.on('data', (request: streamsPb.AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message !== undefined) proposed.push(proposedEvent(message));
  });
  try {
    await once(call, 'end');
  } catch {
    return;
  }
  if (call.cancelled) return;
  const outcome = log.append(streamName(options?.getStreamIdentifier()), expectedRevision(options), proposed);
  if (outcome.kind === 'too large') {
    answer(
      failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendSize} Exceeded.`, {
        'exception': 'maximum-append-size-exceeded',
        'maximum-append-size': String(maxAppendSize),
      }),
    );
  } else if (outcome.kind === 'conflict') {
    answer(null, new streamsPb.AppendResp().setWrongExpectedVersion(wrongVersion(outcome.actual, options)));
  } else {
    const { revision, position } = outcome.last;
    const at = new streamsPb.AppendResp.Position();
    at.setCommitPosition(String(position));
    at.setPreparePosition(String(position));
    const success = new streamsPb.AppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
    answer(null, new streamsPb.AppendResp().setSuccess(success));
  }
}

function proposedEvent(message: streamsPb.AppendReq.ProposedMessage): Proposed {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectedRevision(options: streamsPb.AppendReq.Options | undefined): number | undefined {
  if (options?.hasNoStream() === true) return noStream;
  return options?.hasRevision() === true ? Number(options.getRevision()) : undefined;
}

function wrongVersion(actual: number, options: streamsPb.AppendReq.Options | undefined) {
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
  if (actual === noStream) wrong.setCurrentNoStream(new sharedPb.Empty());
  else wrong.setCurrentRevision(String(actual));
  if (options?.hasNoStream() === true) wrong.setExpectedNoStream(new sharedPb.Empty());
  else wrong.setExpectedRevision(options?.getRevision() ?? '0');
  return wrong;
}

/** Reads and subscriptions alike come as one call. */
export async function read(log: StandInLog, call: ReadCall): Promise<void> {
  const options = call.request.getOptions();
  if (options === undefined) throw new Error('a read without options');
  if (options.hasSubscription()) await subscribe(log, call, options);
  else if (options.hasStream()) await readStream(log, call, options);
  else await readAll(log, call, options);
  call.end();
}

async function readStream(log: StandInLog, call: ReadCall, options: streamsPb.ReadReq.Options): Promise<void> {
  const stream = options.getStream();
  const name = streamName(stream?.getStreamIdentifier());
  const stored = log.stream(name);
  if (stored.length === 0) {
    const notFound = new streamsPb.ReadResp.StreamNotFound();
    const identifier = stream?.getStreamIdentifier();
    if (identifier !== undefined) notFound.setStreamIdentifier(identifier);
    call.write(new streamsPb.ReadResp().setStreamNotFound(notFound));
    return;
  }
  const from = stream?.hasRevision() === true ? Number(stream.getRevision()) : 0;
  const backwards = options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS;
  const wanted = backwards
    ? stored.slice(0, stream?.hasRevision() === true ? from + 1 : undefined).toReversed()
    : stored.slice(from);
  for (const event of wanted.slice(0, Number(options.getCount()))) {
    const linked = options.getResolveLinks() ? log.linked(event) : undefined;
    if (!(await send(call, readEvent(event, linked)))) return;
  }
}

/** A filter is ignored here: so does the server when it comes from a read of this client. */
async function readAll(log: StandInLog, call: ReadCall, options: streamsPb.ReadReq.Options): Promise<void> {
  const all = options.getAll();
  const position = all?.getPosition();
  const at = position === undefined ? undefined : log.indexFrom(BigInt(position.getCommitPosition()));
  const count = Number(options.getCount());
  if (options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS) {
    const end = at ?? log.events.length;
    for (let index = end - 1; index >= 0 && index >= end - count; index--) {
      if (!(await sendAt(log, call, index))) return;
    }
    return;
  }
  const end = log.events.length;
  for (let index = at ?? 0, sent = 0; index < end && sent < count; index++, sent++) {
    if (!(await sendAt(log, call, index))) return;
  }
}

async function sendAt(log: StandInLog, call: ReadCall, index: number): Promise<boolean> {
  const event = log.events[index];
  return event === undefined || send(call, readEvent(event));
}

async function subscribe(log: StandInLog, call: ReadCall, options: streamsPb.ReadReq.Options): Promise<void> {
  const position = options.getAll()?.getPosition();
  const filter = filterOf(options.getFilter());
  const confirmation = new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId('stand-in');
  await send(call, new streamsPb.ReadResp().setConfirmation(confirmation));
  let next = position === undefined ? 0 : log.indexFrom(BigInt(position.getCommitPosition()) + 1n);
  let live = false;
  let lookedThrough = 0;
  while (!call.cancelled) {
    if (live && log.events.length - next > mostBehindLive) {
      live = false;
      await send(call, new streamsPb.ReadResp().setFellBehind(new streamsPb.ReadResp.FellBehind()));
    }
    const event = log.events[next];
    if (event === undefined) {
      if (!live) {
        live = true;
        await send(call, new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp()));
      } else {
        await moreOrCancelled(log, call);
      }
      continue;
    }
    next += 1;
    if (filter.matches(event)) await send(call, readEvent(event));
    if (++lookedThrough % filter.checkpointAfter === 0) await send(call, checkpoint(event));
  }
}

function checkpoint({ position }: Recorded): streamsPb.ReadResp {
  const at = new streamsPb.ReadResp.Checkpoint();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position));
  return new streamsPb.ReadResp().setCheckpoint(at);
}

function moreOrCancelled(log: StandInLog, call: ReadCall): Promise<void> {
  return new Promise((resolve) => {
    const stop = log.onAppend(done);
    call.once('cancelled', done);
    function done(): void {
      stop();
      call.off('cancelled', done);
      resolve();
    }
  });
}

/** @returns false when nobody listens any more */
async function send(call: ReadCall, message: streamsPb.ReadResp): Promise<boolean> {
  if (call.cancelled) return false;
  if (!call.write(message)) {
    const gone = new AbortController();
    const onGone = (): void => gone.abort();
    call.once('cancelled', onGone);
    await once(call, 'drain', { signal: gone.signal }).catch(() => undefined);
    call.off('cancelled', onGone);
  }
  return !call.cancelled;
}
