/** Health, readiness and metrics: what an operator's machinery asks. */
import type { Request, Response, Router } from 'express';
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
      authorize(authenticate(deps.tokens, request.headers.authorization), ['admin', 'system'], undefined);
    }
    for (const { projection, state } of deps.readModels.status()) {
      deps.metrics.projectionLive.set({ projection }, state === 'live' ? 1 : 0);
    }
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
}

async function readiness({ commands, readModels, stopping }: HttpDeps) {
  const projections = readModels.status().map(({ projection, state, checkpoint, rebuilding }) => ({
    projection,
    state,
    checkpoint,
    rebuilding: rebuilding !== null,
  }));
  try {
    const head = (await commands.store.head()) ?? null;
    const behind = projections.filter(({ checkpoint }) => (checkpoint ?? '') < (head ?? ''));
    const ready = readModels.allLive && !stopping.aborted;
    return { status: ready ? 'ready' : 'starting', store: 'ok', head, lagging: behind.length, projections } as const;
  } catch {
    return { status: 'unavailable', store: 'unreadable', head: null, lagging: null, projections } as const;
  }
}
