/** What `/metrics` shows, in the Prometheus text format. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own for each service, so that several can live in one process. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Counter({
      name: 'gatehouse_http_requests_total',
      help: 'HTTP requests by route and status.',
      labelNames: ['route', 'status'],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: 'gatehouse_http_request_seconds',
      help: 'Time to answer, without gate questions.',
      labelNames: ['route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    }),
    commands: new Counter({
      name: 'gatehouse_commands_total',
      help: 'Commands by name and outcome: accepted, repeated, unchanged or the refusal’s code.',
      labelNames: ['command', 'outcome'],
      registers: [registry],
    }),
    gate: new Counter({
      name: 'gatehouse_gate_questions_total',
      help: 'Gate questions by answer.',
      labelNames: ['allowed'],
      registers: [registry],
    }),
    gateFeeds: new Gauge({
      name: 'gatehouse_gate_feed_readers',
      help: 'Readers that follow the gate feed just now.',
      registers: [registry],
    }),
    changeStreams: new Gauge({
      name: 'gatehouse_change_stream_readers',
      help: 'Readers that follow changes of accounts just now.',
      registers: [registry],
    }),
    projectionLive: new Gauge({
      name: 'gatehouse_projection_live',
      help: '1 while the read model follows the log, 0 while it catches up or fails.',
      labelNames: ['projection'],
      registers: [registry],
    }),
    projectionLag: new Gauge({
      name: 'gatehouse_projection_lag_seconds',
      help: 'How long the read model has been behind the log; 0 while it reflects the head.',
      labelNames: ['projection'],
      registers: [registry],
    }),
    storeReachable: new Gauge({
      name: 'gatehouse_store_reachable',
      help: '1 while the event store answers.',
      registers: [registry],
    }),
    subscriptionDrops: new Gauge({
      name: 'gatehouse_store_subscription_drops',
      help: 'How often a subscription to the event store was dropped and taken up again since the start.',
      registers: [registry],
    }),
    processEvents: new Counter({
      name: 'gatehouse_process_events_total',
      help: 'Events given to processes, by outcome: done, failed (comes again), skipped.',
      labelNames: ['process', 'outcome'],
      registers: [registry],
    }),
    processFailing: new Gauge({
      name: 'gatehouse_process_failures_in_a_row',
      help: 'How often the process failed in a row; 0 after a success.',
      labelNames: ['process'],
      registers: [registry],
    }),
    mailWaiting: new Gauge({
      name: 'gatehouse_mail_waiting',
      help: 'Mails in this node’s outbox: to be sent, or sent and not recorded yet.',
      registers: [registry],
    }),
    mailOldest: new Gauge({
      name: 'gatehouse_mail_oldest_seconds',
      help: 'How long the oldest mail in this node’s outbox has waited; 0 when there is none.',
      registers: [registry],
    }),
    webhookAttempts: new Counter({
      name: 'gatehouse_webhook_attempts_total',
      help: 'Tries to deliver a webhook, by outcome: delivered, failed (tried again), given_up.',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    webhooksWaiting: new Gauge({
      name: 'gatehouse_webhooks_waiting',
      help: 'Webhooks that wait to be delivered or tried again.',
      registers: [registry],
    }),
    webhooksOldest: new Gauge({
      name: 'gatehouse_webhooks_oldest_seconds',
      help: 'How long the oldest waiting webhook has waited; 0 while none waits.',
      registers: [registry],
    }),
    projectionFailures: new Counter({
      name: 'gatehouse_projection_failures_total',
      help: 'Failures of a read model’s runner; it tries again by itself.',
      labelNames: ['projection'],
      registers: [registry],
    }),
  };
}
