/** The words for the sending gate's answers. */
import type { Tone } from './status.js';

type Words = Readonly<Record<string, string>>;

export const actionWords: Words = {
  'campaign.start': 'Start a campaign',
  'campaign.resume': 'Resume a campaign',
  'broadcast.start': 'Start a broadcast',
  'broadcast.schedule': 'Schedule a broadcast',
  'draft.queue': 'Queue a draft',
  'message.send': 'Send a message',
  'message.send_test': 'Send a test message',
  'people.write': 'Add and change people',
  'events.write': 'Send in events',
  'segment.create': 'Create a segment',
  'campaign.author': 'Write a campaign',
  'broadcast.author': 'Write a broadcast',
  'message.author': 'Write a message',
  'message.preview': 'Preview a message',
};

export const gateReasonWords: Words = {
  not_requested: 'Verification was not requested',
  in_review: 'The request is under review',
  information_requested: 'Questions to the customer are open',
  rejected: 'Verification was rejected',
  revoked: 'Verification was revoked',
  expired: 'The request expired unanswered',
  suspended: 'The account is suspended',
  closed: 'The account is closed',
  unknown_account: 'There is no such account',
  not_up_to_date: 'The gate does not know the latest state yet',
  channel_missing: 'No channel is set up',
  out_of_scope: 'Outside of what the approval covers',
  domain_unverified: 'The sending domain is not verified',
  domain_lapsed: 'The sending domain lapsed',
};

export const capabilityWords: Words = {
  active: 'Active',
  pending: 'Pending',
  rejected: 'Rejected',
  restricted: 'Restricted',
};

export const capabilityTones: Readonly<Record<string, Tone>> = {
  active: 'ok',
  pending: 'info',
  rejected: 'stop',
  restricted: 'wait',
};

export const deliveryWords: Words = {
  live: 'Live',
  test: 'Test only',
  open: 'Open',
  blocked: 'Blocked',
};
