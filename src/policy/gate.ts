/** The sending gate: what an account may do now, and why. Pure, and closed whenever something is not known. */
import { type ChannelKind, type MessageType, messageTypes } from '../events/vocabulary.js';
import type { ApprovalScope } from './facts.js';
import { type GateChannel, type GateSubject, type GateView, gateViewOf } from './gateView.js';
import type { PolicyDocument } from './policy.js';
import type { Mover, OpenRequirement } from './requirements.js';
import type { Status } from './status.js';

/** Actions that send to people outside: only a verified account's. */
export const sendingActions = [
  'campaign.start',
  'campaign.resume',
  'broadcast.start',
  'broadcast.schedule',
  'draft.queue',
  'message.send',
] as const;

/** Actions that stay open until the account is closed: a customer can always go on setting up. */
export const openActions = [
  'people.write',
  'events.write',
  'segment.create',
  'campaign.author',
  'broadcast.author',
  'message.author',
  'message.preview',
] as const;

/** Every action that can be asked for. `message.send_test` goes to the account's own addresses only. */
export const gateActions = [...sendingActions, 'message.send_test', ...openActions] as const;
export type GateAction = (typeof gateActions)[number];

export const gateReasons = [
  'not_requested',
  'in_review',
  'information_requested',
  'rejected',
  'revoked',
  'expired',
  'suspended',
  'closed',
  'unknown_account',
  'not_up_to_date',
  'channel_missing',
  'out_of_scope',
  'domain_unverified',
  'domain_lapsed',
] as const;
export type GateReason = (typeof gateReasons)[number];

/** `active` allowed, `pending` before a decision, `rejected` or revoked, `restricted` stopped for another reason. */
export type CapabilityStatus = 'active' | 'pending' | 'rejected' | 'restricted';
export type DeliveryMode = 'live' | 'test' | 'open' | 'blocked';
/** What becomes of a denied send: thrown away, or kept until the account may send again. */
export type OnDenied = 'discard' | 'hold';
/** `observe` answers "allowed" whatever it finds, and says what it would have said: for adoption. */
export type GateMode = 'enforce' | 'observe';

export type GateQuestion = {
  readonly action: GateAction;
  readonly channelId?: string | undefined;
  readonly messageType?: MessageType | undefined;
};

/** What of the policy bears on the gate's answers. */
export type GatePolicy = Pick<PolicyDocument, 'version' | 'testSends'>;

/** Where the gate stands: the policy in force, the log position that its knowledge reflects, and its mode. */
export type GateContext = {
  readonly policy: GatePolicy;
  readonly position: string | null;
  readonly mode: GateMode;
};

export type ChannelVerdict = {
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly allowed: boolean;
  readonly status: CapabilityStatus;
  readonly reasons: readonly GateReason[];
};

export type GateDecision = {
  readonly action: GateAction;
  readonly channelId?: string;
  readonly allowed: boolean;
  /** In mode `observe`: `allowed` was not enforced; `wouldAllow` is what enforcing would have said. */
  readonly observed?: true;
  readonly wouldAllow?: boolean;
  readonly status: CapabilityStatus;
  readonly deliveryMode: DeliveryMode;
  readonly onDenied: OnDenied;
  readonly constraints?: {
    readonly recipients?: 'own';
    readonly perDay?: number;
    readonly messageTypes?: readonly MessageType[];
  };
  readonly limits?: NonNullable<ApprovalScope['limits']>;
  readonly reasons: readonly GateReason[];
  readonly missing: readonly OpenRequirement[];
  readonly channels: readonly ChannelVerdict[];
  readonly awaitingActionFrom: Mover | null;
  /** `warned` while the account is warned: it may send, but is told. */
  readonly notices: readonly 'warned'[];
  readonly policyVersion: string;
  readonly revision: number | null;
  readonly position: string | null;
};

/** What a question finds, before it is put into an answer. */
type Verdict = Pick<GateDecision, 'allowed' | 'status' | 'deliveryMode' | 'onDenied' | 'reasons'> &
  Partial<Pick<GateDecision, 'constraints' | 'limits' | 'channels'>> & { readonly awaiting?: Mover | null };

