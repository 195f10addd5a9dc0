/** The shape of a decider: one command's part of `decide`. All of it is pure. */
import type { AccountSnapshot } from '../../machines/fold.js';
import type { EventData } from '../events/catalogue.js';
import type { Proposal } from '../events/fact.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import type { AccountFacts } from '../policy/facts.js';
import type { PolicyDocument } from '../policy/policy.js';
import type { CommandData, CommandName } from './catalogue.js';
import type { RefusalCode } from './refusal.js';

/** What a decider may look at. */
export type DeciderInput<C extends CommandName> = {
  readonly data: CommandData<C>;
  readonly actor: Actor;
  readonly now: Instant;
  readonly policy: PolicyDocument;
  readonly snapshot: AccountSnapshot;
  /** The snapshot's facts and messages, at hand. */
  readonly facts: AccountFacts;
  readonly messages: Readonly<Record<string, EventData<'MessageCreated'>>>;
};

export type Decider<C extends CommandName> = {
  /**
   * The facts that the command proposes, at least one; the chart says whether they have a place. The chart is asked
   * about the first one; the others must follow from it.
   */
  readonly propose: (input: DeciderInput<C>) => readonly [Proposal, ...Proposal[]];
  /** A refusal that is not the chart's: the policy's, or one about ids that the data names. */
  readonly refuse?: (input: DeciderInput<C>) => RefusalCode | undefined;
  /** Whether the account is so already: accepted, but nothing to append. */
  readonly unchanged?: (input: DeciderInput<C>) => boolean;
};

/** Whether two values are the same JSON. Key order does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = definedEntries(a);
  const right = new Map(definedEntries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

function definedEntries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, inner]) => inner !== undefined);
}
