/**
 * The requests of one account, each with what was decided and what another policy would have decided.
 *
 * A request lasts from its VerificationRequested to the next one, or to the end of the account's stream: an appeal
 * against its rejection is part of it. It *ends* with the first approval, rejection, withdrawal, question that ran out,
 * or closing; screenings after that (of an appeal, of a re-review) are advice, and not looked at.
 *
 * Of a request that was screened several times:
 * - what the log decided is the first screening that led away from review (approved, asked); where none did, the first
 *   one stands for all.
 * - what the candidate decides is the first screening at which the log *or* the candidate leads away from review. What
 *   came after that is history of the log's own answer, and says nothing of what the candidate's would have brought.
 */
import { type AccountSnapshot, foldOne, initialSnapshot } from '../../machines/fold.js';
import { accountOf } from '../events/envelope.js';
import type { FactOf } from '../events/fact.js';
import type { Instant } from '../events/time.js';
import type { RecordedEvent } from '../events/upcast.js';
import type { Finding } from '../policy/facts.js';
import type { PolicyDocument } from '../policy/policy.js';
import {
  type ApprovalVerdict,
  approveAgain,
  outcomeOf,
  screenAgain,
  screenedThen,
  type ScreeningVerdict,
} from './again.js';

/** Where a decision stands in the log, and by which policy it was taken; null where the log does not say it. */
export type Place = { readonly revision: number; readonly at: Instant; readonly policyVersion: string | null };

/** A finding that did not pass: it is what a decision other than approval rests on. */
export type Doubt = Pick<Finding, 'check' | 'outcome' | 'reasonCode'>;

export type ScreeningAgain = {
  readonly before: ScreeningVerdict & Place;
  readonly after: ScreeningVerdict & Place;
  /** The findings of the screening at which the candidate decides that did not pass. */
  readonly doubts: readonly Doubt[];
};

/**
 * A person's approval decided again, with the policy of then. `forestalled`: the candidate had approved at the screening already, so nobody would
 * have been asked.
 */
export type ApprovalAgain = Place &
  Omit<ApprovalVerdict, 'outcome'> & { readonly outcome: ApprovalVerdict['outcome'] | 'forestalled' };

/**
 * What became of it from its first decision on, each the first time: null when it never did. The person's word on this
 * very request, up to the next one (also an approval that is itself decided again); standing, revocation and signals of
 * abuse to the end of the log, for they speak of the sender.
 */
export type Later = {
  readonly approvedByPersonAt: Instant | null;
  readonly rejectedAt: Instant | null;
  readonly warnedAt: Instant | null;
  readonly suspendedAt: Instant | null;
  readonly revokedAt: Instant | null;
  readonly abuseSignals: number;
};

export type ReplayedRequest = {
  readonly accountId: string;
  readonly revision: number;
  readonly position: string;
  readonly at: Instant;
  /** `skipped`: it went to a person without the checks; `none`: it ended before them, or still waits for them. */
  readonly screening: ScreeningAgain | 'skipped' | 'none';
  /** The first approval by a person that the candidate refuses, else the first; null where no person approved it. */
  readonly approval: ApprovalAgain | null;
  /** How many approvals by a person there were, appeals included. */
  readonly approvals: number;
  readonly later: Later;
};

/** What the policies were, by version; undefined for one that the log does not have. */
export type PolicyByVersion = (version: string | undefined) => PolicyDocument | undefined;

type Pair = {
  readonly before: ScreeningVerdict & Place;
  readonly after: ScreeningVerdict & Place;
  readonly doubts: readonly Doubt[];
};

type Moment = { readonly type: string; readonly revision: number; readonly at: Instant };

type Open = {
  readonly event: RecordedEvent;
  ended: boolean;
  skipped: boolean;
  /** The first screening, the first that led away from review in the log, and the one at which the candidate decides. */
  first?: Pair;
  away?: Pair;
  parted?: Pair;
  approval: ApprovalAgain | null;
  approvals: number;
  /** The revision of the first decision: what comes after it is what became of it. */
  decided?: number;
  /** The revision before which the request lasts. */
  until: number;
};

const ends: ReadonlySet<string> = new Set([
  'VerificationApproved',
  'VerificationRejected',
  'VerificationWithdrawn',
  'InformationRequestExpired',
  'AccountClosed',
]);

const remembered: ReadonlySet<string> = new Set([
  'VerificationApproved',
  'VerificationRejected',
  'VerificationRevoked',
  'AccountWarned',
  'AccountSuspended',
  'AbuseSignalRecorded',
]);

/** One account's stream, event by event from its first. */
export class AccountBacktest {
  #snapshot: AccountSnapshot = initialSnapshot;
  readonly #requests: Open[] = [];
  readonly #moments: Moment[] = [];
  /** A screening whose command may have appended one more event: the next one tells. */
  #screening:
    { readonly event: RecordedEvent; readonly fact: FactOf<'ScreeningCompleted'>; before: AccountSnapshot } | undefined;

