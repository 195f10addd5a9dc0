/**
 * Sends commands from the command line: into the log itself, or through the service when one is running on it (there is
 * one writer at a time). Both ways obey the same roles.
 */
import { readFileSync } from 'node:fs';
import { handleCommand } from '../app/handleCommand.js';
import { commandCatalogue, type CommandInput, type CommandName, kebabName } from '../commands/catalogue.js';
import type { Command } from '../commands/decide.js';
import type { Config } from '../config.js';
import { plusMinutes } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import { commandsOn, filesOf, openLog, openTokens, systemClock } from '../parts.js';

export type Sent = {
  readonly outcome: 'done' | 'refused';
  /** The refusal's code. */
  readonly code?: string;
  /** The account's flat status afterwards. */
  readonly status: string | null;
};

export type Sender = {
  readonly send: <C extends CommandName>(
    accountId: string,
    commandId: string,
    actor: Actor,
    name: C,
    data: CommandInput<C>,
  ) => Promise<Sent>;
  readonly close: () => Promise<void>;
};

/** The address of the service that runs on this data folder; undefined when none answers. */
export async function runningService(config: Config): Promise<string | undefined> {
  try {
    const note = JSON.parse(readFileSync(filesOf(config).service, 'utf8')) as { url: string; instance: string };
    const response = await fetch(`${note.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    // A note left behind by a service that was killed may lead to another one, which has other data.
    const { instance } = (await response.json()) as { instance?: string };
    return instance === note.instance ? note.url : undefined;
  } catch {
    return undefined;
  }
}

/** @throws {StoreLocked} when another process that is no service writes to the store */
export async function openSender(config: Config): Promise<Sender> {
  const url = await runningService(config);
  return url === undefined ? localSender(config) : remoteSender(config, url);
}

async function localSender(config: Config): Promise<Sender> {
  const store = openLog(config);
  const deps = await commandsOn(store);
  return {
    send: async (accountId, commandId, actor, name, input) => {
      const data = commandCatalogue[name].data.parse(input);
      const result = await handleCommand(deps, { accountId, commandId, command: { name, data, actor } as Command });
      if (result.kind === 'refused') return { outcome: 'refused', code: result.code, status: result.status };
      return { outcome: 'done', status: null };
    },
    close: () => store.close(),
  };
}

/** How long a token of the command line's own lives, in minutes. */
const tokenMinutes = 60;

/** A token for an actor, made in the data folder, and revoked when it is no longer needed. */
export function ownTokens(config: Config) {
  const tokens = openTokens(config);
  const made = new Map<string, string>();
  return {
    tokenFor: ({ type: role, id: actor }: Actor, accountId?: string): string => {
      const key = `${role} ${actor} ${accountId ?? ''}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const expiresAt = plusMinutes(systemClock(), tokenMinutes);
      const token = tokens.create({ role, actor, expiresAt, ...(accountId === undefined ? {} : { accountId }) });
      made.set(key, token);
      return token;
    },
    close: (): void => {
      for (const token of made.values()) tokens.revokeToken(token);
      tokens.close();
    },
  };
}

function remoteSender(config: Config, url: string): Sender {
  const own = ownTokens(config);
  return {
    send: async (accountId, commandId, actor, name, input) => {
      const token = own.tokenFor(actor, actor.type === 'customer' ? accountId : undefined);
      const path =
        name === 'SignUp'
          ? '/v1/accounts'
          : `/v1/accounts/${encodeURIComponent(accountId)}/commands/${kebabName(name)}`;
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: {
          'Authorization': `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': commandId,
        },
        body: JSON.stringify(name === 'SignUp' ? { ...input, accountId } : input),
      });
      const body = (await response.json()) as {
        status: string | null;
        code?: string;
        detail?: string;
        accountStatus?: string;
      };
      if (response.ok) return { outcome: 'done', status: body.status };
      if (response.status >= 500 || response.status === 401)
        throw new Error(`the service at ${url} failed: ${body.detail ?? response.statusText}`);
      return { outcome: 'refused', code: body.code ?? 'refused', status: body.accountStatus ?? null };
    },
    close: async () => own.close(),
  };
}
