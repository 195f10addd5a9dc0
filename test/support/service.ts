/** The whole service in this process, on a free port, with a token for each role. */
import { pino } from 'pino';
import type { Command } from '../../src/commands/decide.js';
import { kebabName } from '../../src/commands/catalogue.js';
import { readConfig } from '../../src/config.js';
import { startService } from '../../src/main.js';
import { auditedLog, openTokens } from '../../src/parts.js';
import { auditHere } from '../../src/threads/auditTask.js';
import type { ActorType } from '../../src/events/vocabulary.js';
import { bytesOf } from './evidence.js';
import { type Folder, newFolder } from './folders.js';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly text: string;
};

export type TestService = {
  readonly url: string;
  readonly folder: Folder;
  readonly tokens: Readonly<Record<ActorType, string>>;
  /** A request as a role, or without a token. */
  readonly ask: (
    role: ActorType | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Uploads evidence as a role; `fields` come before the file, as browsers send them. */
  readonly upload: (
    role: ActorType,
    accountId: string,
    file: Blob,
    fileName?: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Sends commands over HTTP, each as the role of its actor; they must be accepted. Gives the last answer. */
  readonly walk: (accountId: string, commands: readonly Command[]) => Promise<Answer>;
  readonly stop: () => Promise<void>;
};

const roles: readonly ActorType[] = ['product', 'customer', 'reviewer', 'auditor', 'analyst', 'system', 'admin'];

/**
 * @param customerOf the account that the customer's token is bound to
 * @param env further settings; no processes run unless `GATEHOUSE_PROCESSES` says which
 */
export async function newService(customerOf = 'acme', env: Record<string, string> = {}): Promise<TestService> {
  const folder = newFolder();
  const config = readConfig({ GATEHOUSE_DATA: folder.path, GATEHOUSE_PORT: '0', GATEHOUSE_PROCESSES: 'none', ...env });
  // A thread would need the built program; the work is the same in this one.
  const auditWork = auditHere(auditedLog(config));
  const service = await startService(config, pino({ level: 'silent' }), undefined, auditWork);
  const store = openTokens(config);
  const tokenOf = (role: ActorType): string =>
    store.create({ role, actor: `${role}-1`, ...(role === 'customer' ? { accountId: customerOf } : {}) });
  const tokens = Object.fromEntries(roles.map((role) => [role, tokenOf(role)])) as Record<ActorType, string>;
  store.close();

  const ask: TestService['ask'] = async (role, method, path, body, headers = {}) => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        ...(role === undefined ? {} : { Authorization: `Bearer ${tokens[role]}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return answerOf(response);
  };
  const upload: TestService['upload'] = async (role, accountId, file, fileName = 'file', fields = {}, headers = {}) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', file, fileName);
    const authorization = { Authorization: `Bearer ${tokens[role]}` };
    const path = `${service.url}/v1/accounts/${accountId}/evidence`;
    return answerOf(await fetch(path, { method: 'POST', headers: { ...authorization, ...headers }, body }));
  };
  /** Evidence over HTTP is a file: bytes of the example's kind, another for each id. */
  const attach = async (accountId: string, { data, actor }: Command & { name: 'AttachEvidence' }): Promise<Answer> => {
    const { evidenceId, kind, fileName, requirement } = data;
    const fields = { evidenceId, ...(requirement === undefined ? {} : { requirement }) };
    return upload(
      actor.type === 'customer' ? 'product' : actor.type,
      accountId,
      bytesOf(kind, evidenceId),
      fileName,
      fields,
    );
  };
  const walk: TestService['walk'] = async (accountId, commands) => {
    let last: Answer | undefined;
    for (const one of commands) {
      const { name, data, actor } = one;
      if (name === 'AttachEvidence') {
        last = await attach(accountId, one);
        if (last.status >= 300) throw new Error(`${name}: ${last.text}`);
        continue;
      }
      const path = name === 'SignUp' ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(name)}`;
      last = await ask(
        actor.type === 'customer' ? 'product' : actor.type,
        'POST',
        path,
        name === 'SignUp' ? { ...data, accountId } : data,
      );
      if (last.status >= 300) throw new Error(`${name}: ${last.text}`);
    }
    if (last === undefined) throw new Error('no commands');
    return last;
  };
  return {
    url: service.url,
    folder,
    tokens,
    ask,
    upload,
    walk,
    stop: async () => {
      await service.stop();
      folder.remove();
    },
  };
}

async function answerOf(response: Response): Promise<Answer> {
  // A feed does not end by itself: that it began is the answer.
  const isFeed = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isFeed) await response.body?.cancel();
  const text = isFeed ? '' : await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: json ? safeJson(text) : {}, text };
}

function safeJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
