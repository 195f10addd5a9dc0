/** Health, readiness and metrics: what an operator's machinery asks. */
import type { Request, Response, Router } from 'express';
import { millisecondsBetween } from '../events/time.js';
import { authenticate, authorize } from './auth.js';
import type { HttpDeps } from './deps.js';

const loopback = /^(::1|127\.|::ffff:127\.)/;

/** `/healthz`: the process answers. `/readyz`: the store can be read and every read model follows the log. */
export function registerHealth(router: Router, deps: HttpDeps): void {
  router.get('/healthz', (_request: Request, response: Response) => {
    response.json({ status: 'ok', version: deps.version, instance: deps.instance });
  });
  router.get('/readyz', async (_request: Request, response: Response) => {
    const body = await readiness(deps);
    if (body.status !== 'ready') response.set('Retry-After', '1');
    response.status(body.status === 'ready' ? 200 : 503).json(body);
  });
  router.get('/metrics', async (request: Request, response: Response) => {
    if (!loopback.test(request.socket.remoteAddress ?? '')) {
      authorize(authenticate(deps, request, response), ['admin', 'system'], undefined);
    }
    await measure(deps);
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
}

async function readiness({ commands, readModels, processHealth, stopping, log, lags }: HttpDeps) {
  const { store } = commands;
  try {
    const head = (await store.head()) ?? null;
    const projections = readModels.status().map(({ projection, state, checkpoint, rebuilding }) => ({
      projection,
      state,
      checkpoint,
      rebuilding: rebuilding !== null,
      lagSeconds: lags.seconds(projection, checkpoint, head),
    }));
    const lagging = projections.filter(({ lagSeconds }) => lagSeconds > 0).length;
    const ready = readModels.allLive && !stopping.aborted;
    const status = ready ? 'ready' : 'starting';
    // A process that fails is worth a look, but takes no questions away from this node. What it said stays in the log:
    // anybody may ask for readiness.
    const processes = processHealth.states().map(({ process, state: fares, failures }) => ({
      process,
      state: fares,
      failures,
    }));
    return { status, store: 'ok', head, lagging, drops: store.drops.count, projections, processes } as const;
  } catch (error) {
    log.warn({ err: error }, 'the event store cannot be read');
    const reason = error instanceof Error ? error.name : 'unknown';
    return { status: 'unavailable', store: 'unreadable', reason, head: null, lagging: null } as const;
  }
}

/** Sets the gauges that are read off at the moment of asking. */
async function measure(deps: HttpDeps): Promise<void> {
  const { commands, readModels, processHealth, mailing, metrics, webhooks, lags } = deps;
  const { store } = commands;
  const { waiting, oldest } = webhooks?.backlog() ?? { waiting: 0, oldest: null };
  metrics.webhooksWaiting.set(waiting);
  metrics.webhooksOldest.set(oldest === null ? 0 : millisecondsBetween(oldest, commands.now()) / 1_000);
  const head = await store.head().catch(() => undefined);
  metrics.storeReachable.set(head === undefined ? 0 : 1);
  metrics.subscriptionDrops.set(store.drops.count);
  for (const { process, failures } of processHealth.states()) metrics.processFailing.set({ process }, failures);
  const mails = mailing.waiting();
  metrics.mailWaiting.set(mails.count);
  metrics.mailOldest.set(mails.oldestSeconds);
  for (const { projection, state, checkpoint } of readModels.status()) {
    metrics.projectionLive.set({ projection }, state === 'live' ? 1 : 0);
    metrics.projectionLag.set({ projection }, lags.seconds(projection, checkpoint, head ?? null));
  }
}
