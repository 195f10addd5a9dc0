/** What one person may do to an account now, and for what they may not do, why: so that nobody has to try. */
import { type AccountSnapshot, admitsType, whyRefused } from '../../machines/fold.js';
import type { Instant } from '../events/time.js';
import type { Actor } from '../events/vocabulary.js';
import type { PolicyDocument } from '../policy/policy.js';
import { exampleFacts } from './allowed.js';
import { type CommandName, commandNames, maySend } from './catalogue.js';
import { decide, refusedByLife } from './decide.js';
import { type RefusalCode, refusalDetails } from './refusal.js';

/** A command that would be refused, whatever its data. */
export type RefusedCommand = { readonly command: CommandName; readonly code: RefusalCode; readonly detail: string };

export type Verdicts = {
  readonly allowedCommands: readonly CommandName[];
  readonly refusedCommands: readonly RefusedCommand[];
};

/** The commands of an actor's role, each with whether this very actor may send it now. */
export function verdictsFor(actor: Actor, snapshot: AccountSnapshot, policy: PolicyDocument, now: Instant): Verdicts {
  const allowedCommands: CommandName[] = [];
  const refusedCommands: RefusedCommand[] = [];
  for (const command of commandNames.filter((name) => maySend(actor.type, name))) {
    const code = refusalOf(command, actor, snapshot, policy, now);
    if (code === undefined) allowedCommands.push(command);
    else refusedCommands.push({ command, code, detail: refusalDetails[code] });
  }
  return { allowedCommands, refusedCommands };
}

function refusalOf(
  command: CommandName,
  actor: Actor,
  snapshot: AccountSnapshot,
  policy: PolicyDocument,
  now: Instant,
): RefusalCode | undefined {
  // Approval needs no data, and the policy has a word in it: it is decided as it would be.
  if (command === 'ApproveVerification') {
    const decision = decide({ name: command, data: {}, actor }, snapshot, policy, now);
    return decision.kind === 'refused' ? decision.code : undefined;
  }
  const ofLife = refusedByLife(command, snapshot);
  if (ofLife !== undefined) return ofLife;
  const facts = exampleFacts(command, snapshot.context.facts, now).map((fact) => ({ ...fact, actor }));
  if (facts.some((fact) => admitsType(snapshot, fact))) return undefined;
  const [first] = facts;
  return first === undefined ? 'not_in_this_state' : whyRefused(snapshot, first);
}
