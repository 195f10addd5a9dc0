/** `gatehouse show` and `gatehouse gate`: read from the log itself, beside a running service. */
import Table from 'cli-table3';
import type { SetupGuide } from '../../projections/setupGuide.js';
import { stateOf } from '../../machines/fold.js';
import { type Account, readAccount } from '../app/account.js';
import { type AsOf, readAccountThen, sayNothingThen, type Then } from '../app/asOf.js';
import { policyOf, readPolicy } from '../app/policySource.js';
import type { Config } from '../config.js';
import type { EventStore } from '../eventStore/eventStore.js';
import type { StateValue } from '../events/envelope.js';
import { decode } from '../events/upcast.js';
import type { Actor } from '../events/vocabulary.js';
import { type Glance, glanceOf, glanceThen, rowOf } from '../history/glance.js';
import { decideGate, gateActions, type GateAction, type GateDecision, type GateQuestion } from '../policy/gate.js';
import { builtInPolicy, type PolicyDocument } from '../policy/policy.js';
import { type Status, statusOf } from '../policy/status.js';
import { print, stateLine, UsageError } from './output.js';
import { withLog } from './withLog.js';

/** The policy in force now. */
async function policyNow(store: EventStore): Promise<PolicyDocument> {
  return ((await readPolicy(store)) ?? policyOf(builtInPolicy)).document;
}

/** One gate question. */
export async function askGate(config: Config, accountId: string, question: GateQuestion): Promise<GateDecision> {
  return withLog(config, async (store) => {
    const policy = await policyNow(store);
    const row = rowOf(await readAccount(store, accountId));
    return decideGate(question, row, { policy, position: row?.position ?? null, mode: config.gateMode });
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

type TimelineLine = {
  readonly revision: number;
  readonly occurredAt: string;
  readonly type: string;
  readonly actor: Actor;
  readonly from: StateValue | null;
  readonly to: StateValue | null;
  readonly data: object;
  readonly hash: string;
};

export type Shown = Glance & {
  readonly accountId: string;
  readonly status: Status | null;
  readonly state: StateValue;
  readonly revision: number;
  readonly position: string;
  /** Which past it is; absent for the account as it is now. */
  readonly asOf?: AsOf;
  readonly timeline: readonly TimelineLine[];
};

/**
 * An account at a glance, as it is or as it was. Folding checks every event against the chart: what is shown is a legal
 * run.
 * @throws {UsageError} when there is none, or was none then
 */
export async function showAccount(config: Config, accountId: string, then?: Then): Promise<Shown> {
  return withLog(config, async (store) => {
    const { account, asOf, glance } = await (then === undefined
      ? accountNow(config, store, accountId)
      : accountThen(store, accountId, then));
    const state = stateOf(account.snapshot);
    return {
      accountId,
      status: statusOf(state) ?? null,
      state,
      revision: account.revision,
      position: account.position ?? '',
      ...(asOf === undefined ? {} : { asOf }),
      ...glance,
      timeline: await timelineOf(store, account),
    };
  });
}

type Seen = { readonly account: Account; readonly asOf?: AsOf; readonly glance: Glance };

async function accountNow({ gateMode }: Config, store: EventStore, accountId: string): Promise<Seen> {
  const account = await readAccount(store, accountId);
  const row = rowOf(account);
  if (row === undefined) throw new UsageError(`There is no account ${accountId}.`);
  return { account, glance: glanceOf(row, await policyNow(store), gateMode) };
}

async function accountThen(store: EventStore, accountId: string, then: Then): Promise<Seen> {
  const found = await readAccountThen(store, accountId, then);
  if (found.kind !== 'found') throw new UsageError(sayNothingThen(accountId, then, found));
  return { account: found.account, asOf: found.asOf, glance: glanceThen(found) };
}

async function timelineOf(store: EventStore, account: Account): Promise<TimelineLine[]> {
  const lines: TimelineLine[] = [];
  for await (const event of store.read(account.stream)) {
    if (event.revision > account.revision) break;
    const { revision, fact, metadata } = decode(event);
    lines.push({
      revision,
      occurredAt: fact.occurredAt,
      type: fact.type,
      actor: fact.actor,
      from: revision === 0 ? null : metadata.from,
      to: metadata.to,
      data: fact.data,
      hash: metadata.hash,
    });
  }
  return lines;
}

function printDomains(domains: SetupGuide['domains']): void {
  for (const { domain, state, text, records } of domains) {
    print(`\nDomain ${domain}: ${state}\n  ${text}`);
    for (const { type, name, value, required, status } of records) {
      print(`  ${status}${required ? '' : ' (recommended)'}  ${type} ${name}\n    ${value}`);
    }
  }
}

function printAsOf({ revision, at, known, occurredAt, recordedAt }: AsOf, policyVersion: string): void {
  const by = [...(at === null ? [] : [`at ${at}`]), ...(known === null ? [] : [`known by ${known}`])];
  print(`as it was ${[...by, `after revision ${revision} of ${occurredAt}`].join(', ')}`);
  if (recordedAt !== occurredAt) print(`that event was recorded at ${recordedAt}`);
  print(`policy then in force: ${policyVersion}`);
}

const marks = { done: '✔', next: '➜', waiting: '…', later: ' ' } as const;

export function printShown(shown: Shown): void {
  print(`${shown.accountId}: ${shown.status ?? 'unknown'}   revision ${shown.revision}`);
  print(`state: ${stateLine(shown.state)}`);
  if (shown.asOf !== undefined) printAsOf(shown.asOf, shown.policyVersion);
  print('');
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
  for (const item of shown.timeline) {
    timeline.push([item.revision, item.occurredAt, `${item.actor.type} ${item.actor.id}`, item.type]);
  }
  print(timeline.toString());
}
