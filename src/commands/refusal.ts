/** Refusals: why a command was not accepted, as a value. Nothing is left behind by a refused command. */
import type { StateValue } from '../events/envelope.js';
import type { Requirement } from '../events/vocabulary.js';
import type { Mover } from '../policy/requirements.js';
import type { Status } from '../policy/status.js';
import type { CommandName } from './catalogue.js';

/** Every refusal there is, in the order in which they are named when several hold. */
export const refusalCodes = [
  'forbidden_role',
  'idempotency_key_reused',
  'out_of_order',
  'stale',
  'unknown_account',
  'already_signed_up',
  'closed',
  'not_in_this_state',
  'already_proposed',
  'already_appealed',
  'not_retryable',
  'window_closed',
  'not_due',
  'not_your_proposal',
  'self_approval',
  'own_submission',
  'same_reviewer_on_appeal',
  'second_person_required',
  'setup_incomplete',
  'requirements_missing',
  'items_unanswered',
  'unknown_channel',
  'unknown_domain',
  'unknown_message',
  'unknown_evidence',
  'domain_in_use',
  'too_much_evidence',
  'too_many_domains',
  // Not the chart's: too many others wrote to the account at the same time.
  'conflict',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** Something that is missing, and who must provide it. */
export type Missing = { readonly requirement: Requirement; readonly awaitingActionFrom: Mover };

export type Refusal = {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** One sentence for the sender: what stands in the way, and what to do. */
  readonly detail: string;
  readonly status: Status | null;
  readonly state: StateValue | null;
  readonly allowedCommands: readonly CommandName[];
  readonly missing: readonly Missing[];
};

/** The refusal that is named first. */
export function firstRefusal(codes: readonly (RefusalCode | undefined)[]): RefusalCode | undefined {
  return refusalCodes.find((code) => codes.includes(code));
}

/** What each refusal says to the sender. */
export const refusalDetails: Readonly<Record<RefusalCode, string>> = {
  forbidden_role: 'This role may not send this command. Use a token of a role that may.',
  idempotency_key_reused: 'This key was used for another command before. Send a new command with a new key.',
  out_of_order: 'The account has later events than this line; history is not rewritten.',
  stale: 'Something that bears on this decision came in since. Look at it, then decide again.',
  unknown_account: 'There is no such account. Sign it up first.',
  already_signed_up: 'This account has signed up already.',
  closed: 'The account is closed; only notifications are still recorded.',
  not_in_this_state: 'This command has no place in the account’s present state.',
  already_proposed: 'An approval is proposed already. Approve it as a second person, or have its author withdraw it.',
  already_appealed: 'There is one appeal for each decision, and it was made already.',
  not_retryable: 'The decision was final: verification cannot be requested again. An appeal may still be open.',
  window_closed: 'The time to request again is over.',
  not_due: 'It is not time for this yet.',
  not_your_proposal: 'Only the author of the proposal may withdraw it.',
  self_approval: 'Who proposed the approval cannot approve it. A second person must.',
  own_submission: 'Who sent the request, an answer or evidence cannot approve it. Another reviewer must.',
  same_reviewer_on_appeal: 'Who took the decision cannot decide the appeal against it. Another reviewer must.',
  second_person_required: 'The policy asks for two persons. Propose the approval; another reviewer then approves it.',
  setup_incomplete: 'The account is not set up for this yet. See `missing`.',
  requirements_missing: 'Requirements for approval are open. See `missing`; a reviewer may waive one.',
  items_unanswered:
    'Every open question needs an answer: a text, evidence, or why it cannot be provided. See `missing`.',
  unknown_channel: 'The account has no such channel. Configure it first.',
  unknown_domain: 'The account has no such domain. Add it first.',
  unknown_message: 'The account has no such message. Record it first.',
  unknown_evidence: 'The account has no such evidence. Attach it first.',
  domain_in_use: 'A channel sends from this domain. Remove or change the channel first.',
  too_much_evidence: 'Evidence was attached to the account as often as it may be. Say the rest in words.',
  too_many_domains: 'The account has as many domains as it may have. Remove one that is not used.',
  conflict: 'Others changed the account at the same time, again and again. Try once more.',
};
