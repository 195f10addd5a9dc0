/** The dashboard's setup guide: five steps, what to do next, and what the account is told. Written for its people. */
import type { EventData } from '../src/events/catalogue.js';
import { entryOf } from '../src/events/record.js';
import { publicReasonCode, type PublicReasonCode, type Requirement } from '../src/events/vocabulary.js';
import { type DomainView, domainView, type RecordsOfDomain } from '../src/policy/domainView.js';
import { answerBy, type Domain, type Item, type Reason } from '../src/policy/facts.js';
import { missingToRequest, type OpenRequirement, unverifiedDomains } from '../src/policy/requirements.js';
import { reReviewOf, standingOf, type Status, statusOf, suspensionAppealOf } from '../src/policy/status.js';
import { accountKey, type AccountRow, allAccountEvents, evolveAccount } from './accountRow.js';
import type { Projection } from './projection.js';

export const setupGuide: Projection<AccountRow> = {
  name: 'setup_guide',
  version: 3,
  types: allAccountEvents,
  key: accountKey,
  evolve: evolveAccount,
  columns: {},
  indexes: [],
};

/** `done`; `next`: do this now; `later`: after the steps before; `waiting`: for the provider. */
export type StepState = 'done' | 'next' | 'later' | 'waiting';

/** Where a step's link leads; the provider's dashboard knows the page. */
export type LinkTarget = 'account' | 'people' | 'channels' | 'domains' | 'messages' | 'verification' | 'questions';

export type Step = {
  readonly id: 'account' | 'people_and_events' | 'channel' | 'first_message' | 'send';
  readonly title: string;
  readonly state: StepState;
  /** What to do next, in a sentence; null when nothing is left to do. */
  readonly next: string | null;
  readonly link: LinkTarget;
};

export type Notice = {
  readonly kind:
    | 'under_review'
    | 'questions'
    | 'ready_to_send'
    | 'rejected'
    | 'revoked'
    | 'expired'
    | 'warned'
    | 'suspended'
    | 'closed';
  readonly tone: 'info' | 'success' | 'warning' | 'danger';
  readonly title: string;
  readonly text: string;
  /** With `suspended`: how an appeal against it stands; with `under_review` and `questions`: what is reviewed is an appeal. */
  readonly appeal?: 'possible' | 'under_review' | 'answered';
};

export type GuideReason = {
  readonly code: PublicReasonCode;
  readonly requirement?: Requirement | undefined;
  readonly message: string;
};

export type SetupGuide = {
  readonly accountId: string;
  readonly status: Status;
  readonly steps: readonly Step[];
  readonly notices: readonly Notice[];
  readonly questions: readonly {
    readonly requirement: Requirement;
    readonly reasonCode: PublicReasonCode;
    readonly message: string;
  }[];
  readonly respondBy: string | null;
  readonly reasons: readonly GuideReason[];
  /** What the account's people can do about a decision. */
  readonly canDo: readonly ('request_again' | 'appeal' | 'answer_questions' | 'request_verification')[];
  /** What an appeal can be made against. */
  readonly canAppeal: readonly ('verification' | 'suspension')[];
  readonly resubmitUntil: string | null;
  readonly missing: readonly OpenRequirement[];
  readonly profile: EventData<'BusinessProfileUpdated'>;
  /** Each with every record to publish, and whether it was found. */
  readonly domains: readonly DomainView[];
  readonly revision: number;
  readonly position: string;
};

type Draft = Omit<Step, 'state'> & { readonly done: boolean };

/** What to do next about a domain that is not verified. */
function domainNext(name: string, domain: Domain | undefined): string {
  if (domain === undefined) return `Add ${name} as your sending domain; we then tell you which DNS records to publish.`;
  if (domain.state === 'temporaryFailure' && domain.failures > 0) {
    return `Some DNS records of ${name} could not be found any more. You can go on sending for now; please put them back.`;
  }
  if (domain.lastCheck?.outcome === 'temporary_failure') {
    return `Nothing to do for now: we could not reach the name servers of ${name}, and look again by ourselves.`;
  }
  return `Publish the DNS records of ${name}, so that your e-mail is recognised as yours.`;
}

