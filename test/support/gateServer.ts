/** The HTTP edge around a test's Gatehouse: its policy and mode can be changed while it runs. */
import type { TokenStore } from '../../src/access/tokens.js';
import { startServer } from '../../src/http/server.js';
import { systemClock } from '../../src/parts.js';
import type { GateMode } from '../../src/policy/gate.js';
import type { Policy, PolicyDocument } from '../../src/policy/policy.js';
import { matchReadModels } from '../../src/readModels/matchLog.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { edgeOf } from './edge.js';
import type { Folder } from './folders.js';
import type { TestGatehouse } from './gatehouse.js';

export type GateServer = {
  readonly url: string;
  readonly port: number;
  readonly tokens: TokenStore;
  /** A token of the role `product`. */
  readonly token: string;
  readonly readModels: ReadModels;
  /** Changes the policy in force, as a publication would. */
  readonly setPolicy: (document: PolicyDocument) => void;
  readonly stop: () => Promise<void>;
};

/** @param options.tokens the folder whose tokens are known; Gatehouse's own unless given */
export async function serveGate(
  gatehouse: TestGatehouse,
  options: { readonly mode?: GateMode; readonly tokens?: Folder; readonly now?: () => string } = {},
): Promise<GateServer> {
  const rows = new ReadModelStore(':memory:');
  await matchReadModels(gatehouse.store, rows);
  const readModels = new ReadModels(gatehouse.store, rows);
  readModels.start();
  let policy: Policy = gatehouse.deps.policy();
  const stopping = new AbortController();
  const commands = { ...gatehouse.deps, policy: () => policy, now: options.now ?? systemClock };
  const parts = { commands, readModels, gateMode: options.mode ?? 'enforce', stopping: stopping.signal };
  const deps = await edgeOf(gatehouse, parts, options.tokens);
  const { tokens } = deps;
  const token = tokens.create({ role: 'product', actor: 'backend' });
  const server = await startServer(deps, '127.0.0.1', 0);
  return {
    url: server.url,
    port: Number(new URL(server.url).port),
    tokens,
    token,
    readModels,
    setPolicy: (document) => (policy = { ...policy, version: document.version, document }),
    stop: async () => {
      stopping.abort();
      await server.stop(5_000);
      await readModels.stop();
      tokens.close();
    },
  };
}
