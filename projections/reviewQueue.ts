/** The review queue: what a reviewer needs to decide, on one page. Reviewers only: it holds findings and notes. */
import type { EventData } from '../src/events/catalogue.js';
import type { Answer, Finding, Item, Reason } from '../src/policy/facts.js';
import { reReviewOf, suspensionAppealOf, verificationState } from '../src/policy/status.js';
import { accountKey, type AccountRow, allAccountEvents, evolveAccount } from './accountRow.js';
import type { ProjectedEvent, Projection } from './projection.js';

/** Where a review stands; null when nothing is to be reviewed. */
export const reviewStates = [
  'screening',
  'pending_review',
  'info_requested',
  're_review',
  're_review_info_requested',
  'suspension_appeal',
] as const;
export type ReviewState = (typeof reviewStates)[number];

/** One round of questions and what came of it. */
export type Round = {
  readonly askedAt: string;
  readonly askedBy: string;
  readonly items: readonly Item[];
  readonly respondBy: string;
  readonly outcome: 'open' | 'answered' | 'cancelled' | 'expired';
  readonly closedAt?: string;
  readonly answers?: readonly Answer[];
  readonly via?: string | undefined;
};

/** An internal note: who wrote it, when, with which event. */
export type Note = { readonly at: string; readonly by: string; readonly event: string; readonly text: string };

export type Evidence = EventData<'EvidenceAttached'> & { readonly attachedAt: string; readonly attachedBy: string };

export type Decision = {
  readonly type: string;
  readonly at: string;
  readonly by: string;
  readonly reasons: readonly Reason[];
};

/** When the review was brought to somebody's attention, and why. */
export type Escalation = {
  readonly at: string;
  readonly by: string;
  readonly to: string;
  readonly reason: string;
};

export type ReviewRow = AccountRow & {
  readonly review: ReviewState | null;
  /** Whether an appeal against a suspension waits for a reviewer, whatever else is under review. */
  readonly suspensionAppeal: boolean;
  /** Since when it has waited in the queue. */
  readonly waitingSince: string | null;
  /** The request form as sent. */
  readonly form: EventData<'VerificationRequested'> | null;
  readonly requestedAt: string | null;
  /** The policy that was in force when verification was requested. */
  readonly requestPolicy: string | null;
  /** Until when reviewers are to act, while it is their move; null while it is not. */
  readonly decideBy: string | null;
  /** Until when the re-review under way is to be done. */
  readonly reviewBy: string | null;
  readonly escalations: readonly Escalation[];
  readonly requests: number;
  /** The latest messages of the workspace, the newest last; the form names the sample among them. */
  readonly messages: readonly EventData<'MessageCreated'>[];
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly recommendation: EventData<'ScreeningCompleted'>['recommendation'] | null;
  readonly rounds: readonly Round[];
  readonly appeals: readonly { readonly against: string; readonly statement: string; readonly at: string }[];
  readonly decisions: readonly Decision[];
  readonly signals: readonly (EventData<'AbuseSignalRecorded'> & { readonly at: string })[];
  readonly notes: readonly Note[];
};

/** What the page holds beside the account itself. */
type Details = Omit<ReviewRow, keyof AccountRow>;

const noReview: Details = {
  review: null,
  suspensionAppeal: false,
  waitingSince: null,
  form: null,
  requestedAt: null,
  requestPolicy: null,
  decideBy: null,
  reviewBy: null,
  escalations: [],
  requests: 0,
  messages: [],
  evidence: [],
  findings: [],
  recommendation: null,
  rounds: [],
  appeals: [],
  decisions: [],
  signals: [],
  notes: [],
};

function isSuspensionAppealed(row: AccountRow): boolean {
  return suspensionAppealOf(row.state) === 'appealed';
}

function reviewStateOf(row: AccountRow): ReviewState | null {
  switch (verificationState(row.state)) {
    case 'screening':
      return 'screening';
    case 'pendingReview':
      return 'pending_review';
    case 'infoRequested':
      return 'info_requested';
    default:
  }
  const reReview = reReviewOf(row.state);
  if (reReview !== 'none') return reReview === 'open' ? 're_review' : 're_review_info_requested';
  return isSuspensionAppealed(row) ? 'suspension_appeal' : null;
}

/** Events whose `reason` is written by reviewers for reviewers. */
const innerReasons: ReadonlySet<string> = new Set([
  'ScreeningSkipped',
  'RequirementWaived',
  'ReviewEscalated',
  'InformationRequestCancelled',
]);

/** Which of an event's fields a reviewer reads as a note. */
function noteOf(event: ProjectedEvent): string | undefined {
  const data: Readonly<Record<string, unknown>> = event.fact.data;
  const { internalNote, note } = data as { internalNote?: string; note?: string };
  const internal = innerReasons.has(event.fact.type);
  return internalNote ?? note ?? (internal ? (data['reason'] as string) : undefined);
}

function notesAfter(notes: readonly Note[], event: ProjectedEvent): readonly Note[] {
  const text = noteOf(event);
  const { fact } = event;
  return text === undefined ? notes : [...notes, { at: fact.occurredAt, by: fact.actor.id, event: fact.type, text }];
}

function closeRound(rounds: readonly Round[], close: Partial<Round>): readonly Round[] {
  return rounds.map((round, index) =>
    index === rounds.length - 1 && round.outcome === 'open' ? { ...round, ...close } : round,
  );
}

