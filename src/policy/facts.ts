/**
 * What the log says of an account, as a small value: kept in the chart's context and in projection rows, evolved by one
 * function everywhere. It holds facts, not workflow: in which state an account is, only the chart says.
 */
import type { EventData, EventType } from '../events/catalogue.js';
import type { Fact, FactOf } from '../events/fact.js';
import { entryOf } from '../events/record.js';
import { type Instant, millisecondsBetween, plusMilliseconds } from '../events/time.js';
import type { ChannelKind, Requirement } from '../events/vocabulary.js';

export type BusinessProfile = EventData<'BusinessProfileUpdated'>;
export type Reason = EventData<'VerificationRejected'>['reasons'][number];
export type Item = EventData<'InformationRequested'>['items'][number];
export type Answer = EventData<'InformationSubmitted'>['answers'][number];
export type ApprovalScope = NonNullable<EventData<'VerificationApproved'>['scope']>;
export type Finding = EventData<'ScreeningCompleted'>['findings'][number];
export type DnsRecord = EventData<'DomainVerified'>['records'][number];

export type Channel = { readonly kind: ChannelKind; readonly domain?: string | undefined };

export type DomainState = 'pending' | 'verified' | 'temporaryFailure' | 'failed';

/**
 * A sending domain. `lapsed` marks a failed one that had been verified; `failures` counts the failed checks in a row
 * since `failingSince`, while it was verified or in temporaryFailure.
 */
export type Domain = {
  readonly state: DomainState;
  readonly lapsed: boolean;
  readonly failures: number;
  readonly failingSince?: Instant;
  readonly dkim?: EventData<'DomainAdded'>['dkim'];
  readonly lastCheck?: {
    readonly outcome: 'verified' | 'failed' | 'temporary_failure';
    readonly records: readonly DnsRecord[];
    readonly at: Instant;
  };
};

/** What a request showed of its sample: a message's words, or which bytes. */
export type PinnedSample = NonNullable<EventData<'VerificationRequested'>['sample']>;

/** A piece of evidence, as it was attached last under its id. Its bytes are elsewhere, under their SHA-256. */
export type Evidence = Omit<EventData<'EvidenceAttached'>, 'evidenceId'> & {
  /** Everybody who attached something under this id; who did so last is last. */
  readonly by: readonly string[];
  /** When it was attached last. */
  readonly at: Instant;
  /** How often something was attached under this id. */
  readonly times: number;
};

/** So often evidence may be attached to one account, so that neither the log nor the store grows without end. */
export const mostEvidence = 200;

/**
 * So many domains one account may have: each is looked up on schedule and when it is screened, so that nobody sets the
 * name servers of others to work without end.
 */
export const mostDomains = 200;

/** How often evidence was attached to the account, under whatever ids. */
export function timesAttached({ evidence }: AccountFacts): number {
  return Object.values(evidence).reduce((sum, { times }) => sum + times, 0);
}

/** The verification request under way or decided last. */
export type VerificationRequest = {
  readonly by: string;
  readonly at: Instant;
  readonly screenBy: Instant;
  readonly sampleMessage: EventData<'VerificationRequested'>['sampleMessage'];
  /** The sample's content as it was when the request was made; older requests have none. */
  readonly sample?: PinnedSample;
  /** What this request must meet to be approved; the policy then in force wrote it into the request. */
  readonly approvalRequirements: readonly Requirement[];
  /**
   * Whether a reviewer or admin has acted on the account since, or on the request before it: what a person asked, refused
   * or took away is not answered by asking again.
   */
  readonly reviewerActed: boolean;
};

/**
 * Questions put to the customer and not yet closed. `told` once a mail with them went out to somebody; `unreachable`
 * while every attempt failed, which stops the clock: nobody runs out of time with questions that never reached them.
 */
export type InformationRequest = {
  readonly items: readonly Item[];
  readonly respondBy: Instant;
  readonly at: Instant;
  readonly told?: true;
  readonly unreachable?: true;
  /** Since when they are unreachable. */
  readonly unreachableSince?: Instant;
  /** The time to answer, where the clock stood still for a while. */
  readonly extendedTo?: Instant;
};

/** Until when questions can be answered: as asked, or later by as long as they reached nobody. */
export function answerBy({ respondBy, extendedTo }: InformationRequest): Instant {
  return extendedTo ?? respondBy;
}

