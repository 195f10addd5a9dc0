/** The gate in memory: what the feed said of each account, and every answer that was given on it. */
import type { FeedGate, FeedSettings } from '../gateFeed/wire.js';
import {
  decideOnView,
  denied,
  type GateAction,
  gateActions,
  type GateContext,
  type GateDecision,
  type GateQuestion,
} from '../policy/gate.js';
import { type MessageType, messageTypes } from '../events/vocabulary.js';

/** A question about an account. */
export type GateAsk = GateQuestion & { readonly accountId: string };

/** Answers by channel (or none named), then by action. Channels that the account does not have are not kept. */
type Answers = Map<string | undefined, Map<GateAction, GateDecision>>;

type Account = {
  readonly gate: FeedGate;
  /** Those to questions that name no message type, as most do. */
  plain: Answers;
  typed: Map<MessageType, Answers>;
  /** The settings under which these answers were given. */
  under: FeedSettings;
};

const actions: ReadonlySet<string> = new Set(gateActions);
const types: ReadonlySet<string | undefined> = new Set([undefined, ...messageTypes]);

/** Before the first connection there is no policy to name; whatever is asked then is denied. */
const nothingKnown: FeedSettings = {
  feed: 0,
  log: '',
  mode: 'enforce',
  policy: { version: 'unknown', testSends: { recipients: 'own', perDay: 0 } },
};

export class GateAnswers {
  #accounts = new Map<string, Account>();
  #settings = nothingKnown;

  /** What was said last of mode and policy; undefined before the first time. */
  get settings(): FeedSettings | undefined {
    return this.#settings === nothingKnown ? undefined : this.#settings;
  }

  /** How many accounts are known. */
  get size(): number {
    return this.#accounts.size;
  }

  /** Takes note of mode and policy; answers that were given under others are given anew. */
  configure(settings: FeedSettings): void {
    this.#settings = settings;
  }

  /** Takes note of an account, in place of what was known of it. */
  put(gate: FeedGate): void {
    this.#accounts.set(gate.accountId, { gate, plain: new Map(), typed: new Map(), under: this.#settings });
  }

  forget(): void {
    this.#accounts = new Map();
  }

  /**
   * The answer to a question. The same question again is three look-ups.
   * @param position what the client's knowledge reflects, for a denial of an unknown account
   * @throws {TypeError} for an action or message type that there is not
   */
  ask(question: GateAsk, position: string | null): GateDecision {
    const account = this.#accounts.get(question.accountId);
    if (account === undefined) return this.denied(question, 'unknown_account', position);
    if (account.under !== this.#settings) this.#clear(account);
    const { messageType } = question;
    const answers = messageType === undefined ? account.plain : account.typed.get(messageType);
    return answers?.get(question.channelId)?.get(question.action) ?? this.#answer(question, account);
  }

  /** Mode or policy changed since: its answers are void. */
  #clear(account: Account): void {
    account.plain = new Map();
    account.typed = new Map();
    account.under = this.#settings;
  }

  /** A denial without knowledge of the account. @throws {TypeError} as `ask` */
  denied(question: GateAsk, reason: 'unknown_account' | 'not_up_to_date', position: string | null): GateDecision {
    check(question);
    return denied(question, this.#context(position), reason);
  }

  #answer(question: GateAsk, { gate, plain, typed }: Account): GateDecision {
    check(question);
    const { action, channelId, messageType } = question;
    const decision = frozen(decideOnView(question, gate, gate.revision, this.#context(gate.position)));
    // Names of channels that are not there could be any, and so many.
    if (channelId !== undefined && !gate.channels.some((channel) => channel.channelId === channelId)) return decision;
    const answers: Answers = messageType === undefined ? plain : (typed.get(messageType) ?? new Map());
    if (messageType !== undefined) typed.set(messageType, answers);
    const ofChannel = answers.get(channelId) ?? new Map<GateAction, GateDecision>();
    answers.set(channelId, ofChannel.set(action, decision));
    return decision;
  }

  #context(position: string | null): GateContext {
    return { policy: this.#settings.policy, mode: this.#settings.mode, position };
  }
}

function check({ action, messageType }: GateAsk): void {
  if (!actions.has(action)) {
    throw new TypeError(`There is no action ${action}. Actions: ${gateActions.join(', ')}`);
  }
  if (!types.has(messageType)) {
    throw new TypeError(`There is no message type ${messageType ?? ''}. Types: ${messageTypes.join(', ')}`);
  }
}

/** The same answer is given to many who ask: nobody may change it. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