function decisionsAfter(row: Details, { fact }: ProjectedEvent, reasons: readonly Reason[]): readonly Decision[] {
  return [...row.decisions, { type: fact.type, at: fact.occurredAt, by: fact.actor.id, reasons }];
}

const mostMessages = 20;

function withMessage(messages: ReviewRow['messages'], message: EventData<'MessageCreated'>): ReviewRow['messages'] {
  return [...messages.filter(({ messageId }) => messageId !== message.messageId), message].slice(-mostMessages);
}

/** Attached again under its id, a piece of evidence takes the place of the one before. */
function withEvidence(evidence: ReviewRow['evidence'], one: Evidence): ReviewRow['evidence'] {
  return [...evidence.filter(({ evidenceId }) => evidenceId !== one.evidenceId), one];
}

/** What an event changes on the page beside the account itself. */
function detail(row: Details, event: ProjectedEvent): Partial<Details> {
  const { fact } = event;
  const at = fact.occurredAt;
  switch (fact.type) {
    case 'MessageCreated':
      return { messages: withMessage(row.messages, fact.data) };
    case 'EvidenceAttached':
      return { evidence: withEvidence(row.evidence, { ...fact.data, attachedAt: at, attachedBy: fact.actor.id }) };
    case 'VerificationRequested':
      return {
        form: fact.data,
        requestedAt: at,
        requestPolicy: event.metadata.policyVersion ?? null,
        escalations: [],
        requests: row.requests + 1,
        findings: [],
        recommendation: null,
      };
    case 'ReviewEscalated':
      return { escalations: [...row.escalations, { at, by: fact.actor.id, ...fact.data }] };
    case 'ScreeningCompleted':
      return { findings: fact.data.findings, recommendation: fact.data.recommendation };
    case 'InformationRequested': {
      const { items, respondBy } = fact.data;
      return { rounds: [...row.rounds, { askedAt: at, askedBy: fact.actor.id, items, respondBy, outcome: 'open' }] };
    }
    case 'InformationSubmitted': {
      const { answers, via } = fact.data;
      return { rounds: closeRound(row.rounds, { outcome: 'answered', closedAt: at, answers, via }) };
    }
    case 'InformationRequestCancelled':
    case 'VerificationWithdrawn':
      return { rounds: closeRound(row.rounds, { outcome: 'cancelled', closedAt: at }) };
    case 'InformationRequestExpired':
      return { rounds: closeRound(row.rounds, { outcome: 'expired', closedAt: at }) };
    case 'AppealSubmitted':
      return { appeals: [...row.appeals, { ...fact.data, at }] };
    case 'AbuseSignalRecorded':
      return { signals: [...row.signals, { ...fact.data, at }] };
    case 'VerificationRejected':
    case 'VerificationRevoked':
      return {
        rounds: closeRound(row.rounds, { outcome: 'cancelled', closedAt: at }),
        decisions: decisionsAfter(row, event, fact.data.reasons),
      };
    case 'ReReviewOpened':
      return {
        reviewBy: fact.data.reviewBy ?? null,
        escalations: [],
        decisions: decisionsAfter(row, event, fact.data.reasons),
      };
    case 'AppealDismissed':
    case 'AccountWarned':
    case 'AccountSuspended':
      return { decisions: decisionsAfter(row, event, fact.data.reasons) };
    case 'VerificationApproved':
    case 'VerificationConfirmed':
    case 'AccountReinstated':
      return { decisions: decisionsAfter(row, event, []) };
    default:
      return {};
  }
}

/** Until when it is the reviewers' move: the review's own deadline, the re-review's, or that of an appeal beside it. */
function decideByOf(row: AccountRow, review: ReviewState | null, reviewBy: string | null): string | null {
  const ofReview = review === 'pending_review' ? row.facts.decideBy : review === 're_review' ? reviewBy : undefined;
  const ofAppeal = isSuspensionAppealed(row) ? row.facts.standing?.decideBy : undefined;
  return [ofReview, ofAppeal].filter((one) => typeof one === 'string').sort()[0] ?? null;
}

function evolve(row: ReviewRow | undefined, event: ProjectedEvent): ReviewRow {
  const before = row ?? noReview;
  const account = evolveAccount(row, event);
  const review = reviewStateOf(account);
  const details = { ...before, ...detail(before, event) };
  const reviewBy = reReviewOf(account.state) === 'none' ? null : details.reviewBy;
  return {
    ...details,
    ...account,
    reviewBy,
    decideBy: decideByOf(account, review, reviewBy),
    notes: notesAfter(before.notes, event),
    review,
    suspensionAppeal: isSuspensionAppealed(account),
    // Going to the customer and back does not lose one's place in the queue; leaving it and coming again does.
    waitingSince: review === null ? null : (before.waitingSince ?? event.fact.occurredAt),
  };
}

export const reviewQueue: Projection<ReviewRow> = {
  name: 'review_queue',
  version: 4,
  types: allAccountEvents,
  key: accountKey,
  evolve,
  columns: {
    review: (row) => row.review,
    suspension_appeal: (row) => (row.suspensionAppeal ? 1 : null),
    reviewer: (row) => row.facts.assignee ?? null,
    waiting_since: (row) => row.waitingSince,
    decide_by: (row) => row.decideBy,
  },
  // In the order of the queue. What is counted is in an index: the rows themselves are long.
  indexes: [
    ['waiting_since', 'key', 'decide_by'],
    ['review', 'waiting_since', 'key'],
    ['reviewer', 'waiting_since', 'key'],
    ['suspension_appeal', 'waiting_since', 'key'],
  ],
};
