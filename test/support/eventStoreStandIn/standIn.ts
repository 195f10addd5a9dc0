/**
 * A server that speaks EventStoreDB’s gRPC protocol, through the client’s own generated definitions, over a log in
 * memory. It answers as EventStoreDB 23.10 was seen to answer; the contract suite runs on both.
 */
import { Server, ServerCredentials, type ServiceError, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import persistentGrpc from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ConsumerGroup } from './consumerGroup.js';
import { StandInLog } from './log.js';
import { failure } from './messages.js';
import { persistentSubscriptions } from './persistentSubscriptions.js';
import { append, type AppendCall, read, type ReadCall } from './streams.js';

export type Role = 'leader' | 'follower';

export class StandIn {
  readonly log: StandInLog;
  readonly groups = new Map<string, ConsumerGroup>();
  #server: Server | undefined;
  #port = 0;
  #role: Role = 'leader';
  #leaderPort = 0;
  #endSubscriptions: (() => void)[] = [];
  #refusals: ServiceError[] = [];
  #accessDenied = false;
  /** How many appends came that were not repeats cut off before they arrived. */
  appends = 0;

  constructor(log = new StandInLog()) {
    this.log = log;
  }

  get port(): number {
    return this.#port;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Starts, on the port that it had before. */
  async start(): Promise<void> {
    const server = new Server();
    server.addService(streamsGrpc.StreamsService, this.#streams());
    server.addService(
      persistentGrpc.PersistentSubscriptionsService,
      persistentSubscriptions(this.log, this.groups, () => this.#refusal(true)),
    );
    server.addService(gossipGrpc.GossipService, this.#gossip());
    server.addService(featuresGrpc.ServerFeaturesService, features());
    this.#port = await bind(server, this.#port);
    this.#server = server;
  }

  /** Stops at once, as a killed server does; the log stays. */
  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
    this.#endSubscriptions = [];
    for (const group of this.groups.values()) group.restart();
  }

  /** The server ends every subscription cleanly. */
  endSubscriptions(): void {
    for (const end of this.#endSubscriptions) end();
    this.#endSubscriptions = [];
  }

  /** The next calls that write are answered so. */
  refuseNext(...errors: ServiceError[]): void {
    this.#refusals.push(...errors);
  }

  denyAccess(): void {
    this.#accessDenied = true;
  }

  /** Another node leads: this one refuses persistent subscriptions and, as some versions do, appends. */
  follow(leaderPort: number): void {
    this.#role = 'follower';
    this.#leaderPort = leaderPort;
  }

  lead(): void {
    this.#role = 'leader';
  }

  #refusal(leaderOnly: boolean): ServiceError | undefined {
    if (this.#accessDenied) {
      return failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
    }
    const ordered = this.#refusals.shift();
    if (ordered !== undefined) return ordered;
    return leaderOnly && this.#role === 'follower' ? notLeader(this.#leaderPort) : undefined;
  }

  #streams(): UntypedServiceImplementation {
    const service = {
      append: (call: AppendCall, answer: Parameters<typeof append>[2]) => {
        this.appends += 1;
        const refusal = this.#refusal(true);
        if (refusal === undefined) void append(this.log, call, answer);
        else answer(refusal);
      },
      read: (call: ReadCall) => {
        const refusal = this.#accessDenied ? this.#refusal(false) : undefined;
        if (refusal !== undefined) {
          call.emit('error', refusal);
          return;
        }
        if (call.request.getOptions()?.hasSubscription() === true) this.#endSubscriptions.push(() => call.end());
        void read(this.log, call);
      },
    };
    return service as unknown as UntypedServiceImplementation;
  }

  #gossip(): UntypedServiceImplementation {
    const member = (port: number, role: Role) => {
      const { LEADER, FOLLOWER } = gossipPb.MemberInfo.VNodeState;
      return new gossipPb.MemberInfo()
        .setInstanceId(new sharedPb.UUID().setString('00000000-0000-4000-8000-000000000000'))
        .setTimeStamp('0')
        .setState(role === 'leader' ? LEADER : FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(new gossipPb.EndPoint().setAddress('127.0.0.1').setPort(port));
    };
    const readGossip = (_call: unknown, answer: (error: null, info: gossipPb.ClusterInfo) => void): void => {
      const info = new gossipPb.ClusterInfo();
      info.addMembers(member(this.#port, this.#role));
      if (this.#role === 'follower') info.addMembers(member(this.#leaderPort, 'leader'));
      answer(null, info);
    };
    return { read: readGossip } as unknown as UntypedServiceImplementation;
  }
}

/** What a node that is not the leader answers. */
export function notLeader(leaderPort: number): ServiceError {
  return failure(status.NOT_FOUND, 'Leader info available', {
    'exception': 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(leaderPort),
  });
}

/** The methods that clients ask for before they use them. */
function features(): UntypedServiceImplementation {
  const method = (service: string, name: string, ...parts: string[]) =>
    new featuresPb.SupportedMethod()
      .setServiceName(`event_store.client.${service}`)
      .setMethodName(name)
      .setFeaturesList(parts);
  const supported = new featuresPb.SupportedMethods()
    .setEventStoreServerVersion('23.10.8')
    .setMethodsList([
      method('streams.streams', 'append'),
      method('streams.streams', 'read', 'position', 'events'),
      method('persistent_subscriptions.persistentsubscriptions', 'create', 'stream', 'all'),
      method('persistent_subscriptions.persistentsubscriptions', 'read', 'stream', 'all'),
      method('persistent_subscriptions.persistentsubscriptions', 'replayparked', 'stream', 'all'),
    ]);
  const getSupportedMethods = (_call: unknown, answer: (error: null, methods: typeof supported) => void): void =>
    answer(null, supported);
  return { getSupportedMethods } as unknown as UntypedServiceImplementation;
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
}