const openActionSet: ReadonlySet<string> = new Set(openActions);

/** Answers a question. An account that the gate does not know is denied. */
export function decideGate(
  question: GateQuestion,
  subject: GateSubject | undefined,
  context: GateContext,
): GateDecision {
  if (subject === undefined) return denied(question, context, 'unknown_account');
  return decideOnView(question, gateViewOf(subject), subject.revision, context);
}

/** Answers a question from the view alone. @param revision the account's revision that the view reflects */
export function decideOnView(
  question: GateQuestion,
  view: GateView,
  revision: number,
  context: GateContext,
): GateDecision {
  const { awaiting, ...verdict } = verdictOn(question, view, context.policy);
  return answer(question, context, {
    ...verdict,
    channels: verdict.channels ?? [],
    missing: verdict.allowed ? [] : view.missing,
    awaitingActionFrom: verdict.allowed ? null : awaiting === undefined ? view.awaitingActionFrom : awaiting,
    notices: view.standing === 'warned' ? ['warned'] : [],
    revision,
  });
}

/** A denial without knowledge of the account: unknown, or not as new as the caller asked. */
export function denied(
  question: GateQuestion,
  context: GateContext,
  reason: 'unknown_account' | 'not_up_to_date',
): GateDecision {
  return answer(question, context, {
    allowed: false,
    status: 'restricted',
    deliveryMode: 'blocked',
    onDenied: 'discard',
    reasons: [reason],
    missing: [],
    channels: [],
    awaitingActionFrom: reason === 'not_up_to_date' ? 'system' : null,
    notices: [],
    revision: null,
  });
}

type Body = Omit<GateDecision, 'action' | 'channelId' | 'observed' | 'wouldAllow' | 'policyVersion' | 'position'>;

function answer(
  { action, channelId }: GateQuestion,
  { policy, position, mode }: GateContext,
  body: Body,
): GateDecision {
  return {
    action,
    ...(channelId === undefined ? {} : { channelId }),
    ...body,
    ...(mode === 'observe' ? { allowed: true, observed: true, wouldAllow: body.allowed } : {}),
    policyVersion: policy.version,
    position,
  };
}

function verdictOn(question: GateQuestion, view: GateView, policy: GatePolicy): Verdict {
  const { standing } = view;
  if (standing === 'closed') return blocked(['closed'], 'restricted');
  if (openActionSet.has(question.action)) {
    return { allowed: true, status: 'active', deliveryMode: 'open', onDenied: 'discard', reasons: [] };
  }
  if (question.action === 'message.send_test') {
    return standing === 'suspended' ? blocked(['suspended'], 'restricted') : testSend(policy);
  }
  return sendVerdict(question, view);
}

function testSend({ testSends: { recipients, perDay } }: GatePolicy): Verdict {
  const constraints = { recipients, perDay };
  return { allowed: true, status: 'active', deliveryMode: 'test', onDenied: 'discard', constraints, reasons: [] };
}

function blocked(reasons: readonly GateReason[], status: CapabilityStatus, onDenied: OnDenied = 'discard'): Verdict {
  return { allowed: false, status, deliveryMode: 'blocked', onDenied, reasons };
}

/** Why an account that is not verified may not send. */
const reasonOfStatus: Readonly<Record<Exclude<Status, 'verified'>, GateReason>> = {
  not_requested: 'not_requested',
  in_review: 'in_review',
  info_requested: 'information_requested',
  rejected: 'rejected',
  revoked: 'revoked',
  expired: 'expired',
  closed: 'closed',
};

function sendVerdict(question: GateQuestion, view: GateView): Verdict {
  if (view.status !== 'verified') return unverified(view.status, view);
  if (view.standing === 'suspended') {
    const channels = view.channels.map((one) => stopped(one, 'restricted', ['suspended']));
    return { ...blocked(['suspended'], 'restricted', 'hold'), channels };
  }
  return question.channelId === undefined ? anyChannel(question, view) : oneChannel(question, view);
}

