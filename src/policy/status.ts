/** The chart's state values in the words of customers and product backends, and small questions about them. */
import type { StateValue } from '../events/envelope.js';

/** The one flat status that customers and product backends see. */
export const statuses = [
  'not_requested',
  'in_review',
  'info_requested',
  'verified',
  'rejected',
  'revoked',
  'expired',
  'closed',
] as const;
export type Status = (typeof statuses)[number];

/** The standing of an account, without the state of an appeal. */
export type Standing = 'none' | 'good' | 'warned' | 'suspended' | 'closed';

function region(state: StateValue | null, name: string): StateValue | undefined {
  return state === null || typeof state === 'string' ? undefined : state[name];
}

function outermost(value: StateValue | undefined): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : (Object.keys(value)[0] ?? 'none');
}

/** The name of the verification state without its inner states: `pendingReview`, `verified`, … */
export function verificationState(state: StateValue | null): string {
  return outermost(region(state, 'verification'));
}

/** The name of the standing without its inner states. */
export function standingOf(state: StateValue | null): Standing {
  return outermost(region(state, 'standing')) as Standing;
}

const statusOfState: Readonly<Record<string, Status>> = {
  notRequested: 'not_requested',
  screening: 'in_review',
  pendingReview: 'in_review',
  infoRequested: 'info_requested',
  verified: 'verified',
  rejected: 'rejected',
  revoked: 'revoked',
  expired: 'expired',
  ended: 'closed',
};

/** The flat status of a state value; undefined before sign-up. */
export function statusOf(state: StateValue | null): Status | undefined {
  return statusOfState[verificationState(state)];
}

/** Whether a verified account is being looked at again, and whether it is asked something meanwhile. */
export function reReviewOf(state: StateValue | null): 'none' | 'open' | 'infoRequested' {
  const verification = region(state, 'verification');
  const verified = typeof verification === 'object' ? verification['verified'] : undefined;
  const reReview = typeof verified === 'object' ? verified['reReview'] : undefined;
  return reReview === 'open' || reReview === 'infoRequested' ? reReview : 'none';
}

/** Whether an appeal against the suspension is open or was dismissed. */
export function suspensionAppealOf(state: StateValue | null): 'none' | 'unappealed' | 'appealed' | 'upheld' {
  const standing = region(state, 'standing');
  const suspended = typeof standing === 'object' ? standing['suspended'] : undefined;
  return suspended === 'unappealed' || suspended === 'appealed' || suspended === 'upheld' ? suspended : 'none';
}
