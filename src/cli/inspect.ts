/** `gatehouse show` and `gatehouse gate`: read from the log itself, beside a running service. */
import Table from 'cli-table3';
import { type AccountRow, evolveAccount } from '../../projections/accountRow.js';
import { guideOf, type SetupGuide } from '../../projections/setupGuide.js';
import { readAccount } from '../app/account.js';
import { policyOf, readPolicy } from '../app/policySource.js';
import { recordsOf } from '../domains/records.js';
import type { Config } from '../config.js';
import type { EventStore } from '../eventStore/eventStore.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import { decideGate, gateActions, type GateAction, type GateDecision, type GateQuestion } from '../policy/gate.js';
import { builtInPolicy } from '../policy/policy.js';
import { statusOf } from '../policy/status.js';
import { describeLog, openLogForReading } from '../parts.js';
import { print, stateLine, UsageError } from './output.js';

async function withLog<T>(config: Config, use: (store: EventStore) => Promise<T>): Promise<T> {
  const store = openLogForReading(config);
  if (store === undefined) {
    throw new UsageError(
      `There is no store at ${describeLog(config)} yet. Start the service, or make sample accounts: gatehouse demo`,
    );
  }
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function eventsOf(store: EventStore, accountId: string): Promise<RecordedEvent[]> {
  // Folding checks every event against the chart; what is shown is a legal run.
  const { stream } = await readAccount(store, accountId);
  const events: RecordedEvent[] = [];
  for await (const event of store.read(stream)) events.push(decode(event));
  return events;
}

function rowOf(events: readonly RecordedEvent[]): AccountRow | undefined {
  return events.reduce<AccountRow | undefined>((row, event) => evolveAccount(row, event), undefined);
}

function ask(
  row: AccountRow | undefined,
  question: GateQuestion,
  config: Config,
  policy: typeof builtInPolicy,
): GateDecision {
  return decideGate(question, row, { policy, position: row?.position ?? null, mode: config.gateMode });
}

/** One gate question. */
export async function askGate(config: Config, accountId: string, question: GateQuestion): Promise<GateDecision> {
  return withLog(config, async (store) => {
    const policy = (await readPolicy(store)) ?? policyOf(builtInPolicy);
    return ask(rowOf(await eventsOf(store, accountId)), question, config, policy.document);
  });
}

/** A gate action by its name. @throws {UsageError} with the list of actions */
export function gateAction(name: string): GateAction {
  const action = gateActions.find((known) => known === name);
  if (action === undefined) throw new UsageError(`There is no action ${name}. Actions: ${gateActions.join(', ')}`);
  return action;
}

export function printGate(accountId: string, decision: GateDecision): void {
  const { action, allowed, observed, deliveryMode, onDenied, reasons, missing, awaitingActionFrom, channels } =
    decision;
  print(`${allowed ? 'ALLOWED' : 'DENIED'}  ${action} for ${accountId}${observed === true ? ' (observed only)' : ''}`);
  print(
    `  delivery   ${deliveryMode}${allowed ? '' : `, a denied send is ${onDenied === 'hold' ? 'held' : 'discarded'}`}`,
  );
  if (reasons.length > 0) print(`  why        ${reasons.join(', ')}`);
  for (const { requirement, awaitingActionFrom: mover } of missing) print(`  missing    ${requirement} (${mover})`);
  if (awaitingActionFrom !== null) print(`  next move  ${awaitingActionFrom}`);
  for (const { channelId, kind, status } of channels) print(`  channel    ${channelId} (${kind}): ${status}`);
  print(`  as of      revision ${decision.revision ?? '-'}, policy ${decision.policyVersion}`);
}

export type Shown = {
  readonly accountId: string;
  readonly status: string | null;
  readonly state: unknown;
  readonly revision: number;
  readonly position: string;
  readonly guide: SetupGuide;
  readonly gate: readonly GateDecision[];
  readonly timeline: readonly object[];
};

/** An account at a glance. @throws {UsageError} when there is none */
export async function showAccount(config: Config, accountId: string): Promise<Shown> {
  return withLog(config, async (store) => {
    const policy = (await readPolicy(store)) ?? policyOf(builtInPolicy);
    const events = await eventsOf(store, accountId);
    const row = rowOf(events);
    if (row === undefined) throw new UsageError(`There is no account ${accountId}.`);
    return {
      accountId,
      status: statusOf(row.state) ?? null,
      state: row.state,
      revision: row.revision,
      position: row.position,
      guide: guideOf(row, recordsOf(row.accountId, policy.document.domains.provider)),
      gate: gateActions.map((action) => ask(row, { action }, config, policy.document)),
      timeline: events.map(({ revision, fact, metadata }) => ({
        revision,
        occurredAt: fact.occurredAt,
        type: fact.type,
        actor: fact.actor,
        from: revision === 0 ? null : metadata.from,
        to: metadata.to,
        data: fact.data,
        hash: metadata.hash,
      })),
    };
  });
}

function printDomains(domains: SetupGuide['domains']): void {
  for (const { domain, state, text, records } of domains) {
    print(`\nDomain ${domain}: ${state}\n  ${text}`);
    for (const { type, name, value, required, status } of records) {
      print(`  ${status}${required ? '' : ' (recommended)'}  ${type} ${name}\n    ${value}`);
    }
  }
}

const marks = { done: '✔', next: '➜', waiting: '…', later: ' ' } as const;

export function printShown(shown: Shown): void {
  print(`${shown.accountId}: ${shown.status ?? 'unknown'}   revision ${shown.revision}`);
  print(`state: ${stateLine(shown.state)}\n`);
  for (const { title, text } of shown.guide.notices) print(`» ${title}\n  ${text}`);
  for (const { requirement, message } of shown.guide.questions) print(`? ${requirement}: ${message}`);
  for (const { code, message } of shown.guide.reasons) print(`! ${code}: ${message}`);
  print('\nSetup guide');
  for (const { state, title, next } of shown.guide.steps)
    print(` ${marks[state]} ${title}${next === null ? '' : ` – ${next}`}`);
  printDomains(shown.guide.domains);
  print('\nGate');
  const gate = new Table({ head: ['action', 'answer', 'delivery', 'why'], style: { head: [], border: [] } });
  for (const { action, allowed, deliveryMode, reasons } of shown.gate) {
    gate.push([action, allowed ? 'allowed' : 'denied', deliveryMode, reasons.join(', ')]);
  }
  print(gate.toString());
  print('\nTimeline');
  const timeline = new Table({ head: ['rev', 'when', 'who', 'what'], style: { head: [], border: [] } });
  for (const item of shown.timeline as {
    revision: number;
    occurredAt: string;
    actor: { type: string; id: string };
    type: string;
  }[]) {
    timeline.push([item.revision, item.occurredAt, `${item.actor.type} ${item.actor.id}`, item.type]);
  }
  print(timeline.toString());
}
