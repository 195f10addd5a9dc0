/** Which part of the queue is looked at: the tab and the state, as the address has them and as the API is asked. */
import type { Answer } from '../api/types.js';

export type ReviewLine = Answer<'/v1/review-lines'>['items'][number];
export type ReviewCounts = Answer<'/v1/review-counts'>;

export const tabs = ['mine', 'unassigned', 'overdue', 'all'] as const;
export type Tab = (typeof tabs)[number];
export type ReviewState = NonNullable<ReviewLine['review']>;
export type Filter = { readonly tab: Tab; readonly state: ReviewState | undefined };

export const tabWords: Readonly<Record<Tab, string>> = {
  mine: 'Mine',
  unassigned: 'Unassigned',
  overdue: 'Overdue',
  all: 'All',
};

/** The states that exist, by name. */
const states: Readonly<Record<ReviewState, true>> = {
  screening: true,
  pending_review: true,
  info_requested: true,
  re_review: true,
  re_review_info_requested: true,
  suspension_appeal: true,
};

function isState(text: string | undefined): text is ReviewState {
  return text !== undefined && Object.hasOwn(states, text);
}

/** The filter that an address names. @param last the tab that was looked at last */
export function filterOf(query: Readonly<Record<string, string>>, last: string | null): Filter {
  const named = query['tab'] ?? last;
  return {
    tab: tabs.find((tab) => tab === named) ?? 'all',
    state: isState(query['state']) ? query['state'] : undefined,
  };
}

export function addressOf({ tab, state }: Filter): string {
  return `/console/reviews?tab=${tab}${state === undefined ? '' : `&state=${state}`}`;
}

/** What the API is asked for a filter. @param me the actor id of whoever asks */
export function questionOf({ tab, state }: Filter, me: string) {
  return {
    ...(tab === 'mine' ? { reviewer: me } : tab === 'unassigned' ? { reviewer: 'none' } : {}),
    ...(tab === 'overdue' ? { overdue: 'true' as const } : {}),
    ...(state === undefined ? {} : { state }),
  };
}

/** Whether a review is overdue. @param now RFC 3339 in UTC with milliseconds, as instants are */
export function isOverdue({ decideBy }: Pick<ReviewLine, 'decideBy'>, now: string): boolean {
  return decideBy !== null && now >= decideBy;
}

/** Whether a review can be given to somebody in its state: while checks run, or for an appeal beside it, it cannot. */
export function isAssignable({ review }: Pick<ReviewLine, 'review'>): boolean {
  return review !== null && review !== 'screening' && review !== 'suspension_appeal';
}

/** Whether a line belongs to the part that is looked at: as the server selects. */
export function belongs(line: ReviewLine, { tab, state }: Filter, me: string, now: string): boolean {
  if (line.review === null) return false;
  if (state === 'suspension_appeal' ? !line.suspensionAppeal : state !== undefined && line.review !== state)
    return false;
  switch (tab) {
    case 'mine':
      return line.assignee === me;
    case 'unassigned':
      return line.assignee === null;
    case 'overdue':
      return isOverdue(line, now);
    default:
      return true;
  }
}

/** How many there are by the counts; undefined where the counts do not say it. */
export function countOf({ tab, state }: Filter, counts: ReviewCounts | undefined): number | undefined {
  if (counts === undefined) return undefined;
  if (state === undefined) return counts[tab];
  return tab === 'all' ? counts.states[state] : undefined;
}
