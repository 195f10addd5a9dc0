/** Names of what is counted. */
import { codeWords } from '../words/status.js';

const steps: Readonly<Record<string, string>> = {
  signed_up: 'Signed up',
  people_added: 'Added people',
  events_received: 'Sent events',
  channel_configured: 'Set up a channel',
  message_created: 'Created a message',
  requested: 'Requested verification',
  screened: 'Screened',
  decided: 'Approved or rejected',
  verified: 'Verified',
};

const states: Readonly<Record<string, string>> = {
  notRequested: 'Not requested',
  screening: 'Screening',
  pendingReview: 'Waiting for a reviewer',
  infoRequested: 'Waiting for the customer',
  verified: 'Verified',
  rejected: 'Rejected',
  revoked: 'Revoked',
  expired: 'Expired',
  ended: 'Closed',
  good: 'Good standing',
  warned: 'Warned',
  suspended: 'Suspended',
  closed: 'Closed',
};

const reviews: Readonly<Record<string, string>> = {
  screening: 'Screening',
  pending_review: 'Waiting for a reviewer',
  info_requested: 'Waiting for the customer',
  re_review: 'Re-review',
  re_review_info_requested: 'Re-review, waiting for the customer',
  suspension_appeal: 'Appeal against a suspension',
};

const known =
  (names: Readonly<Record<string, string>>) =>
  (code: string): string =>
    names[code] ?? codeWords(code);

/** A step on the way to being verified. */
export const stepName = known(steps);
/** A state of verification or standing. */
export const stateName = known(states);
/** A state of the review queue. */
export const reviewName = known(reviews);
