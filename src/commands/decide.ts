/**
 * The heart: `(command, snapshot, policy, now) → facts | refusal`. Pure. A command proposes facts; the chart admits or
 * refuses them; a refusal is named by asking the chart's own conditions.
 */
import { type AccountSnapshot, advance, stateOf, whyRefused } from '../../machines/fold.js';
import type { StateValue } from '../events/envelope.js';
import type { Fact, Proposal } from '../events/fact.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import { evolveFacts } from '../policy/facts.js';
import type { PolicyDocument } from '../policy/policy.js';
import { missingSetup, missingToApprove, missingToRequest, moverOf } from '../policy/requirements.js';
import { statusOf, verificationState } from '../policy/status.js';
import { allowedCommands } from './allowed.js';
import type { CommandData, CommandName } from './catalogue.js';
import type { Decider, DeciderInput } from './decider.js';
import * as decision from './deciders/decision.js';
import * as domains from './deciders/domains.js';
import * as request from './deciders/request.js';
import * as review from './deciders/review.js';
import * as screening from './deciders/screening.js';
import * as setup from './deciders/setup.js';
import * as standing from './deciders/standing.js';
import { withDeadline } from './reviewClock.js';
import { firstRefusal, type Missing, type Refusal, type RefusalCode, refusalDetails } from './refusal.js';

/** A command with its data checked, and who sends it. */
export type Command = {
  readonly [C in CommandName]: { readonly name: C; readonly data: CommandData<C>; readonly actor: Actor };
}[CommandName];

/** One accepted fact and what it does to the chart. */
export type Step = { readonly fact: Fact; readonly from: StateValue; readonly to: StateValue };

/** The facts to append, in order, and the snapshot that they lead to. */
export type Accepted = {
  readonly kind: 'accepted';
  readonly steps: readonly Step[];
  readonly snapshot: AccountSnapshot;
};

/** Accepted, but the account is so already: nothing to append. */
export type Unchanged = { readonly kind: 'unchanged' };

const deciders: { readonly [C in CommandName]: Decider<C> } = {
  ...setup,
  ...domains,
  ...request,
  ...screening,
  ...review,
  ...decision,
  ...standing,
};

/**
 * Decides a command.
 *
 * @param now the instant at which it happens; deadlines count from it
 * @returns facts, `unchanged`, or a refusal; it never throws for what a sender may do
 */
export function decide(
  command: Command,
  snapshot: AccountSnapshot,
  policy: PolicyDocument,
  now: Instant,
): Accepted | Unchanged | Refusal {
  const input = inputOf(command, snapshot, policy, now);
  const decider = deciders[command.name] as Decider<CommandName>;
  const lifeRefusal = refusedByLife(command.name, snapshot);
  if (lifeRefusal !== undefined) return refuse(lifeRefusal, snapshot, now);

  const [first, ...others] = withDeadline(decider.propose(input), input);
  const firstFact = factOf(first, command.actor, now);
  const next = advance(snapshot, firstFact);
  const code = firstRefusal([
    next === undefined ? whyRefused(snapshot, firstFact) : undefined,
    decider.refuse?.(input),
  ]);
  if (next === undefined || code !== undefined) return refuse(code ?? 'not_in_this_state', snapshot, now, firstFact);
  if (decider.unchanged?.(input) === true) return { kind: 'unchanged' };

  const start: Accepted = { kind: 'accepted', steps: [step(firstFact, snapshot, next)], snapshot: next };
  return others.reduce((accepted, proposal) => follow(accepted, factOf(proposal, command.actor, now)), start);
}

function inputOf(
  command: Command,
  snapshot: AccountSnapshot,
  policy: PolicyDocument,
  now: Instant,
): DeciderInput<CommandName> {
  const { facts, messages } = snapshot.context;
  return {
    data: command.data,
    actor: command.actor,
    now,
    policy,
    snapshot,
    facts,
    messages,
  } as DeciderInput<CommandName>;
}

function factOf(proposal: Proposal, actor: Actor, now: Instant): Fact {
  return { ...proposal, actor, occurredAt: now };
}

function step(fact: Fact, before: AccountSnapshot, after: AccountSnapshot): Step {
  return { fact, from: stateOf(before), to: stateOf(after) };
}

/** A further fact of the same command. That the chart admits it is the decider's duty, so a refusal is our mistake. */
function follow(accepted: Accepted, fact: Fact): Accepted {
  const next = advance(accepted.snapshot, fact);
  if (next === undefined) {
    throw new Error(`the chart refuses ${fact.type}, which follows ${accepted.steps.at(-1)?.fact.type ?? ''}`);
  }
  return { kind: 'accepted', steps: [...accepted.steps, step(fact, accepted.snapshot, next)], snapshot: next };
}

/** Refusals that come before all others: no account yet, one already, or one closed for ever. */
export function refusedByLife(command: CommandName, snapshot: AccountSnapshot): RefusalCode | undefined {
  const state = verificationState(stateOf(snapshot));
  if (state === 'none') return command === 'SignUp' ? undefined : 'unknown_account';
  if (command === 'SignUp') return 'already_signed_up';
  return state === 'ended' && command !== 'RecordNotification' ? 'closed' : undefined;
}

/** A refusal of a command on an account in this state. */
export function refuse(code: RefusalCode, snapshot: AccountSnapshot, now: Instant, fact?: Fact): Refusal {
  const state = stateOf(snapshot);
  const unknown = verificationState(state) === 'none';
  return {
    kind: 'refused',
    code,
    detail: refusalDetails[code],
    status: statusOf(state) ?? null,
    state: unknown ? null : state,
    allowedCommands: allowedCommands(snapshot, now),
    missing: missingFor(code, snapshot, fact),
  };
}

function missingFor(code: RefusalCode, snapshot: AccountSnapshot, fact: Fact | undefined): readonly Missing[] {
  const { facts } = snapshot.context;
  if (code === 'requirements_missing') return missingToApprove(facts);
  if (code === 'setup_incomplete') {
    return fact?.type === 'VerificationRequested'
      ? missingToRequest(evolveFacts(facts, fact))
      : missingSetup(facts).map((requirement) => ({ requirement, awaitingActionFrom: moverOf(requirement, facts) }));
  }
  if (code === 'items_unanswered' && fact?.type === 'InformationSubmitted') {
    const answered = new Set(fact.data.answers.map((answer) => answer.requirement));
    const open = (facts.information?.items ?? []).map((item) => item.requirement);
    return [...new Set(open)]
      .filter((requirement) => !answered.has(requirement))
      .map((requirement) => ({ requirement, awaitingActionFrom: 'customer' }));
  }
  return [];
}
