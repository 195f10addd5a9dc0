/**
 * What there is to tell after an event: the public part of it, and what can be done now. Notes, findings and who decided
 * are not in it, so no text can give them away.
 */
import type { StateValue } from '../events/envelope.js';
import type { EventType } from '../events/catalogue.js';
import type { Fact } from '../events/fact.js';
import type { Instant } from '../events/time.js';
import { publicReasonCode, type PublicReasonCode, type Requirement } from '../events/vocabulary.js';
import { type AccountFacts, answerBy, type ApprovalScope, type Item, type Reason } from '../policy/facts.js';
import type { MailTemplate, PolicyDocument } from '../policy/policy.js';
import { reReviewOf, standingOf, verificationState } from '../policy/status.js';

export type PublicReason = { readonly code: PublicReasonCode; readonly message: string };
export type PublicQuestion = { readonly requirement: Requirement; readonly message: string };

/** What was under way when questions were asked: it says what happens when they stay open. */
export type Occasion = 'request' | 'appeal' | 'reReview';

/** What can be done about a decision. */
export type Remedies = {
  /** Whether verification can be requested again; `until` is the last instant, if there is one. */
  readonly requestAgain: { readonly until?: Instant } | undefined;
  readonly appeal: boolean;
};

export type Notice =
  | { readonly template: 'request_received'; readonly withinWorkingDays: number }
  | {
      readonly template: 'information_requested' | 'information_reminder';
      readonly questions: readonly PublicQuestion[];
      readonly respondBy: Instant;
      readonly occasion: Occasion;
    }
  | { readonly template: 'expired'; readonly remedies: Remedies }
  | { readonly template: 'approved'; readonly scope: ApprovalScope | undefined; readonly suspended: boolean }
  | {
      readonly template: 'rejected' | 'revoked';
      readonly reasons: readonly PublicReason[];
      readonly remedies: Remedies;
      /** Whether this answers an appeal: what was decided before stands. */
      readonly onAppeal: boolean;
    }
  | { readonly template: 'warned' | 'suspended'; readonly reasons: readonly PublicReason[] };

type WithTemplate<N, T> = N extends { readonly template: infer U } ? (T extends U ? N : never) : never;

/** The notice of one template. */
export type NoticeOf<T extends MailTemplate> = WithTemplate<Notice, T>;

/** The account after the event: its facts, and the chart's state. */
export type AccountThen = { readonly facts: AccountFacts; readonly state: StateValue };

function publicReasons(reasons: readonly Reason[]): PublicReason[] {
  return reasons.map(({ code, customerMessage }) => ({ code: publicReasonCode(code), message: customerMessage }));
}

function publicQuestions(items: readonly Item[]): PublicQuestion[] {
  return items.map(({ requirement, message }) => ({ requirement, message }));
}

function remediesOf({ decision }: AccountFacts): Remedies {
  if (decision === undefined) return { requestAgain: {}, appeal: false };
  const { retryable, windowClosed, resubmitUntil, appeal } = decision;
  const until = resubmitUntil === undefined ? {} : { until: resubmitUntil };
  return { requestAgain: retryable && !windowClosed ? until : undefined, appeal: appeal === 'none' };
}

/** What is under way while questions are open. */
export function occasionOf({ facts, state }: AccountThen): Occasion {
  if (reReviewOf(state) !== 'none') return 'reReview';
  return facts.decision?.appeal === 'open' ? 'appeal' : 'request';
}

const clockMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The policy's time to decide, in whole working days. */
export function workingDays({ decideWithinWorkingHours, workingHours }: PolicyDocument['review']): number {
  const hours = (clockMinutes(workingHours.to) - clockMinutes(workingHours.from)) / 60;
  return Math.max(1, Math.ceil(decideWithinWorkingHours / (hours > 0 ? hours : 8)));
}

/** The events that `noticeOf` may tell of. */
export const toldEvents = [
  'VerificationRequested',
  'InformationRequested',
  'InformationRequestExpired',
  'VerificationApproved',
  'VerificationRejected',
  'VerificationRevoked',
  'AccountWarned',
  'AccountSuspended',
] as const satisfies readonly EventType[];

/**
 * What an event gives reason to tell.
 * @param then the account after the event
 * @returns undefined when nobody is told of it
 */
export function noticeOf(fact: Fact, then: AccountThen, policy: PolicyDocument): Notice | undefined {
  const { facts, state } = then;
  switch (fact.type) {
    case 'VerificationRequested':
      return { template: 'request_received', withinWorkingDays: workingDays(policy.review) };
    case 'InformationRequested': {
      const { items, respondBy } = fact.data;
      const questions = publicQuestions(items);
      return { template: 'information_requested', questions, respondBy, occasion: occasionOf(then) };
    }
    case 'InformationRequestExpired':
      // A re-review goes on without the answers: there is nothing to do, and sending goes on.
      return verificationState(state) === 'verified' ? undefined : { template: 'expired', remedies: remediesOf(facts) };
    case 'VerificationApproved':
      return { template: 'approved', scope: fact.data.scope, suspended: standingOf(state) === 'suspended' };
    case 'VerificationRejected':
    case 'VerificationRevoked':
      return {
        template: fact.type === 'VerificationRejected' ? 'rejected' : 'revoked',
        reasons: publicReasons(fact.data.reasons),
        remedies: remediesOf(facts),
        onAppeal: facts.decision?.appeal === 'used',
      };
    case 'AccountWarned':
      return { template: 'warned', reasons: publicReasons(fact.data.reasons) };
    case 'AccountSuspended':
      return { template: 'suspended', reasons: publicReasons(fact.data.reasons) };
    default:
      return undefined;
  }
}

/** The notice of questions that are still open; undefined when there are none. */
export function openQuestionsNotice(
  template: 'information_requested' | 'information_reminder',
  then: AccountThen,
): NoticeOf<'information_requested'> | undefined {
  const { information } = then.facts;
  if (information === undefined) return undefined;
  const questions = publicQuestions(information.items);
  return { template, questions, respondBy: answerBy(information), occasion: occasionOf(then) };
}
