/**
 * All that the gate's answers about an account follow from, and nothing else: no personal data, no inner states. Two
 * equal views give equal answers to every question, so a change of the view is a change of the gate; it is what the
 * gate feed sends and what its client asks.
 */
import type { StateValue } from '../events/envelope.js';
import { entryOf } from '../events/record.js';
import type { ChannelKind } from '../events/vocabulary.js';
import type { AccountFacts, ApprovalScope, Channel } from './facts.js';
import {
  missingToApprove,
  missingToRequest,
  missingToSend,
  type Mover,
  moverOfDomains,
  type OpenRequirement,
} from './requirements.js';
import { type Standing, standingOf, type Status, statusOf, suspensionAppealOf, verificationState } from './status.js';

/** What the gate knows of an account, at a revision. */
export type GateSubject = {
  readonly facts: AccountFacts;
  readonly state: StateValue;
  readonly revision: number;
};

/** A channel of an account. Only where it decides something (verified, not suspended): why its domain may not send. */
export type GateChannel = {
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly stoppedBy?: {
    readonly reason: 'domain_unverified' | 'domain_lapsed';
    /** Who must act so that it may: the system while all that is missing is a check. */
    readonly awaitingActionFrom: Mover;
  };
};

export type GateView = {
  readonly status: Status;
  readonly standing: Standing;
  /** In the order in which answers list them; none once the account is closed. */
  readonly channels: readonly GateChannel[];
  /** What the approval covers, while the account is verified and may send. */
  readonly scope?: ApprovalScope;
  /** What is missing for the next step towards sending. */
  readonly missing: readonly OpenRequirement[];
  /** Whose move it is when the account as a whole may not send. */
  readonly awaitingActionFrom: Mover | null;
};

/** What the gate's answers about an account follow from. Pure. */
export function gateViewOf({ facts, state }: GateSubject): GateView {
  const standing = standingOf(state);
  const status = statusOf(state) ?? 'not_requested';
  const sends = status === 'verified' && standing !== 'suspended';
  return {
    status,
    standing,
    channels: standing === 'closed' ? [] : channelsOf(facts, sends),
    ...(sends && facts.scope !== undefined ? { scope: facts.scope } : {}),
    missing: missingOf(facts, state),
    awaitingActionFrom: awaitingOf(facts, state),
  };
}

function channelsOf(facts: AccountFacts, sends: boolean): GateChannel[] {
  return Object.entries(facts.channels).map(([channelId, channel]) => ({
    channelId,
    kind: channel.kind,
    ...(sends ? stopOf(channel, facts) : {}),
  }));
}

function stopOf({ kind, domain: name = '' }: Channel, facts: AccountFacts): Pick<GateChannel, 'stoppedBy'> {
  if (kind !== 'email') return {};
  const domain = entryOf(facts.domains, name);
  if (domain?.state === 'verified' || domain?.state === 'temporaryFailure') return {};
  const reason = domain?.lapsed === true ? 'domain_lapsed' : 'domain_unverified';
  return { stoppedBy: { reason, awaitingActionFrom: moverOfDomains([name], facts) } };
}

function missingOf(facts: AccountFacts, state: StateValue): readonly OpenRequirement[] {
  switch (verificationState(state)) {
    case 'screening':
    case 'pendingReview':
    case 'infoRequested':
      return missingToApprove(facts);
    case 'verified':
      return missingToSend(facts);
    case 'ended':
      return [];
    default:
      return missingToRequest(facts);
  }
}

function awaitingOf({ decision }: AccountFacts, state: StateValue): Mover | null {
  if (standingOf(state) === 'suspended') {
    const appeal = suspensionAppealOf(state);
    return appeal === 'appealed' ? 'reviewer' : appeal === 'unappealed' ? 'customer' : null;
  }
  switch (verificationState(state)) {
    case 'screening':
      return 'system';
    case 'pendingReview':
      return 'reviewer';
    case 'rejected':
    case 'revoked': {
      const canAct = decision?.appeal === 'none' || (decision?.retryable === true && !decision.windowClosed);
      return canAct ? 'customer' : null;
    }
    case 'ended':
      return null;
    default:
      return 'customer';
  }
}