function setupDrafts({ facts }: AccountRow): Draft[] {
  const people = facts.peopleAdded && facts.eventsReceived;
  const peopleNext = facts.peopleAdded
    ? 'Send us a first event, so that messages can react to what people do.'
    : 'Add the people you want to reach, with their attributes.';
  const configured = Object.keys(facts.channels).length > 0;
  const unverified = unverifiedDomains(facts);
  const domain = unverified[0] ?? '';
  const channelNext = configured
    ? domainNext(domain, entryOf(facts.domains, domain))
    : 'Choose how you reach people: e-mail, SMS, push, in-app or webhook.';
  const hasMessage = facts.latestMessageId !== undefined;
  return [
    { id: 'account', title: 'Create your account', done: true, next: null, link: 'account' },
    {
      id: 'people_and_events',
      title: 'Add people and events',
      done: people,
      next: people ? null : peopleNext,
      link: 'people',
    },
    {
      id: 'channel',
      title: 'Set up a channel',
      done: configured && unverified.length === 0,
      next: configured && unverified.length === 0 ? null : channelNext,
      link: configured ? 'domains' : 'channels',
    },
    {
      id: 'first_message',
      title: 'Create your first message',
      done: hasMessage,
      next: hasMessage ? null : 'Write a first message. You can send it to yourself at any time to see how it looks.',
      link: 'messages',
    },
  ];
}

const sendNext: Readonly<Record<Status, string | null>> = {
  not_requested: 'Tell us about your company and what you will send; we will take a look and open sending for you.',
  in_review: 'Nothing to do: we are looking at your request, and will write you an e-mail.',
  info_requested: 'Answer our questions, so that we can go on.',
  verified: null,
  rejected: 'Please read why, and what you can do.',
  revoked: 'Please read why, and what you can do.',
  expired: 'Your request ended because our questions stayed open. You can ask again at any time.',
  closed: null,
};

/** States of the steps: the first one that is not done is next; sending waits for us while we look at the request. */
function stepsOf(row: AccountRow, status: Status): Step[] {
  const drafts = setupDrafts(row);
  const setupDone = missingToRequest(row.facts).every(({ requirement }) => atRequest.has(requirement));
  const firstOpen = drafts.findIndex(({ done }) => !done);
  const steps = drafts.map(({ done, ...step }, index): Step => {
    const state = done ? 'done' : index === firstOpen ? 'next' : 'later';
    return { ...step, state };
  });
  const waiting = status === 'in_review';
  const open = status !== 'closed' && (status !== 'not_requested' || setupDone);
  const sendState: StepState = status === 'verified' ? 'done' : waiting ? 'waiting' : open ? 'next' : 'later';
  const link: LinkTarget =
    status === 'info_requested' ? 'questions' : status === 'verified' ? 'messages' : 'verification';
  return [...steps, { id: 'send', title: 'Send your first message', state: sendState, next: sendNext[status], link }];
}

/** What the request form itself asks for. */
const atRequest: ReadonlySet<Requirement> = new Set(['company_website', 'technical_contact', 'use_case']);

const notices: Readonly<Record<Exclude<Status, 'not_requested'>, Notice>> = {
  in_review: {
    kind: 'under_review',
    tone: 'info',
    title: 'We are looking at your request',
    text: 'Thank you. We look at every new sender and will send you an e-mail as soon as we are done. Until then you can go on setting up, and send test messages to yourself.',
  },
  info_requested: {
    kind: 'questions',
    tone: 'warning',
    title: 'We have a question for you',
    text: 'Something is missing or unclear to us. Please answer below; we go on as soon as you do.',
  },
  verified: {
    kind: 'ready_to_send',
    tone: 'success',
    title: 'You are ready to send',
    text: 'Your account is verified. Messages that were tried before are not sent by this: start them when you are ready.',
  },
  rejected: {
    kind: 'rejected',
    tone: 'danger',
    title: 'We could not verify your account',
    text: 'Please read the reasons below, and what you can do.',
  },
  revoked: {
    kind: 'revoked',
    tone: 'danger',
    title: 'Your account is no longer verified',
    text: 'Sending has stopped. Please read the reasons below, and what you can do.',
  },
  expired: {
    kind: 'expired',
    tone: 'warning',
    title: 'Your request has ended',
    text: 'Our questions stayed open for too long. You can request verification again at any time.',
  },
  closed: { kind: 'closed', tone: 'info', title: 'This account is closed', text: 'Nothing is sent from it any more.' },
};

const warned: Notice = {
  kind: 'warned',
  tone: 'warning',
  title: 'Please look at how you send',
  text: 'You can go on sending, but something about your messages worries us. The reasons are below.',
};

const suspended: Notice = {
  kind: 'suspended',
  tone: 'danger',
  title: 'Sending is suspended',
  text: 'We had to stop your messages. The reasons are below.',
};

