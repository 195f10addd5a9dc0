/** `gatehouse projections rebuild`: through the running service, or on the data folder itself when none runs. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import { eventsUpTo } from '../eventStore/eventStore.js';
import { describeLog, openLog, openReadModels } from '../parts.js';
import { UsageError } from './output.js';
import { startProgress } from './progress.js';
import { ownTokens, runningService } from './sender.js';

export type Rebuilt = { readonly projection: string; readonly events: number };

/** Rebuilds one read model, or all of them. @throws {UsageError} when there is none of this name */
export async function rebuild(config: Config, name: string | undefined): Promise<Rebuilt[]> {
  const url = await runningService(config);
  return url === undefined ? rebuildHere(config, name) : rebuildThere(config, url, name);
}

async function rebuildHere(config: Config, name: string | undefined): Promise<Rebuilt[]> {
  const { eventStore } = config;
  // Opening it would make an empty one, and read models of nothing look as if all were well.
  if (eventStore.kind === 'sqlite' && !existsSync(eventStore.file)) {
    throw new UsageError(`There is no store at ${describeLog(config)} yet.`);
  }
  const store = openLog(config);
  const readModels = await openReadModels(config, store);
  try {
    const total = eventsUpTo(await store.head());
    const rebuilt: Rebuilt[] = [];
    for (const projection of chosen(readModels.names(), name)) {
      const progress = startProgress(projection, total, 'events');
      const events = await readModels.rebuild(projection, (done) => progress.update(done.events));
      progress.finish();
      rebuilt.push({ projection, events: events ?? 0 });
    }
    return rebuilt;
  } finally {
    await readModels.stop();
    await store.close();
  }
}

function chosen(names: readonly string[], name: string | undefined): readonly string[] {
  if (name === undefined) return names;
  if (!names.includes(name)) throw new UsageError(`There is no read model ${name}. There are: ${names.join(', ')}`);
  return [name];
}

type Status = { projection: string; rebuilding: { events: number } | null; rebuiltFrom: number | null };

async function rebuildThere(config: Config, url: string, name: string | undefined): Promise<Rebuilt[]> {
  const own = ownTokens(config);
  const headers = { Authorization: `Bearer ${own.tokenFor({ type: 'admin', id: 'command-line' })}` };
  const list = async (): Promise<{ head: string | null; items: Status[] }> =>
    (await (await fetch(`${url}/v1/projections`, { headers })).json()) as { head: string | null; items: Status[] };
  const statusOf = async (projection: string): Promise<Status | undefined> =>
    (await list()).items.find((item) => item.projection === projection);
  try {
    const { head, items } = await list();
    const rebuilt: Rebuilt[] = [];
    for (const projection of chosen(
      items.map((item) => item.projection),
      name,
    )) {
      const started = await fetch(`${url}/v1/projections/${projection}/rebuild`, { method: 'POST', headers });
      if (!started.ok) throw new Error(`${projection}: ${((await started.json()) as { detail: string }).detail}`);
      const progress = startProgress(projection, eventsUpTo(head), 'events');
      let status = await statusOf(projection);
      while (status?.rebuilding != null) {
        progress.update(status.rebuilding.events);
        await sleep(100);
        status = await statusOf(projection);
      }
      progress.finish();
      rebuilt.push({ projection, events: status?.rebuiltFrom ?? 0 });
    }
    return rebuilt;
  } finally {
    own.close();
  }
}
