/**
 * How each account fared: when it came to each step, how long it stayed where, what it was asked, and what was decided.
 * One row an account, for figures over all of them. Times are milliseconds since 1970, of when things happened.
 */
import type { EventType } from '../src/events/catalogue.js';
import { accountOf } from '../src/events/envelope.js';
import type { Fact } from '../src/events/fact.js';
import { toMilliseconds } from '../src/events/time.js';
import type { ReasonCode, Requirement } from '../src/events/vocabulary.js';
import { standingOf, verificationState } from '../src/policy/status.js';
import { accountKey } from './accountRow.js';
import type { ProjectedEvent, Projection } from './projection.js';

/** The way to being verified, in its order. `decided` is the first approval or rejection of a request. */
export const journeySteps = [
  'signed_up',
  'people_added',
  'events_received',
  'channel_configured',
  'message_created',
  'requested',
  'screened',
  'decided',
  'verified',
] as const;
export type JourneyStep = (typeof journeySteps)[number];

/** A contiguous time in one state; `leftAt` is null while it lasts. */
export type Stay = readonly [state: string, enteredAt: number, leftAt: number | null];

export const roundEnds = [
  'answered',
  'cancelled',
  'expired',
  'withdrawn',
  'rejected',
  'revoked',
  'confirmed',
  'closed',
] as const;
export type RoundEnd = (typeof roundEnds)[number];

/** Questions put to the customer at once. */
export type Round = {
  readonly at: number;
  /** The number of the request that they belong to, from 0; null in a re-review, or where there never was a request. */
  readonly request: number | null;
  /** Whether screening asked them by itself. */
  readonly automatic: boolean;
  readonly items: readonly (readonly [Requirement, ReasonCode])[];
  /** How they ended, and when; null while they are open. */
  readonly ended: readonly [RoundEnd, number] | null;
};