function unverified(status: Exclude<Status, 'verified'>, { standing, channels }: GateView): Verdict {
  const reasons = [...(standing === 'suspended' ? ['suspended' as const] : []), reasonOfStatus[status]];
  const before: CapabilityStatus = status === 'rejected' || status === 'revoked' ? 'rejected' : 'pending';
  const capability: CapabilityStatus = standing === 'suspended' ? 'restricted' : before;
  return { ...blocked(reasons, capability), channels: channels.map((one) => stopped(one, capability, reasons)) };
}

function stopped(
  { channelId, kind }: GateChannel,
  status: CapabilityStatus,
  reasons: readonly GateReason[],
): ChannelVerdict {
  return { channelId, kind, allowed: false, status, reasons };
}

/** Why a channel of a verified account in good standing cannot send; none when it can. */
function channelReasons(channel: GateChannel, { messageType }: GateQuestion, { scope }: GateView): GateReason[] {
  const kindOut = scope?.channelKinds !== undefined && !scope.channelKinds.includes(channel.kind);
  const typeOut =
    messageType !== undefined && scope?.messageTypes !== undefined && !scope.messageTypes.includes(messageType);
  return [
    ...(kindOut || typeOut ? ['out_of_scope' as const] : []),
    ...(channel.stoppedBy === undefined ? [] : [channel.stoppedBy.reason]),
  ];
}

function channelVerdicts(question: GateQuestion, view: GateView): ChannelVerdict[] {
  return view.channels.map((channel) => {
    const reasons = channelReasons(channel, question, view);
    const { channelId, kind } = channel;
    const allowed = reasons.length === 0;
    return { channelId, kind, allowed, status: allowed ? 'active' : 'restricted', reasons };
  });
}

/** Only a lapsed domain comes back by itself; whatever else is missing, the send is not kept for later. */
function onDeniedOf(reasons: readonly GateReason[]): OnDenied {
  return reasons.length === 1 && reasons[0] === 'domain_lapsed' ? 'hold' : 'discard';
}

function oneChannel(question: GateQuestion, view: GateView): Verdict {
  const verdict = channelVerdicts(question, view).find(({ channelId }) => channelId === question.channelId);
  if (verdict === undefined) return { ...blocked(['channel_missing'], 'restricted'), awaiting: 'customer' };
  if (verdict.allowed) return { ...live(question, view), channels: [verdict] };
  const channel = view.channels.filter(({ channelId }) => channelId === question.channelId);
  return {
    ...blocked(verdict.reasons, 'restricted', onDeniedOf(verdict.reasons)),
    channels: [verdict],
    awaiting: moverFor(verdict.reasons, channel),
  };
}

function anyChannel(question: GateQuestion, view: GateView): Verdict {
  const channels = channelVerdicts(question, view);
  if (channels.some(({ allowed }) => allowed)) return { ...live(question, view), channels };
  if (channels.length === 0) return { ...blocked(['channel_missing'], 'restricted'), awaiting: 'customer' };
  const reasons = [...new Set(channels.flatMap((channel) => channel.reasons))];
  const onDenied = channels.some((channel) => onDeniedOf(channel.reasons) === 'hold') ? 'hold' : 'discard';
  return {
    ...blocked(reasons, 'restricted', onDenied),
    channels,
    awaiting: moverFor(reasons, view.channels),
  };
}

function live(question: GateQuestion, { scope }: GateView): Verdict {
  const limited = question.messageType === undefined ? scope?.messageTypes : undefined;
  const constraints =
    limited === undefined || limited.length === messageTypes.length ? {} : { constraints: { messageTypes: limited } };
  const limits = scope?.limits === undefined ? {} : { limits: scope.limits };
  return {
    allowed: true,
    status: 'active',
    deliveryMode: 'live',
    onDenied: 'discard',
    reasons: [],
    ...constraints,
    ...limits,
  };
}

/** Whose move it is for channels that none of them can send: the system's while checks are all that is missing. */
function moverFor(reasons: readonly GateReason[], channels: readonly GateChannel[]): Mover {
  if (reasons.includes('out_of_scope')) return 'customer';
  return channels.every(({ stoppedBy }) => stoppedBy?.awaitingActionFrom === 'system') ? 'system' : 'customer';
}
