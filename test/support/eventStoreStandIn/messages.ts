/** The log’s events in the protocol’s messages, and the protocol’s errors. */
import { Metadata, type ServiceError, type status } from '@grpc/grpc-js';
import persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Recorded } from './log.js';

type RecordedMessage = streamsPb.ReadResp.ReadEvent.RecordedEvent | persistentPb.ReadResp.ReadEvent.RecordedEvent;

function fill<M extends RecordedMessage>(message: M, event: Recorded, position: bigint): M {
  const id = new sharedPb.UUID();
  id.setString(event.id);
  const stream = new sharedPb.StreamIdentifier();
  stream.setStreamName(Buffer.from(event.stream).toString('base64'));
  message.setId(id);
  message.setStreamIdentifier(stream);
  message.setStreamRevision(String(event.revision));
  message.setCommitPosition(String(position));
  message.setPreparePosition(String(position));
  message.setData(event.data);
  message.setCustomMetadata(event.metadata);
  message.getMetadataMap().set('type', event.type);
  message.getMetadataMap().set('content-type', event.contentType);
  message.getMetadataMap().set('created', '17000000000000000');
  return message;
}

export function readEvent(event: Recorded, linked?: Recorded): streamsPb.ReadResp {
  const message = new streamsPb.ReadResp.ReadEvent();
  const recorded = (one: Recorded) => fill(new streamsPb.ReadResp.ReadEvent.RecordedEvent(), one, one.position);
  message.setEvent(recorded(linked ?? event));
  if (linked !== undefined) message.setLink(recorded(event));
  message.setCommitPosition(String(event.position));
  return new streamsPb.ReadResp().setEvent(message);
}

/** @param position of the event, or of the link that brought it again: so the server has it */
export function deliveredEvent(event: Recorded, position: bigint, retryCount: number): persistentPb.ReadResp {
  const message = new persistentPb.ReadResp.ReadEvent();
  message.setEvent(fill(new persistentPb.ReadResp.ReadEvent.RecordedEvent(), event, position));
  message.setCommitPosition(String(position));
  message.setRetryCount(retryCount);
  return new persistentPb.ReadResp().setEvent(message);
}

export function streamName(identifier: sharedPb.StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();
}

/** An error as the server gives it: a status, and in its trailers the kind that the client maps. */
export function failure(code: status, details: string, trailers: Readonly<Record<string, string>>): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
