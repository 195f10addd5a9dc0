/** What falls due, and when: the timers' work list. One row an account, with the next due instant as its column. */
import type { Instant } from '../src/events/time.js';
import { answerBy } from '../src/policy/facts.js';
import { reReviewOf, verificationState } from '../src/policy/status.js';
import { accountKey, type AccountRow, allAccountEvents, evolveAccount } from './accountRow.js';
import type { ProjectedEvent, Projection } from './projection.js';

/**
 * What falls due: screening that has not ended, questions that were not answered, a window to request again that closes,
 * a review that is not decided.
 */
export const deadlineKinds = ['screening', 'answer', 'resubmission', 'decision'] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** One deadline: `since` is when what it belongs to began, so that two with the same end are two. */
export type Deadline = { readonly kind: DeadlineKind; readonly due: Instant; readonly since: Instant };

export type DeadlineRow = AccountRow & {
  /** Whether the last event is history that was brought in: it is left alone until the account's next live event. */
  readonly imported: boolean;
  /** The deadline of the review at which it was escalated. */
  readonly escalated: Instant | null;
  readonly next: Deadline | null;
};

/** The deadline that runs in an account's state; undefined while none does. */
function deadlineOf({ facts, state }: AccountRow, escalated: Instant | null): Deadline | undefined {
  const { request, information, decision, decideBy } = facts;
  switch (verificationState(state)) {
    case 'screening':
      return request === undefined ? undefined : { kind: 'screening', due: request.screenBy, since: request.at };
    case 'pendingReview':
      return decideBy === undefined || decideBy === escalated
        ? undefined
        : { kind: 'decision', due: decideBy, since: decideBy };
    case 'rejected': {
      if (decision?.retryable !== true || decision.windowClosed || decision.resubmitUntil === undefined)
        return undefined;
      return { kind: 'resubmission', due: decision.resubmitUntil, since: decision.at };
    }
    case 'infoRequested':
      break;
    default:
      if (reReviewOf(state) !== 'infoRequested') return undefined;
  }
  // A question that reached nobody does not run out.
  if (information === undefined || information.unreachable === true) return undefined;
  return { kind: 'answer', due: answerBy(information), since: information.at };
}

/** An escalation of an overdue review, by whomever, is the one for this deadline; an earlier one is not. */
function escalatedAfter(row: DeadlineRow | undefined, { fact }: ProjectedEvent): Instant | null {
  const decideBy = row?.facts.decideBy;
  const overdue = fact.type === 'ReviewEscalated' && decideBy !== undefined && fact.occurredAt >= decideBy;
  return overdue ? decideBy : (row?.escalated ?? null);
}

function evolve(row: DeadlineRow | undefined, event: ProjectedEvent): DeadlineRow {
  const account = evolveAccount(row, event);
  const imported = event.metadata.imported === true;
  const escalated = escalatedAfter(row, event);
  return { ...account, imported, escalated, next: deadlineOf(account, escalated) ?? null };
}

export const deadlines: Projection<DeadlineRow> = {
  name: 'deadlines',
  version: 1,
  types: allAccountEvents,
  key: accountKey,
  evolve,
  columns: { due_at: (row) => (row.imported ? null : (row.next?.due ?? null)) },
  indexes: [['due_at']],
};
