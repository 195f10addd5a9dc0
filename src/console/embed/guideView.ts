/** What the guide shows for what the service says: pure, so that it can be looked through without a browser. */
import type { DnsRecord, Domain, OwnAccount, SetupGuide } from './model.js';
import type { Say } from './texts/texts.js';

export type Tone = 'ok' | 'info' | 'wait' | 'stop';
export type StepView = {
  readonly id: string;
  readonly title: string;
  readonly state: SetupGuide['steps'][number]['state'];
  readonly next: string | null;
  readonly link: string;
};
export type NoticeView = { readonly kind: string; readonly tone: Tone; readonly title: string; readonly text: string };

export type GuideView = {
  readonly notices: readonly NoticeView[];
  readonly steps: readonly StepView[];
  readonly done: number;
  readonly reasons: readonly string[];
  /** `form`: it is there; `again`: behind a button, after a decision; `later`: steps come before; `none`. */
  readonly request: 'form' | 'again' | 'later' | 'none';
  /** Until when it can be requested again; null where there is no end, or nothing to request. */
  readonly resubmitUntil: string | null;
  /** The decision stands, and cannot be followed by another request. */
  readonly final: boolean;
  readonly questions: SetupGuide['questions'];
  readonly respondBy: string | null;
  readonly appeals: SetupGuide['canAppeal'];
  /** What can be taken back: taking back an appeal uses it up. */
  readonly canWithdraw: 'request' | 'appeal' | undefined;
  readonly domains: readonly Domain[];
  /** Domains that a channel sends from, and that were not added yet. */
  readonly unadded: readonly string[];
};

const tones: Readonly<Record<string, Tone>> = { success: 'ok', info: 'info', warning: 'wait', danger: 'stop' };
/** What the request form itself asks for; everything else that is missing is a step before it. */
const inForm: ReadonlySet<string> = new Set(['company_website', 'technical_contact', 'use_case']);

export function guideView(guide: SetupGuide, account: OwnAccount, say: Say): GuideView {
  const { canDo, status } = guide;
  const decided = status === 'rejected' || status === 'revoked';
  return {
    notices: guide.notices.map((notice) => noticeView(notice, say)),
    steps: guide.steps.map((step) => stepView(step, guide, account, say)),
    done: guide.steps.filter(({ state }) => state === 'done').length,
    // Two decisions may have the same reason.
    reasons: [...new Set(guide.reasons.map(({ message }) => message))],
    request: requestOf(guide),
    resubmitUntil: guide.resubmitUntil,
    final: decided && !canDo.includes('request_again'),
    questions: canDo.includes('answer_questions') ? guide.questions : [],
    respondBy: guide.respondBy,
    appeals: canDo.includes('appeal') ? guide.canAppeal : [],
    canWithdraw: account.allowedCommands.includes('WithdrawVerification') ? inReview(guide) : undefined,
    domains: guide.domains,
    unadded: account.allowedCommands.includes('AddDomain') ? unaddedOf(guide, account) : [],
  };
}

function unaddedOf({ domains }: SetupGuide, { channels }: OwnAccount): string[] {
  const names = new Set(channels.map(({ domain }) => domain).filter((name) => name !== undefined));
  return [...names].filter((name) => !domains.some(({ domain }) => domain === name));
}

/** What is reviewed: an appeal is told of by the notice that says how verification stands. */
function inReview({ notices }: SetupGuide): 'request' | 'appeal' {
  return notices.some(({ kind, appeal }) => kind !== 'suspended' && appeal === 'under_review') ? 'appeal' : 'request';
}

function requestOf({ canDo, status, missing }: SetupGuide): GuideView['request'] {
  const stepsDone = missing.every(({ requirement }) => inForm.has(requirement));
  if (canDo.includes('request_verification')) return stepsDone ? 'form' : 'later';
  if (!canDo.includes('request_again')) return 'none';
  if (!stepsDone) return 'later';
  return status === 'expired' ? 'form' : 'again';
}

function noticeView({ kind, tone, title, text, appeal }: SetupGuide['notices'][number], say: Say): NoticeView {
  const said = say.of(`notice.${kind}.text`, text);
  const about = appeal === undefined ? '' : ` ${say.of(`notice.${kind}.${appeal}`, '')}`;
  return { kind, tone: tones[tone] ?? 'info', title: say.of(`notice.${kind}`, title), text: said + about };
}

function stepView(
  { id, title, state, next, link }: SetupGuide['steps'][number],
  guide: SetupGuide,
  account: OwnAccount,
  say: Say,
): StepView {
  const shown = next === null ? null : nextOf(id, guide, account, say, next);
  return { id, title: say.of(`step.${id}`, title), state, next: shown, link };
}

/** What to do next, in the page's language: the service says it in English only. */
function nextOf(id: string, guide: SetupGuide, account: OwnAccount, say: Say, otherwise: string): string {
  const lacks = (requirement: string): boolean => guide.missing.some((one) => one.requirement === requirement);
  if (id === 'people_and_events') return say(lacks('people_added') ? 'next.people' : 'next.events');
  if (id === 'first_message') return say('next.message');
  if (id === 'send') return say.of(`next.send.${guide.status}`, otherwise);
  if (id !== 'channel') return otherwise;
  if (lacks('channel_configured')) return say('next.channel');
  const name = account.channels
    .map(({ domain }) => domain)
    .find((one) => one !== undefined && guide.domains.find(({ domain }) => domain === one)?.state !== 'verified');
  if (name === undefined) return otherwise;
  const domain = guide.domains.find((one) => one.domain === name);
  return say(domain === undefined ? 'next.domain.add' : `next.domain.${nextOfDomain(domain)}`, { domain: name });
}

function nextOfDomain(domain: Domain): 'publish' | 'unreachable' | 'wavering' {
  const said = domainTextKey(domain);
  return said === 'wavering' || said === 'unreachable' ? said : 'publish';
}

/** Which of our sentences says how a domain stands: what its state and records tell. */
export function domainTextKey({
  state,
  lapsed,
  lastCheckAt,
  records,
}: Domain): 'unchecked' | 'verified' | 'vouched' | 'unreachable' | 'missing' | 'wavering' | 'lapsed' {
  const someMissing = records.some(({ status, required }) => required && status === 'missing');
  const noneSeen = records.every(({ status }) => status === 'unchecked');
  if (lapsed) return 'lapsed';
  if (state === 'verified') return noneSeen ? 'vouched' : 'verified';
  if (state === 'temporaryFailure') return someMissing ? 'wavering' : 'unreachable';
  if (lastCheckAt === null) return 'unchecked';
  return someMissing ? 'missing' : 'unreachable';
}

/** Which of our sentences says what to mind at a record; undefined where its value says it all. */
export function recordHintKey({
  purpose,
  status,
  found,
  required,
  value,
}: DnsRecord): 'recommended' | 'spf.several' | 'spf.include' | 'spf.change' | 'other' | undefined {
  if (status === 'found') return undefined;
  if (found.length === 0) return required ? undefined : 'recommended';
  if (purpose !== 'spf') return 'other';
  if (found.length > 1) return 'spf.several';
  return value.startsWith('include:') ? 'spf.include' : 'spf.change';
}

/** The first kind of notice that says how the account stands: what is announced when it changes. */
export function announced(view: GuideView): string {
  return view.notices.map(({ title }) => title).join('. ');
}
