/** Gatehouse behind its HTTP edge, on a clock that the test sets, with a token for each of several reviewers. */
import { PolicyFollower } from '../../src/app/policyFollower.js';
import type { CommandHandlerDeps } from '../../src/app/handleCommand.js';
import { type CommandName, type CommandInput, kebabName } from '../../src/commands/catalogue.js';
import { startServer } from '../../src/http/server.js';
import type { Actor } from '../../src/events/vocabulary.js';
import type { PolicyDocument } from '../../src/policy/policy.js';
import { edgeOf } from './edge.js';
import { newGatehouse, type TestGatehouse } from './gatehouse.js';

export type DeskAnswer = {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown>;
};

export type ReviewDesk = {
  readonly gatehouse: TestGatehouse;
  readonly commands: CommandHandlerDeps;
  /** Sets the clock; it ticks a second at each look until it is set. */
  readonly at: (instant: string) => void;
  readonly get: (actor: Actor, path: string) => Promise<DeskAnswer>;
  /** Posts a body to any path. */
  readonly ask: (actor: Actor, path: string, body: object) => Promise<DeskAnswer>;
  readonly post: <C extends CommandName>(
    actor: Actor,
    accountId: string,
    name: C,
    data: CommandInput<C>,
    headers?: Record<string, string>,
  ) => Promise<DeskAnswer>;
  /** The review page, as of the account's last event. */
  readonly page: (actor: Actor, accountId: string) => Promise<DeskAnswer>;
  /** Puts a policy in force, as an admin. */
  readonly publish: (document: PolicyDocument) => Promise<DeskAnswer>;
  readonly close: () => Promise<void>;
};

const asJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export async function newReviewDesk(): Promise<ReviewDesk> {
  const gatehouse = await newGatehouse();
  let fixed: string | undefined;
  const now = (): string => fixed ?? gatehouse.deps.now();
  const policies = await PolicyFollower.open(gatehouse.store, now);
  const commands: CommandHandlerDeps = { ...gatehouse.deps, policy: () => policies.current(), now };
  const readModels = gatehouse.readModels();
  readModels.start();
  const deps = await edgeOf(gatehouse, { commands, policies, readModels });
  const { tokens } = deps;
  const server = await startServer(deps, '127.0.0.1', 0);
  const made = new Map<string, string>();
  const tokenOf = ({ type, id }: Actor): string => {
    const token = made.get(`${type} ${id}`) ?? tokens.create({ role: type, actor: id });
    made.set(`${type} ${id}`, token);
    return token;
  };
  const ask = async (actor: Actor, path: string, init: RequestInit): Promise<DeskAnswer> => {
    const headers = { Authorization: `Bearer ${tokenOf(actor)}`, ...(init.headers as Record<string, string>) };
    const response = await fetch(`${server.url}${path}`, { ...init, headers });
    return {
      status: response.status,
      etag: response.headers.get('etag'),
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  const get: ReviewDesk['get'] = async (actor, path) => ask(actor, path, { method: 'GET' });
  return {
    gatehouse,
    commands,
    at: (instant) => (fixed = instant),
    get,
    ask: async (actor, path, body) => ask(actor, path, asJson(body)),
    post: async (actor, accountId, name, data, headers = {}) =>
      ask(actor, `/v1/accounts/${accountId}/commands/${kebabName(name)}`, asJson(data, headers)),
    page: async (actor, accountId) =>
      get(actor, `/v1/reviews/${accountId}?after=${(await gatehouse.store.head()) ?? ''}`),
    publish: async (document) => ask({ type: 'admin', id: 'admin-1' }, '/v1/policies', asJson(document)),
    close: async () => {
      await server.stop(1_000);
      tokens.close();
      await gatehouse.close();
    },
  };
}
