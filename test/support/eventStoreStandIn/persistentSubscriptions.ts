/** The PersistentSubscriptions service, for subscriptions to `$all`. */
import {
  type handleUnaryCall,
  type ServerDuplexStream,
  type ServiceError,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import { type Consumer, ConsumerGroup } from './consumerGroup.js';
import { filterOf } from './filter.js';
import type { StandInLog } from './log.js';
import { deliveredEvent, failure } from './messages.js';

type ConsumerCall = ServerDuplexStream<persistentPb.ReadReq, persistentPb.ReadResp>;

const { DISPATCHTOSINGLE } = persistentPb.CreateReq.ConsumerStrategy;
const actions: Readonly<Record<number, 'retry' | 'park' | 'skip'>> = {
  [persistentPb.ReadReq.Nack.Action.RETRY]: 'retry',
  [persistentPb.ReadReq.Nack.Action.PARK]: 'park',
  [persistentPb.ReadReq.Nack.Action.SKIP]: 'skip',
};

function missing(group: string): ServiceError {
  return failure(status.NOT_FOUND, `Subscription group ${group} on stream $all does not exist.`, {
    'exception': 'persistent-subscription-does-not-exist',
    'stream-name': '$all',
    'group-name': group,
  });
}

/** @param refuse asked before each call; an error that it gives is the answer */
export function persistentSubscriptions(
  log: StandInLog,
  groups: Map<string, ConsumerGroup>,
  refuse: () => ServiceError | undefined,
): UntypedServiceImplementation {
  const create: handleUnaryCall<persistentPb.CreateReq, persistentPb.CreateResp> = ({ request }, answer) => {
    const options = request.getOptions();
    const name = options?.getGroupName() ?? '';
    const refusal = refuse();
    if (refusal !== undefined) answer(refusal);
    else if (groups.has(name)) {
      answer(
        failure(status.ALREADY_EXISTS, `Subscription group ${name} on stream $all exists.`, {
          'exception': 'persistent-subscription-exists',
          'stream-name': '$all',
          'group-name': name,
        }),
      );
    } else {
      groups.set(name, new ConsumerGroup(name, log, settingsOf(log, options)));
      answer(null, new persistentPb.CreateResp());
    }
  };

  const read = (call: ConsumerCall): void => {
    let group: ConsumerGroup | undefined;
    let consumer: Consumer | undefined;
    const leave = (): void => {
      if (consumer !== undefined) group?.leave(consumer);
    };
    call.on('data', (request: persistentPb.ReadReq) => {
      const options = request.getOptions();
      if (options !== undefined) {
        group = groups.get(options.getGroupName());
        const refusal = refuse() ?? (group === undefined ? missing(options.getGroupName()) : undefined);
        if (refusal !== undefined || group === undefined) {
          call.emit('error', refusal);
          return;
        }
        const confirmation = new persistentPb.ReadResp.SubscriptionConfirmation().setSubscriptionId('stand-in');
        call.write(new persistentPb.ReadResp().setSubscriptionConfirmation(confirmation));
        consumer = {
          room: options.getBufferSize(),
          deliver: (event, position, retryCount) => call.write(deliveredEvent(event, position, retryCount)),
        };
        group.join(consumer);
      }
      // Read in a turn of its own, as the server does: what it has not read when a call is cancelled is lost.
      setTimeout(() => {
        if (!call.cancelled) answered(group, request);
      }, 1);
    });
    call.on('end', () => {
      leave();
      call.end();
    });
    call.on('cancelled', leave);
    call.on('error', leave);
  };

  const replayParked: handleUnaryCall<persistentPb.ReplayParkedReq, persistentPb.ReplayParkedResp> = (
    { request },
    answer,
  ) => {
    const name = request.getOptions()?.getGroupName() ?? '';
    const group = groups.get(name);
    const refusal = refuse() ?? (group === undefined ? missing(name) : undefined);
    if (refusal !== undefined) answer(refusal);
    else {
      group?.replayParked();
      answer(null, new persistentPb.ReplayParkedResp());
    }
  };

  const unimplemented: handleUnaryCall<unknown, never> = (_call, answer) =>
    answer(failure(status.UNIMPLEMENTED, 'The stand-in does not have this.', {}));
  return {
    create,
    read,
    replayParked,
    update: unimplemented,
    delete: unimplemented,
    getInfo: unimplemented,
    list: unimplemented,
    restartSubsystem: unimplemented,
  } as UntypedServiceImplementation;
}

function answered(group: ConsumerGroup | undefined, request: persistentPb.ReadReq): void {
  for (const id of request.getAck()?.getIdsList() ?? []) group?.acknowledge(id.getString());
  const nack = request.getNack();
  const action = actions[nack?.getAction() ?? 0] ?? 'retry';
  for (const id of nack?.getIdsList() ?? []) group?.refuse(id.getString(), action, nack?.getReason() ?? '');
}

function settingsOf(log: StandInLog, options: persistentPb.CreateReq.Options | undefined) {
  const all = options?.getAll();
  const settings = options?.getSettings();
  return {
    filter: filterOf(all?.getFilter()),
    startIndex: all?.hasEnd() === true ? log.events.length : 0,
    maxRetryCount: settings?.getMaxRetryCount() ?? 10,
    messageTimeoutMs: settings?.getMessageTimeoutMs() ?? 30_000,
    strategy:
      settings?.getNamedConsumerStrategy() === DISPATCHTOSINGLE ? ('single' as const) : ('round robin' as const),
  };
}