export const decisionKinds = [
  'approved',
  'rejected',
  'revoked',
  'confirmed',
  'grandfathered',
  'warned',
  'suspended',
  'reinstated',
  'appeal_dismissed',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export type Decision = {
  readonly kind: DecisionKind;
  readonly at: number;
  /** Who decided: the actor's id. */
  readonly by: string;
  /** Whether the system decided by itself. */
  readonly automatic: boolean;
  readonly reasons: readonly ReasonCode[];
  /** The policy then in force; null where the log does not say it. */
  readonly policy: string | null;
  /** When the request, or the appeal, was made that this answers; null where it answers neither. */
  readonly since: number | null;
  /** Until when reviewers were to decide, of a person's approval or rejection; null where no time was set. */
  readonly due: number | null;
};

export type Journey = {
  readonly accountId: string;
  /** The first time of each step that was reached. */
  readonly steps: Readonly<Partial<Record<JourneyStep, number>>>;
  /** Stays in the outermost states of the chart's regions; the last one lasts. */
  readonly verification: readonly Stay[];
  readonly standing: readonly Stay[];
  readonly requests: readonly number[];
  readonly withdrawals: readonly number[];
  readonly appeals: readonly number[];
  readonly rounds: readonly Round[];
  readonly decisions: readonly Decision[];
  readonly closedAt: number | null;
  /** When the request or appeal under review was made; null while there is none. */
  readonly asked: number | null;
  /** Until when reviewers are to decide; null while it is not their move, or where no time was set. */
  readonly decideBy: number | null;
  /** The command that moved the verification last. */
  readonly movedBy: string | null;
};

const nowhere = {
  steps: {},
  verification: [],
  standing: [],
  requests: [],
  withdrawals: [],
  appeals: [],
  rounds: [],
  decisions: [],
  closedAt: null,
  asked: null,
  decideBy: null,
  movedBy: null,
} as const;

const stepsOf: { readonly [T in EventType]?: readonly JourneyStep[] } = {
  AccountSignedUp: ['signed_up'],
  PeopleAdded: ['people_added'],
  EventsReceived: ['events_received'],
  ChannelConfigured: ['channel_configured'],
  MessageCreated: ['message_created'],
  VerificationRequested: ['requested'],
  ScreeningCompleted: ['screened'],
  ScreeningSkipped: ['screened'],
  VerificationApproved: ['decided', 'verified'],
  VerificationRejected: ['decided'],
  VerificationGrandfathered: ['verified'],
};

const endsRound: { readonly [T in EventType]?: RoundEnd } = {
  InformationSubmitted: 'answered',
  InformationRequestCancelled: 'cancelled',
  InformationRequestExpired: 'expired',
  VerificationWithdrawn: 'withdrawn',
  VerificationRejected: 'rejected',
  VerificationRevoked: 'revoked',
  VerificationConfirmed: 'confirmed',
  AccountClosed: 'closed',
};

const decisionOf: { readonly [T in EventType]?: DecisionKind } = {
  VerificationApproved: 'approved',
  VerificationRejected: 'rejected',
  VerificationRevoked: 'revoked',
  VerificationConfirmed: 'confirmed',
  VerificationGrandfathered: 'grandfathered',
  AccountWarned: 'warned',
  AccountSuspended: 'suspended',
  AccountReinstated: 'reinstated',
  AppealDismissed: 'appeal_dismissed',
};

/** What ends the request or appeal under review, beside a decision on it. */
const endsReview: ReadonlySet<EventType> = new Set([
  'VerificationApproved',
  'VerificationRejected',
  'VerificationWithdrawn',
  'InformationRequestExpired',
]);

function evolve(row: Journey | undefined, event: ProjectedEvent): Journey {
  const before = row ?? { ...nowhere, accountId: accountOf(event.stream) ?? event.stream };
  const { fact, metadata } = event;
  const at = toMilliseconds(fact.occurredAt);
  const state = verificationState(metadata.to);
  const moved = before.verification.at(-1)?.[0] !== state;
  return {
    ...before,
    steps: stepsAfter(before.steps, stepsOf[fact.type] ?? [], at),
    verification: staysAfter(before.verification, state, at, before.movedBy === metadata.commandId),
    standing: staysAfter(before.standing, standingOf(metadata.to), at, false),
    rounds: roundsAfter(before, fact, at),
    decisions: decisionsAfter(before, event, at),
    ...listsAfter(before, fact, at),
    asked: askedAfter(before, fact, at),
    decideBy: decideByAfter(before, fact),
    movedBy: moved ? metadata.commandId : before.movedBy,
  };
}

function stepsAfter(steps: Journey['steps'], reached: readonly JourneyStep[], at: number): Journey['steps'] {
  const first = reached.filter((step) => steps[step] === undefined);
  return first.length === 0 ? steps : { ...steps, ...Object.fromEntries(first.map((step) => [step, at])) };
}

/**
 * @param passing whether the command that leads on is the one that led to the last state: nobody was ever there then (a
 *   request that screening approves passes pendingReview), so it is no stay
 */
function staysAfter(stays: readonly Stay[], state: string, at: number, passing: boolean): readonly Stay[] {
  const last = stays.at(-1);
  if (last === undefined) return [[state, at, null]];
  if (last[0] === state) return stays;
  if (passing) return [...stays.slice(0, -1), [state, at, null]];
  return [...stays.slice(0, -1), [last[0], last[1], at], [state, at, null]];
}

function roundsAfter({ rounds, requests, asked }: Journey, fact: Fact, at: number): readonly Round[] {
  if (fact.type === 'InformationRequested') {
    const round: Round = {
      at,
      request: requests.length === 0 || asked === null ? null : requests.length - 1,
      automatic: fact.actor.type === 'system',
      items: fact.data.items.map(({ requirement, reasonCode }) => [requirement, reasonCode] as const),
      ended: null,
    };
    return [...rounds, round];
  }
  const end = endsRound[fact.type];
  const last = rounds.at(-1);
  if (end === undefined || last === undefined || last.ended !== null) return rounds;
  return [...rounds.slice(0, -1), { ...last, ended: [end, at] }];
}

function decisionsAfter({ decisions, asked, decideBy }: Journey, { fact, metadata }: ProjectedEvent, at: number) {
  const kind = decisionOf[fact.type];
  if (kind === undefined) return decisions;
  const reasons = 'reasons' in fact.data ? fact.data.reasons.map(({ code }) => code) : [];
  const answers = kind === 'approved' || kind === 'rejected';
  const automatic = fact.actor.type === 'system';
  const decision: Decision = {
    kind,
    at,
    by: fact.actor.id,
    automatic,
    reasons: [...new Set(reasons)],
    policy: metadata.policyVersion ?? null,
    since: answers ? asked : null,
    due: answers && !automatic ? decideBy : null,
  };
  return [...decisions, decision];
}

function listsAfter({ requests, withdrawals, appeals, closedAt }: Journey, { type }: Fact, at: number) {
  return {
    requests: type === 'VerificationRequested' ? [...requests, at] : requests,
    withdrawals: type === 'VerificationWithdrawn' ? [...withdrawals, at] : withdrawals,
    appeals: type === 'AppealSubmitted' ? [...appeals, at] : appeals,
    closedAt: type === 'AccountClosed' ? at : closedAt,
  };
}

function askedAfter({ asked }: Journey, fact: Fact, at: number): number | null {
  if (fact.type === 'VerificationRequested') return at;
  if (fact.type === 'AppealSubmitted' && fact.data.against === 'verification') return at;
  return endsReview.has(fact.type) ? null : asked;
}

/** The deadline is in the event that makes it the reviewers' move; an appeal against a suspension has one of its own. */
function decideByAfter({ decideBy }: Journey, fact: Fact): number | null {
  if (fact.type === 'AppealSubmitted' && fact.data.against !== 'verification') return decideBy;
  if ('decideBy' in fact.data && fact.data.decideBy !== undefined) return toMilliseconds(fact.data.decideBy);
  const ends =
    fact.type === 'InformationRequested' || fact.type === 'VerificationRequested' || endsReview.has(fact.type);
  return ends ? null : decideBy;
}

export const journeys: Projection<Journey> = {
  name: 'journeys',
  version: 2,
  types: [
    'AccountSignedUp',
    'PeopleAdded',
    'EventsReceived',
    'ChannelConfigured',
    'MessageCreated',
    'VerificationRequested',
    'VerificationWithdrawn',
    'ScreeningCompleted',
    'ScreeningSkipped',
    'InformationRequested',
    'InformationSubmitted',
    'InformationRequestCancelled',
    'InformationRequestExpired',
    'VerificationApproved',
    'VerificationRejected',
    'VerificationRevoked',
    'VerificationGrandfathered',
    'VerificationConfirmed',
    'AppealSubmitted',
    'AppealDismissed',
    'AccountWarned',
    'AccountSuspended',
    'AccountReinstated',
    'AccountClosed',
  ],
  key: accountKey,
  evolve,
  columns: {},
  indexes: [],
};