  constructor(
    readonly candidate: PolicyDocument,
    readonly policies: PolicyByVersion,
  ) {}

  /** Takes the next event. @throws {UnfoldableEvent} when the log and the chart have parted */
  add(event: RecordedEvent): void {
    const { fact, stream, revision } = event;
    const before = this.#snapshot;
    this.#settleScreening(event);
    if (remembered.has(fact.type) && !(fact.type === 'VerificationApproved' && fact.data.automatic)) {
      this.#moments.push({ type: fact.type, revision, at: fact.occurredAt });
    }
    const current = this.#requests.at(-1);
    if (fact.type === 'VerificationRequested') {
      if (current !== undefined) current.until = revision;
      this.#requests.push({ event, ended: false, skipped: false, approval: null, approvals: 0, until: Infinity });
    } else if (fact.type === 'VerificationApproved' && !fact.data.automatic) {
      if (current !== undefined) this.#approve(current, before, fact, placeOf(event));
    } else if (fact.type === 'ScreeningSkipped' && current !== undefined) {
      current.skipped = true;
    } else if (fact.type === 'ScreeningCompleted' && current?.ended === false) {
      this.#screening = { event, fact, before };
    }
    if (current !== undefined) current.ended ||= ends.has(fact.type);
    this.#snapshot = foldOne(stream, before, revision, fact);
  }

  /** The requests so far, oldest first; to be asked once the stream is at its end. */
  finish(): ReplayedRequest[] {
    this.#settleScreening(undefined);
    return this.#requests.map((request) => this.#replayed(request));
  }

  #settleScreening(next: RecordedEvent | undefined): void {
    const screening = this.#screening;
    const current = this.#requests.at(-1);
    if (screening === undefined || current === undefined) return;
    this.#screening = undefined;
    const { event, fact, before } = screening;
    const followed = next !== undefined && next.metadata.commandId === event.metadata.commandId;
    const place = placeOf(event);
    const policies = {
      recommended: this.policies(fact.data.policyVersion),
      decided: this.policies(event.metadata.policyVersion),
    };
    const then = screenedThen(before, fact, outcomeOf(followed ? [next.fact.type] : []), policies);
    const again = screenAgain(before, fact, this.candidate);
    const doubts = fact.data.findings.filter(({ outcome }) => outcome !== 'pass').map(doubtOf);
    const pair = {
      before: { ...then, ...place },
      after: { ...again, ...place, policyVersion: this.candidate.version },
      doubts,
    };
    current.first ??= pair;
    current.decided ??= event.revision;
    const isAway = then.outcome !== 'review';
    if (isAway) current.away ??= pair;
    if (isAway || again.outcome !== 'review') current.parted ??= pair;
  }

  #approve(request: Open, before: AccountSnapshot, fact: FactOf<'VerificationApproved'>, place: Place): void {
    request.approvals += 1;
    request.decided ??= place.revision;
    const forestalled = request.parted?.after.outcome === 'approved';
    const again: ApprovalAgain = forestalled
      ? { ...place, outcome: 'forestalled', rule: null, missing: [] }
      : { ...place, ...approveAgain(before, fact, this.candidate) };
    if (request.approval === null || (request.approval.outcome !== 'refused' && again.outcome === 'refused')) {
      request.approval = again;
    }
  }

  #replayed(request: Open): ReplayedRequest {
    const { event, first, away, parted, approval, approvals, skipped } = request;
    const decided = parted ?? first;
    const screening =
      first === undefined || decided === undefined
        ? skipped
          ? 'skipped'
          : 'none'
        : { before: (away ?? first).before, after: decided.after, doubts: decided.doubts };
    return {
      accountId: accountOf(event.stream) ?? event.stream,
      revision: event.revision,
      position: event.position,
      at: event.fact.occurredAt,
      screening,
      approval,
      approvals,
      later: this.#later(request),
    };
  }

  #later({ decided, event, until }: Open): Later {
    const from = decided ?? event.revision;
    const since = this.#moments.filter(({ revision }) => revision >= from);
    const first = (type: string, before = Infinity): Instant | null =>
      since.find((moment) => moment.type === type && moment.revision < before)?.at ?? null;
    return {
      approvedByPersonAt: first('VerificationApproved', until),
      rejectedAt: first('VerificationRejected', until),
      warnedAt: first('AccountWarned'),
      suspendedAt: first('AccountSuspended'),
      revokedAt: first('VerificationRevoked'),
      abuseSignals: since.filter(({ type }) => type === 'AbuseSignalRecorded').length,
    };
  }
}

function placeOf({ revision, fact, metadata }: RecordedEvent): Place {
  return { revision, at: fact.occurredAt, policyVersion: metadata.policyVersion ?? null };
}

function doubtOf({ check, outcome, reasonCode }: Finding): Doubt {
  return { check, outcome, ...(reasonCode === undefined ? {} : { reasonCode }) };
}