/** What can be done, or is being done, about a suspension. */
const appealText = {
  none: '',
  unappealed: ' If you think that we are wrong, you can appeal once.',
  appealed: ' We are looking at your appeal, and will write you an e-mail.',
  upheld: ' We looked at your appeal, and the suspension stays.',
} as const;
const appealStands = { unappealed: 'possible', appealed: 'under_review', upheld: 'answered' } as const;

function suspendedNotice(row: AccountRow): Notice {
  const appeal = suspensionAppealOf(row.state);
  const text = suspended.text + appealText[appeal];
  return appeal === 'none' ? { ...suspended, text } : { ...suspended, text, appeal: appealStands[appeal] };
}

const isAppeal = ' This is about your appeal: somebody who had no part in the decision looks at it.';

/** How the account's verification stands; whoever takes a review back should know that it is their one appeal. */
function statusNotice({ facts }: AccountRow, status: Exclude<Status, 'not_requested'>): Notice {
  const notice = notices[status];
  if (facts.decision?.appeal !== 'open') return notice;
  return { ...notice, text: notice.text + isAppeal, appeal: 'under_review' };
}

function noticesOf(row: AccountRow, status: Status): Notice[] {
  const standing = standingOf(row.state);
  const found: Notice[] = [];
  if (standing === 'suspended') found.push(suspendedNotice(row));
  if (standing === 'warned') found.push(warned);
  // A suspended account is not ready to send, verified or not.
  const readyButSuspended = status === 'verified' && standing === 'suspended';
  if (status !== 'not_requested' && !readyButSuspended) found.push(statusNotice(row, status));
  if (status === 'verified' && reReviewOf(row.state) === 'infoRequested') found.push(notices.info_requested);
  return found;
}

function guideReason({ code, requirement, customerMessage }: Reason): GuideReason {
  return { code: publicReasonCode(code), requirement, message: customerMessage };
}

function reasonsOf({ facts, state }: AccountRow, status: Status): GuideReason[] {
  const decided = status === 'rejected' || status === 'revoked' ? (facts.decision?.reasons ?? []) : [];
  const standing = standingOf(state);
  const stands = standing === 'warned' || standing === 'suspended' ? (facts.standing?.reasons ?? []) : [];
  return [...stands, ...decided].map(guideReason);
}

function canAppeal({ state, facts }: AccountRow, status: Status): SetupGuide['canAppeal'] {
  const decided = status === 'rejected' || status === 'revoked';
  return [
    ...(decided && facts.decision?.appeal === 'none' ? (['verification'] as const) : []),
    ...(suspensionAppealOf(state) === 'unappealed' ? (['suspension'] as const) : []),
  ];
}

function canDo(row: AccountRow, status: Status): SetupGuide['canDo'] {
  const { decision, information } = row.facts;
  const found = new Set<SetupGuide['canDo'][number]>();
  if (canAppeal(row, status).includes('suspension')) found.add('appeal');
  if (information !== undefined) found.add('answer_questions');
  if (status === 'expired') found.add('request_again');
  if (status === 'rejected' || status === 'revoked') {
    if (decision?.retryable === true && !decision.windowClosed) found.add('request_again');
    if (canAppeal(row, status).includes('verification')) found.add('appeal');
  }
  if (status === 'not_requested') found.add('request_verification');
  return [...found];
}

function question({ requirement, reasonCode, message }: Item): SetupGuide['questions'][number] {
  return { requirement, reasonCode: publicReasonCode(reasonCode), message };
}

/**
 * The guide as an account's people see it. Holds no note, no finding, no inner state and no inner reason code.
 * @param recordsOf what each of its domains must publish
 */
export function guideOf(row: AccountRow, recordsOf: RecordsOfDomain): SetupGuide {
  const status = statusOf(row.state) ?? 'not_requested';
  const { facts } = row;
  return {
    accountId: row.accountId,
    status,
    steps: stepsOf(row, status),
    notices: noticesOf(row, status),
    questions: facts.information?.items.map(question) ?? [],
    respondBy: facts.information === undefined ? null : answerBy(facts.information),
    reasons: reasonsOf(row, status),
    canDo: canDo(row, status),
    canAppeal: canAppeal(row, status),
    resubmitUntil: status === 'rejected' ? (facts.decision?.resubmitUntil ?? null) : null,
    missing: missingToRequest(facts),
    profile: facts.profile,
    domains: Object.entries(facts.domains).map(([name, domain]) => domainView(name, domain, recordsOf)),
    revision: row.revision,
    position: row.position,
  };
}
