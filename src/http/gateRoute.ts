/**
 * The gate's route. It stands before Express: it is asked before every send, and Express alone costs more than the
 * answer. What it answers is described in the OpenAPI document like every other route.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccountRow } from '../../projections/accountRow.js';
import { id } from '../events/schemas.js';
import { decideGate, denied, type GateDecision, type GateQuestion } from '../policy/gate.js';
import { authenticate, authorize } from './auth.js';
import { type HttpDeps, longestWait } from './deps.js';
import { HttpProblem, invalid, problem } from './problem.js';
import { requestIdOf } from './requestId.js';
import { everyone, gateQuery } from './schemas.js';

const gatePath = /^\/v1\/accounts\/([^/?]+)\/gate\/?(?:\?(.*))?$/;

type Asked = GateQuestion & { readonly after?: string | undefined };
/** Answers of an account that did not change since: all of the body but the position at its end. */
type Answers = Map<string, { readonly head: string; readonly allowed: boolean }>;

export class GateRoute {
  readonly #deps: HttpDeps;
  /** By row: a changed account has another row, so an answer can never outlive what it was given on. */
  readonly #answers = new WeakMap<AccountRow, Answers>();
  /** Questions that were asked before, checked once. */
  readonly #questions = new Map<string, Asked>();

  constructor(deps: HttpDeps) {
    this.#deps = deps;
  }

  /** Whether a request is a gate question; `handle` then answers it. */
  static matches({ method, url }: IncomingMessage): boolean {
    const asks = method === 'GET' || method === 'HEAD';
    return asks && url !== undefined && url.startsWith('/v1/accounts/') && gatePath.test(url);
  }

  /** @throws {HttpProblem} for a question that is not allowed or not one */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { readModels } = this.#deps;
    const [, segment = '', search = ''] = gatePath.exec(request.url ?? '') ?? [];
    const principal = authenticate(this.#deps, request, response);
    const accountId = accountIdOf(segment);
    authorize(principal, everyone, accountId);
    const question = this.#question(search);
    const { after } = question;
    const upToDate =
      readModels.sendingGate.state === 'live' &&
      (after === undefined || (await readModels.sendingGate.waitFor(after, longestWait)));
    send(response, this.#answer(accountId, search, question, upToDate), requestIdOf(request, randomUUID));
  }

  #question(search: string): Asked {
    const known = this.#questions.get(search);
    if (known !== undefined) return known;
    const parsed = gateQuery.safeParse(parametersOf(search));
    if (!parsed.success) throw invalid(parsed.error, 'query');
    // Questions with `after` differ each time; the others are few.
    if (parsed.data.after === undefined && this.#questions.size < 10_000) this.#questions.set(search, parsed.data);
    return parsed.data;
  }

  #answer(accountId: string, search: string, question: Asked, upToDate: boolean): string {
    const { readModels, gateMode, commands, metrics } = this.#deps;
    const position = readModels.sendingGate.position ?? null;
    const context = { policy: commands.policy().document, position, mode: gateMode };
    const row = upToDate ? this.#row(accountId) : undefined;
    if (row === undefined || row === unreadable) {
      const decision =
        upToDate && row === undefined
          ? decideGate(question, undefined, context)
          : denied(question, context, 'not_up_to_date');
      metrics.gate.inc({ allowed: String(decision.allowed) });
      return JSON.stringify(decision);
    }
    const answers = this.#answersOf(row);
    const key = `${context.policy.version} ${question.after === undefined ? search : JSON.stringify({ ...question, after: null })}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = headOf(decideGate(question, row, context));
      answers.set(key, answer);
    }
    metrics.gate.inc(answer.allowed ? allowedLabel : deniedLabel);
    return `${answer.head}${position === null ? 'null' : `"${position}"`}}`;
  }

  /** The gate fails closed: what cannot be read is not up to date. */
  #row(accountId: string): AccountRow | undefined | typeof unreadable {
    try {
      return this.#deps.readModels.sendingGate.row(accountId);
    } catch (error) {
      this.#deps.log.error({ err: error }, 'the gate cannot read its rows');
      return unreadable;
    }
  }

  #answersOf(row: AccountRow): Answers {
    const known = this.#answers.get(row);
    if (known !== undefined && known.size < 200) return known;
    const made: Answers = new Map();
    this.#answers.set(row, made);
    return made;
  }
}

function send(response: ServerResponse, body: string, requestId: string): void {
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
  });
  response.end(body);
}

const unreadable = Symbol('unreadable');
const allowedLabel = { allowed: 'true' } as const;
const deniedLabel = { allowed: 'false' } as const;

/** The body up to the value of `position`, which is its last field. */
function headOf(decision: GateDecision): { readonly head: string; readonly allowed: boolean } {
  const { position: _moves, ...rest } = decision;
  return { head: `${JSON.stringify(rest).slice(0, -1)},"position":`, allowed: decision.allowed };
}

function accountIdOf(segment: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(segment);
  } catch {
    throw new HttpProblem(problem(400, 'malformed', 'The account id in the path is not well encoded.'));
  }
  const parsed = id.safeParse(decoded);
  if (!parsed.success) throw invalid(parsed.error, 'path');
  return parsed.data;
}

/** Query parameters; one that is given twice is told apart from one value. */
export function parametersOf(search: string): Record<string, string | string[]> {
  const found = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    const before = found.get(name);
    found.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(found);
}