/** The last rejection or revocation, while it or an appeal against it stands. */
export type AdverseDecision = {
  readonly kind: 'rejected' | 'revoked';
  readonly by: string;
  readonly at: Instant;
  readonly reasons: readonly Reason[];
  readonly retryable: boolean;
  readonly resubmitUntil?: Instant;
  readonly windowClosed: boolean;
  /** `open` while the review decides the one appeal there is; `used` after it. */
  readonly appeal: 'none' | 'open' | 'used';
  /** What the appeal must meet to be approved, where no request says it. */
  readonly approvalRequirements?: readonly Requirement[];
};

export type AccountFacts = {
  readonly holder?: EventData<'AccountSignedUp'>['holder'];
  readonly company?: string | undefined;
  readonly ownerEmail?: string;
  readonly locale?: string | undefined;
  readonly signedUpAt?: Instant;
  readonly contacts: EventData<'ContactsUpdated'>['contacts'];
  readonly profile: BusinessProfile;
  readonly peopleAdded: boolean;
  readonly eventsReceived: boolean;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly domains: Readonly<Record<string, Domain>>;
  readonly latestMessageId?: string;
  /** Evidence by its id. */
  readonly evidence: Readonly<Record<string, Evidence>>;
  readonly request?: VerificationRequest;
  /** Who answered questions since the request (actor ids); replies that a reviewer only recorded do not count. */
  readonly answeredBy: readonly string[];
  readonly assignee?: string;
  /** Until when the review under way is to be decided; it counts only while it is the reviewers' move. */
  readonly decideBy?: Instant;
  readonly proposal?: { readonly by: string; readonly at: Instant };
  readonly waived: readonly Requirement[];
  readonly information?: InformationRequest;
  readonly decision?: AdverseDecision;
  readonly verifiedAt?: Instant;
  readonly scope?: ApprovalScope;
  /** Why the account is warned or suspended; `appealed` once the appeal against this suspension was made. */
  readonly standing?: {
    readonly at: Instant;
    readonly reasons: readonly Reason[];
    readonly appealed: boolean;
    /** Until when the appeal is to be decided. */
    readonly decideBy?: Instant;
  };
  readonly closed?: { readonly at: Instant; readonly cause: 'customer' | 'provider' };
  /** Addresses (in lower case) that the last mail did not reach, as long as the account names them. */
  readonly unreachableContacts?: readonly string[];
};

/** An account of which nothing is known yet. */
export const noFacts: AccountFacts = {
  contacts: [],
  profile: {},
  peopleAdded: false,
  eventsReceived: false,
  channels: {},
  domains: {},
  evidence: {},
  answeredBy: [],
  waived: [],
};

type Evolve<T extends EventType> = (facts: AccountFacts, fact: FactOf<T>) => AccountFacts;

/** A copy without some of the optional keys. */
function without<K extends keyof AccountFacts>(facts: AccountFacts, ...keys: readonly K[]): Omit<AccountFacts, K> {
  // Made anew: an object from which a key was deleted is slow for ever after, and facts are copied at every event.
  const copy: Partial<Record<keyof AccountFacts, unknown>> = {};
  let key: keyof AccountFacts;
  for (key in facts) if (!(keys as readonly string[]).includes(key)) copy[key] = facts[key];
  return copy as Omit<AccountFacts, K>;
}

function omit<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _removed, ...rest } = record;
  return rest;
}

/** Only the fields that are present: an absent field of an update says nothing about the one before. */
function present<T extends object>(fields: T): Partial<T> {
  const kept: Partial<T> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept;
}

function profileAfter(profile: BusinessProfile, update: BusinessProfile): BusinessProfile {
  return { ...profile, ...present(update) };
}

/** Whether an update says something new; the same answers again do not. */
export function changesProfile({ profile }: AccountFacts, update: BusinessProfile): boolean {
  return JSON.stringify(profileAfter(profile, update)) !== JSON.stringify(profile);
}

/** Facts once a request has ended: the assignee, the proposal and the waivers belonged to it. */
function reviewEnded(facts: AccountFacts): AccountFacts {
  return { ...without(facts, 'assignee', 'decideBy', 'proposal', 'information'), waived: [] };
}

