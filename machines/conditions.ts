/**
 * What the chart's guards ask. Each condition holds for ever (order, setup, two persons, retryable, windows), never by
 * policy, and names the refusal that a command gets when it fails. The chart lists conditions in the order in which
 * refusals are named; `decide` reads that list off the chart itself, so there is no second set of status checks.
 */
import type { EventData, EventType } from '../src/events/catalogue.js';
import type { Fact } from '../src/events/fact.js';
import { entryOf } from '../src/events/record.js';
import { type AccountFacts, changesProfile, evolveFacts } from '../src/policy/facts.js';
import { missingSetup, missingToApprove, missingToRequest } from '../src/policy/requirements.js';

/** The refusals that the chart's own conditions can name. */
export type ChartRefusal =
  | 'not_in_this_state'
  | 'already_proposed'
  | 'already_appealed'
  | 'not_retryable'
  | 'window_closed'
  | 'not_due'
  | 'not_your_proposal'
  | 'self_approval'
  | 'own_submission'
  | 'same_reviewer_on_appeal'
  | 'setup_incomplete'
  | 'requirements_missing'
  | 'items_unanswered'
  | 'unknown_channel';

/**
 * A condition on the facts and the event. One without a refusal only chooses between transitions of the same event: it
 * never is the reason why an event has no place.
 */
export type Condition = {
  readonly refusal?: ChartRefusal;
  readonly holds: (facts: AccountFacts, fact: Fact) => boolean;
};

function define<N extends string>(conditions: Record<N, Condition>): Record<N, Condition> {
  return conditions;
}

function dataOf<T extends EventType>(fact: Fact, type: T): EventData<T> | undefined {
  return fact.type === type ? (fact.data as EventData<T>) : undefined;
}

/** ISO instants in UTC compare as text. */
const isDue = (fact: Fact, deadline: string | undefined): boolean =>
  deadline !== undefined && fact.occurredAt >= deadline;

/** Everybody whose own words or files are part of the request: sender, answerers, and who attached evidence. */
function submitters(facts: AccountFacts): readonly string[] {
  const evidence = Object.values(facts.evidence).flatMap((one) => one.by);
  return [...(facts.request === undefined ? [] : [facts.request.by]), ...facts.answeredBy, ...evidence];
}

const underAppeal = (facts: AccountFacts): boolean => facts.decision?.appeal === 'open';

