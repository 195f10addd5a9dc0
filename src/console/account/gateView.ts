/** What the gate's answers come to in a table: neighbouring actions with the same answer are told it once. */
import { moverWords, requirementWords } from '../words/account.js';
import { actionWords, capabilityTones, capabilityWords, deliveryWords, gateReasonWords } from '../words/gate.js';
import { listed, plain, wordFor } from '../words/plain.js';
import type { Tone } from '../words/status.js';
import type { GateAnswer } from './types.js';

export type ChannelView = {
  readonly channelId: string;
  readonly kind: string;
  readonly allowed: boolean;
  readonly status: string;
  readonly tone: Tone;
  readonly why: readonly string[];
};

/** Actions that have the same answer, and the answer. */
export type GateGroup = {
  readonly actions: readonly { readonly action: string; readonly words: string }[];
  readonly allowed: boolean;
  /** In mode `observe`: it is allowed only because nothing is enforced. */
  readonly observed: boolean;
  readonly status: string;
  readonly tone: Tone;
  readonly delivery: string;
  /** What becomes of a send that is denied; nothing where there is nothing to send. */
  readonly ifDenied: string | null;
  readonly why: readonly string[];
  readonly missing: readonly { readonly requirement: string; readonly mover: string }[];
  readonly mover: string | null;
  /** What limits an action that is allowed. */
  readonly limits: readonly string[];
};

const held = { discard: 'Thrown away', hold: 'Held back, and sent once it may be' } as const;

/** The answer itself, without what it was asked for. */
function answerOf({ action: _action, ...answer }: GateAnswer): string {
  return JSON.stringify(answer);
}

function limitsOf({ constraints, limits }: GateAnswer): string[] {
  const { recipients, perDay, messageTypes } = (constraints ?? {}) as {
    recipients?: string;
    perDay?: number;
    messageTypes?: readonly string[];
  };
  return [
    ...(recipients === 'own' ? ['only to the account’s own addresses'] : []),
    ...(perDay === undefined ? [] : [`at most ${perDay.toLocaleString('en')} a day`]),
    ...(messageTypes === undefined ? [] : [`only ${listed(messageTypes.map(plain))} messages`]),
    ...Object.entries(limits ?? {}).map(
      ([name, count]) => `at most ${Number(count).toLocaleString('en')} ${plain(name)}`,
    ),
  ];
}

function groupOf(answers: readonly GateAnswer[], first: GateAnswer): GateGroup {
  const { allowed, observed, status, deliveryMode, onDenied, reasons, missing, awaitingActionFrom } = first;
  return {
    actions: answers.map(({ action }) => ({ action, words: wordFor(actionWords, action) })),
    allowed,
    observed: observed === true && first.wouldAllow === false,
    status: wordFor(capabilityWords, status),
    tone: capabilityTones[status] ?? 'quiet',
    delivery: wordFor(deliveryWords, deliveryMode),
    ifDenied: deliveryMode === 'blocked' && reasons[0] !== 'closed' ? held[onDenied] : null,
    why: reasons.map((reason) => wordFor(gateReasonWords, reason)),
    missing: missing.map(({ requirement, awaitingActionFrom: mover }) => ({
      requirement: wordFor(requirementWords, requirement),
      mover: wordFor(moverWords, mover),
    })),
    mover: awaitingActionFrom === null ? null : wordFor(moverWords, awaitingActionFrom),
    limits: limitsOf(first),
  };
}

/** Groups of neighbouring actions with the same answer, in the order in which the gate lists actions. */
export function gateGroups(gate: readonly GateAnswer[]): readonly GateGroup[] {
  const groups: GateAnswer[][] = [];
  for (const answer of gate) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && answerOf(last[0]) === answerOf(answer)) last.push(answer);
    else groups.push([answer]);
  }
  return groups.flatMap((answers) => (answers[0] === undefined ? [] : [groupOf(answers, answers[0])]));
}

/** The channels, each with whether a message may be sent by it; none while the account as a whole may not send. */
export function channelViews(gate: readonly GateAnswer[]): readonly ChannelView[] {
  const channels = gate.find(({ action }) => action === 'message.send')?.channels ?? [];
  return channels.map(({ channelId, kind, allowed, status, reasons }) => ({
    channelId,
    kind,
    allowed,
    status: wordFor(capabilityWords, status),
    tone: capabilityTones[status] ?? 'quiet',
    why: reasons.map((reason) => wordFor(gateReasonWords, reason)),
  }));
}