/** It is the reviewers' move, until then; an event that names no instant leaves what was named before. */
function toDecideBy(facts: AccountFacts, { decideBy }: { readonly decideBy?: Instant | undefined }): AccountFacts {
  return decideBy === undefined ? facts : { ...facts, decideBy };
}

function withoutProposal(facts: AccountFacts): AccountFacts {
  return facts.proposal === undefined ? facts : without(facts, 'proposal');
}

/** An open appeal is used up by whatever ends the review it led to. */
function appealUsed(facts: AccountFacts): AccountFacts {
  return facts.decision?.appeal === 'open' ? { ...facts, decision: { ...facts.decision, appeal: 'used' } } : facts;
}

function withDomain(facts: AccountFacts, name: string, change: (domain: Domain) => Domain): AccountFacts {
  const domain = entryOf(facts.domains, name);
  return domain === undefined ? facts : { ...facts, domains: { ...facts.domains, [name]: change(domain) } };
}

/**
 * A failed check moves a pending domain to failed and a verified one to temporaryFailure, where it may go on sending
 * until the lapse; a check that could not tell moves only a verified one, and counts for nothing.
 */
function afterFailedCheck(domain: Domain, fact: FactOf<'DomainCheckFailed'>): Domain {
  const { outcome, records } = fact.data;
  const lastCheck = { outcome, records, at: fact.occurredAt };
  const sending = domain.state === 'verified' || domain.state === 'temporaryFailure';
  if (outcome === 'temporary_failure') {
    return { ...domain, lastCheck, state: domain.state === 'verified' ? 'temporaryFailure' : domain.state };
  }
  if (!sending) return { ...domain, lastCheck, state: 'failed' };
  return {
    ...domain,
    lastCheck,
    state: 'temporaryFailure',
    failures: domain.failures + 1,
    failingSince: domain.failingSince ?? fact.occurredAt,
  };
}

/** Without the addresses that the account no longer names. */
function onlyNamedUnreachable(facts: AccountFacts): AccountFacts {
  const { contacts, ownerEmail, profile, unreachableContacts } = facts;
  if (unreachableContacts === undefined) return facts;
  const named = [...contacts.map(({ email }) => email), ownerEmail, profile.technicalContact?.email];
  const addresses = new Set(named.map((address) => address?.toLowerCase()));
  return withUnreachable(
    facts,
    unreachableContacts.filter((address) => addresses.has(address)),
  );
}

function withUnreachable(facts: AccountFacts, addresses: readonly string[]): AccountFacts {
  return addresses.length === 0 ? without(facts, 'unreachableContacts') : { ...facts, unreachableContacts: addresses };
}

/** The mails that carry the questions. */
const carriesQuestions: ReadonlySet<string> = new Set(['information_requested', 'information_reminder']);

/** The clock goes on with the time that was left when it stopped. */
function reachedAt(information: InformationRequest, at: Instant): InformationRequest {
  const { unreachable: _reached, unreachableSince, ...rest } = information;
  if (unreachableSince === undefined) return { ...rest, told: true };
  const stood = Math.max(0, millisecondsBetween(unreachableSince, at));
  return { ...rest, told: true, extendedTo: plusMilliseconds(answerBy(information), stood) };
}

function afterSent(facts: AccountFacts, { data, occurredAt }: FactOf<'NotificationSent'>): AccountFacts {
  const address = data.contact.toLowerCase();
  const reached =
    facts.unreachableContacts === undefined
      ? facts
      : withUnreachable(
          facts,
          facts.unreachableContacts.filter((one) => one !== address),
        );
  if (reached.information === undefined || !carriesQuestions.has(data.template)) return reached;
  return { ...reached, information: reachedAt(reached.information, occurredAt) };
}

function afterFailed(facts: AccountFacts, { data, occurredAt }: FactOf<'NotificationFailed'>): AccountFacts {
  const address = data.contact.toLowerCase();
  const known = facts.unreachableContacts ?? [];
  const failed = onlyNamedUnreachable({
    ...facts,
    unreachableContacts: known.includes(address) ? known : [...known, address],
  });
  const { information } = failed;
  if (information === undefined || information.told === true || data.template !== 'information_requested')
    return failed;
  const unreachableSince = information.unreachableSince ?? occurredAt;
  return { ...failed, information: { ...information, unreachable: true, unreachableSince } };
}