export const conditions = define({
  // Which way an event leads

  /** A signed-up account that is not closed. */
  isLive: { holds: (facts) => facts.signedUpAt !== undefined && facts.closed === undefined },
  /** The channel to be removed is the only one left. */
  isLastChannel: {
    holds: (facts, fact) =>
      Object.keys(facts.channels).every((channelId) => channelId === dataOf(fact, 'ChannelRemoved')?.channelId),
  },
  /** The review under way decides an appeal against a rejection: what ends it leads back to `rejected`. */
  isAppealOfRejection: { holds: (facts) => underAppeal(facts) && facts.decision?.kind === 'rejected' },
  /** The review under way decides an appeal against a revocation: what ends it leads back to `revoked`. */
  isAppealOfRevocation: { holds: (facts) => underAppeal(facts) && facts.decision?.kind === 'revoked' },
  /** The assignee outlives a question to the customer: the review comes back assigned. */
  hasAssignee: { holds: (facts) => facts.assignee !== undefined },
  /** A changed answer voids a proposal; the same answers again do not. */
  changesProfile: {
    holds: (facts, fact) => {
      const update = dataOf(fact, 'BusinessProfileUpdated');
      return update !== undefined && changesProfile(facts, update);
    },
  },

  // What an event needs

  knowsChannel: {
    refusal: 'unknown_channel',
    holds: (facts, fact) => {
      const channelId = dataOf(fact, 'ChannelRemoved')?.channelId ?? dataOf(fact, 'MessageCreated')?.channelId;
      return channelId !== undefined && entryOf(facts.channels, channelId) !== undefined;
    },
  },
  /** People, events, a channel and a message; website, technical contact and use case in the request or the profile. */
  isReadyToRequest: {
    refusal: 'setup_incomplete',
    holds: (facts, fact) => missingToRequest(evolveFacts(facts, fact)).length === 0,
  },
  /** Setup can be undone under review: the last channel removed, say. */
  isSetUp: { refusal: 'setup_incomplete', holds: (facts) => missingSetup(facts).length === 0 },
  meetsRequirements: { refusal: 'requirements_missing', holds: (facts) => missingToApprove(facts).length === 0 },
  isAssigned: { refusal: 'not_in_this_state', holds: (facts) => facts.assignee !== undefined },
  hasNoProposal: { refusal: 'already_proposed', holds: (facts) => facts.proposal === undefined },
  isAuthorOfProposal: {
    refusal: 'not_your_proposal',
    holds: (facts, fact) => facts.proposal?.by === fact.actor.id,
  },
  /** Every open question has an answer (a text, evidence, or why it cannot be given). */
  answersEveryItem: {
    refusal: 'items_unanswered',
    holds: (facts, fact) => {
      const answered = new Set(dataOf(fact, 'InformationSubmitted')?.answers.map((answer) => answer.requirement));
      return (facts.information?.items ?? []).every((item) => answered.has(item.requirement));
    },
  },

  // Two persons: two actor ids

  /** Once proposed, a second person approves. */
  isSecondPerson: { refusal: 'self_approval', holds: (facts, fact) => facts.proposal?.by !== fact.actor.id },
  isNotSubmitter: { refusal: 'own_submission', holds: (facts, fact) => !submitters(facts).includes(fact.actor.id) },
  /** Who rejected or revoked may not decide the appeal against it. */
  isOtherReviewerOnAppeal: {
    refusal: 'same_reviewer_on_appeal',
    holds: (facts, fact) => !underAppeal(facts) || facts.decision?.by !== fact.actor.id,
  },

  // Retryable, windows and appeals

  isRetryable: { refusal: 'not_retryable', holds: (facts) => facts.decision?.retryable === true },
  isWindowOpen: {
    refusal: 'window_closed',
    holds: (facts, fact) => {
      const until = facts.decision?.resubmitUntil;
      return facts.decision?.windowClosed !== true && (until === undefined || fact.occurredAt <= until);
    },
  },
  isWindowNotYetClosed: { refusal: 'window_closed', holds: (facts) => facts.decision?.windowClosed !== true },
  isWindowOver: { refusal: 'not_due', holds: (facts, fact) => isDue(fact, facts.decision?.resubmitUntil) },
  isAnswerOverdue: { refusal: 'not_due', holds: (facts, fact) => isDue(fact, facts.information?.respondBy) },
  /** A person may skip screening at any time, the system only when it took too long. */
  isScreeningOverdueForSystem: {
    refusal: 'not_due',
    holds: (facts, fact) => fact.actor.type !== 'system' || isDue(fact, facts.request?.screenBy),
  },
  isAgainstVerification: {
    refusal: 'not_in_this_state',
    holds: (_facts, fact) => dataOf(fact, 'AppealSubmitted')?.against === 'verification',
  },
  isAgainstSuspension: {
    refusal: 'not_in_this_state',
    holds: (_facts, fact) => dataOf(fact, 'AppealSubmitted')?.against === 'suspension',
  },
  /** One appeal for each rejection or revocation. */
  isFirstAppeal: { refusal: 'already_appealed', holds: (facts) => facts.decision?.appeal === 'none' },
  /** One appeal for each suspension. */
  isFirstAppealOfSuspension: { refusal: 'already_appealed', holds: (facts) => facts.standing?.appealed === false },
});

export type ConditionName = keyof typeof conditions;

/** The first condition of a list that does not hold; undefined when all do. */
export function firstUnmet(
  names: readonly ConditionName[],
  facts: AccountFacts,
  fact: Fact,
): ConditionName | undefined {
  return names.find((name) => !conditions[name].holds(facts, fact));
}
