/**
 * The reviewers' clock: until when they are to decide. It runs while it is their move only; the deadline is written into
 * the event that makes it their move, in working hours of the policy then in force.
 *
 * A review that begins, an answer that comes back and an appeal each give the whole time. A question that a reviewer
 * takes back gives what was left when it was asked, so that asking and taking back gains nobody time.
 */
import type { Proposal } from '../events/fact.js';
import type { Instant } from '../events/time.js';
import { verificationState } from '../policy/status.js';
import { addWorkingHours, resumeDeadline } from '../policy/workingHours.js';
import { stateOf } from '../../machines/fold.js';
import type { CommandName } from './catalogue.js';
import type { DeciderInput } from './decider.js';

type Proposals = readonly [Proposal, ...Proposal[]];

/** What a command proposes, with the deadline where it makes it the reviewers' move. */
export function withDeadline([first, ...others]: Proposals, input: DeciderInput<CommandName>): Proposals {
  // What goes on to the customer, or is decided at once, starts no clock.
  if (others.length > 0) return [first, ...others];
  return [dated(first, input)];
}

function dated(proposal: Proposal, input: DeciderInput<CommandName>): Proposal {
  const state = verificationState(stateOf(input.snapshot));
  switch (proposal.type) {
    case 'ScreeningCompleted':
      return state === 'screening' ? { ...proposal, data: { ...proposal.data, decideBy: wholeTime(input) } } : proposal;
    case 'ScreeningSkipped':
      return { ...proposal, data: { ...proposal.data, decideBy: wholeTime(input) } };
    case 'AppealSubmitted':
      return { ...proposal, data: { ...proposal.data, decideBy: wholeTime(input) } };
    case 'InformationSubmitted':
      return state === 'infoRequested'
        ? { ...proposal, data: { ...proposal.data, decideBy: wholeTime(input) } }
        : proposal;
    case 'InformationRequestCancelled':
      return state === 'infoRequested'
        ? { ...proposal, data: { ...proposal.data, decideBy: timeLeft(input) } }
        : proposal;
    default:
      return proposal;
  }
}

function wholeTime({ now, policy: { review } }: DeciderInput<CommandName>): Instant {
  return addWorkingHours(now, review.decideWithinWorkingHours, review.workingHours);
}

function timeLeft(input: DeciderInput<CommandName>): Instant {
  const { decideBy, information } = input.facts;
  // Questions that screening asked came before any time of the reviewers.
  if (decideBy === undefined || information === undefined) return wholeTime(input);
  return resumeDeadline(decideBy, information.at, input.now, input.policy.review.workingHours);
}