const evolvers: { readonly [T in EventType]: Evolve<T> } = {
  AccountSignedUp: (facts, { data, occurredAt }) => ({ ...facts, ...present(data), signedUpAt: occurredAt }),
  ContactsUpdated: (facts, { data }) => onlyNamedUnreachable({ ...facts, contacts: data.contacts }),
  // What the proposer saw is then no longer so; the same answers again leave the proposal as it is.
  BusinessProfileUpdated: (facts, { data }) =>
    changesProfile(facts, data)
      ? onlyNamedUnreachable(withoutProposal({ ...facts, profile: profileAfter(facts.profile, data) }))
      : facts,
  PeopleAdded: (facts) => ({ ...facts, peopleAdded: true }),
  EventsReceived: (facts) => ({ ...facts, eventsReceived: true }),
  ChannelConfigured: (facts, { data }) => ({
    ...facts,
    channels: { ...facts.channels, [data.channelId]: { kind: data.kind, ...present({ domain: data.domain }) } },
  }),
  ChannelRemoved: (facts, { data }) => ({ ...facts, channels: omit(facts.channels, data.channelId) }),
  DomainAdded: (facts, { data }) => ({
    ...facts,
    domains: {
      ...facts.domains,
      [data.domain]: {
        // A domain added again with another key starts its checks anew, but does not stop what may send today.
        ...(entryOf(facts.domains, data.domain) ?? { state: 'pending', lapsed: false, failures: 0 }),
        ...present({ dkim: data.dkim }),
      },
    },
  }),
  DomainRemoved: (facts, { data }) => ({ ...facts, domains: omit(facts.domains, data.domain) }),
  DomainVerified: (facts, { data, occurredAt }) =>
    withDomain(facts, data.domain, (domain) => ({
      state: 'verified',
      lapsed: false,
      failures: 0,
      ...(domain.dkim === undefined ? {} : { dkim: domain.dkim }),
      lastCheck: { outcome: 'verified', records: data.records, at: occurredAt },
    })),
  DomainCheckFailed: (facts, fact) => withDomain(facts, fact.data.domain, (domain) => afterFailedCheck(domain, fact)),
  DomainLapsed: (facts, { data }) =>
    withDomain(facts, data.domain, (domain) => ({ ...domain, state: 'failed', lapsed: true })),
  MessageCreated: (facts, { data }) => ({ ...facts, latestMessageId: data.messageId }),
  EvidenceAttached: (facts, { data: { evidenceId, ...data }, actor, occurredAt }) => {
    const before = entryOf(facts.evidence, evidenceId);
    const by = [...(before?.by ?? []).filter((id) => id !== actor.id), actor.id];
    const evidence = { ...data, by, at: occurredAt, times: (before?.times ?? 0) + 1 };
    return withoutProposal({ ...facts, evidence: { ...facts.evidence, [evidenceId]: evidence } });
  },
  VerificationRequested: (facts, { data, actor, occurredAt }) => {
    const { sampleMessage, sample, approvalRequirements, screenBy, ...profile } = data;
    return {
      ...without(reviewEnded(facts), 'decision'),
      profile: profileAfter(facts.profile, profile),
      answeredBy: [],
      request: {
        by: actor.id,
        at: occurredAt,
        screenBy,
        sampleMessage,
        ...(sample === undefined ? {} : { sample }),
        approvalRequirements,
        reviewerActed: facts.request?.reviewerActed === true || facts.decision !== undefined,
      },
    };
  },
  VerificationWithdrawn: (facts) => appealUsed(reviewEnded(facts)),
  ScreeningCompleted: (facts, { data }) => toDecideBy(facts, data),
  ScreeningSkipped: (facts, { data }) => toDecideBy(facts, data),
  ReviewAssigned: (facts, { data }) => ({ ...facts, assignee: data.reviewer }),
  ReviewReleased: (facts) => without(facts, 'assignee'),
  ReviewEscalated: (facts) => facts,
  InformationRequested: (facts, { data, occurredAt }) => ({
    ...withoutProposal(facts),
    information: { items: data.items, respondBy: data.respondBy, at: occurredAt },
  }),
  InformationSubmitted: (facts, { data, actor }) => ({
    ...toDecideBy(without(withoutProposal(facts), 'information'), data),
    answeredBy: data.via === undefined ? [...facts.answeredBy, actor.id] : facts.answeredBy,
  }),
  InformationRequestCancelled: (facts, { data }) => toDecideBy(without(facts, 'information'), data),
  InformationRequestExpired: (facts) => appealUsed(without(facts, 'information')),
  RequirementWaived: (facts, { data }) => ({
    ...withoutProposal(facts),
    waived: facts.waived.includes(data.requirement) ? facts.waived : [...facts.waived, data.requirement],
  }),
  ApprovalProposed: (facts, { actor, occurredAt }) => ({ ...facts, proposal: { by: actor.id, at: occurredAt } }),
  ProposalWithdrawn: withoutProposal,
  VerificationApproved: (facts, { data, occurredAt }) => {
    const base = without(facts, 'decision', 'scope', 'proposal', 'decideBy');
    return { ...base, verifiedAt: occurredAt, ...(data.scope === undefined ? {} : { scope: data.scope }) };
  },
  VerificationRejected: (facts, { data, actor, occurredAt }) => {
    const before = facts.decision;
    // A new rejection on appeal leads back to what was decided before, with the appeal used.
    const decision: AdverseDecision =
      before?.appeal === 'open'
        ? { ...before, reasons: data.reasons, appeal: 'used' }
        : {
            kind: 'rejected',
            by: actor.id,
            at: occurredAt,
            reasons: data.reasons,
            retryable: data.retryable,
            ...(data.resubmitUntil === undefined ? {} : { resubmitUntil: data.resubmitUntil }),
            windowClosed: false,
            appeal: 'none',
          };
    return { ...reviewEnded(facts), decision };
  },
  VerificationRevoked: (facts, { data, actor, occurredAt }) => ({
    ...without(reviewEnded(facts), 'scope'),
    decision: {
      kind: 'revoked',
      by: actor.id,
      at: occurredAt,
      reasons: data.reasons,
      retryable: data.retryable,
      windowClosed: false,
      appeal: 'none',
    },
  }),
  VerificationGrandfathered: (facts, { data }) => ({
    ...without(reviewEnded(facts), 'decision', 'scope'),
    verifiedAt: data.verifiedSince,
  }),
  ResubmissionWindowClosed: (facts) =>
    facts.decision === undefined ? facts : { ...facts, decision: { ...facts.decision, windowClosed: true } },
  ReReviewOpened: (facts) => facts,
  VerificationConfirmed: (facts) => reviewEnded(facts),
  AppealSubmitted: (facts, { data }) => {
    if (data.against === 'verification' && facts.decision !== undefined) {
      const { approvalRequirements } = data;
      return {
        ...toDecideBy(reviewEnded(facts), data),
        decision: {
          ...facts.decision,
          appeal: 'open',
          ...(approvalRequirements === undefined ? {} : { approvalRequirements }),
        },
      };
    }
    if (data.against === 'suspension' && facts.standing !== undefined) {
      const until = data.decideBy === undefined ? {} : { decideBy: data.decideBy };
      return { ...facts, standing: { ...facts.standing, appealed: true, ...until } };
    }
    return facts;
  },
  AppealDismissed: (facts) => facts,
  AbuseSignalRecorded: (facts) => facts,
  AccountWarned: (facts, { data, occurredAt }) => ({
    ...facts,
    standing: { at: occurredAt, reasons: data.reasons, appealed: false },
  }),
  AccountSuspended: (facts, { data, occurredAt }) => ({
    ...facts,
    standing: { at: occurredAt, reasons: data.reasons, appealed: false },
  }),
  AccountReinstated: (facts) => without(facts, 'standing'),
  AccountClosed: (facts, { data, occurredAt }) => ({ ...facts, closed: { at: occurredAt, cause: data.cause } }),
  NotificationSent: afterSent,
  NotificationFailed: afterFailed,
};

/** The facts after one more event. Pure; an event that says nothing of interest here gives the same value back. */
export function evolveFacts(facts: AccountFacts, fact: Fact): AccountFacts {
  const evolve = evolvers[fact.type] as (facts: AccountFacts, fact: Fact) => AccountFacts;
  const next = evolve(facts, fact);
  const acted = fact.actor.type === 'reviewer' || fact.actor.type === 'admin';
  return acted && next.request?.reviewerActed === false
    ? { ...next, request: { ...next.request, reviewerActed: true } }
    : next;
}
