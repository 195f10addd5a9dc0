/** Screening: when a request comes in, or something that a review waits for changes, the checks look at the account. */
import type { Account } from '../app/account.js';
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import { commandCatalogue } from '../commands/catalogue.js';
import type { Command } from '../commands/decide.js';
import type { Position } from '../eventStore/eventStore.js';
import type { EventType } from '../events/catalogue.js';
import { accountOf } from '../events/envelope.js';
import type { Actor } from '../events/vocabulary.js';
import { stateOf } from '../../machines/fold.js';
import type { Policy } from '../policy/policy.js';
import { recommend } from '../policy/recommend.js';
import { reReviewOf, verificationState } from '../policy/status.js';
import { screen, type ScreeningParts } from '../screening/screen.js';
import { isImaginary, type Subject, subjectOf } from '../screening/subject.js';
import type { Process } from './process.js';

/** What the process is made of, beside what its checks need. */
export type ScreeningProcessParts = ScreeningParts & {
  /** Waits until `domainHolders` knows of everything up to a position; false when that takes too long. */
  readonly caughtUp: (position: Position) => Promise<boolean>;
};

const actor: Actor = { type: 'system', id: 'screening' };

/** What makes the checks look, at first and again. */
const causes: readonly EventType[] = [
  'VerificationRequested',
  'BusinessProfileUpdated',
  'DomainVerified',
  'EvidenceAttached',
  'InformationSubmitted',
];

/**
 * So often it is looked again when the account changes under the checks. After that the event comes again later; past
 * the request's `screenBy` it goes to a person without the checks.
 */
const mostLooks = 3;

/** Whether findings have a place now: while a request is screened or reviewed, or a verified account looked at again. */
function isScreened({ snapshot }: Account): boolean {
  const state = stateOf(snapshot);
  return ['screening', 'pendingReview'].includes(verificationState(state)) || reReviewOf(state) !== 'none';
}

/** The account as the log has it now. */
async function current({ accounts }: CommandHandlerDeps, accountId: string): Promise<Account> {
  const account = await accounts.get(accountId);
  return (await accounts.isBehind(account)) ? accounts.get(accountId) : account;
}

/** The parts for a look at an account: who else has its domains is only told by what has caught up with it. */
async function partsFor({ position }: Account, parts: ScreeningProcessParts): Promise<ScreeningParts> {
  if (position === undefined || (await parts.caughtUp(position))) return parts;
  const domainHolders = (): never => {
    throw new Error('The list of who has which domain is not up to date.');
  };
  return { ...parts, domainHolders };
}

/** What the checks found, as the command that records it; checked like one from outside, for it quotes strangers. */
async function screened(subject: Subject, policy: Policy, parts: ScreeningParts): Promise<Command> {
  const findings = await screen(subject, policy.document, parts);
  const { recommendation } = recommend(findings, policy.document);
  const data = { policyVersion: policy.version, findings, recommendation };
  return { name: 'CompleteScreening', actor, data: commandCatalogue.CompleteScreening.data.parse(data) };
}

/** The process that screens. The checks' findings hold for what they looked at: when that changes, they look again. */
export function screeningProcess(commands: CommandHandlerDeps, parts: ScreeningProcessParts): Process {
  return {
    name: 'screening',
    types: causes,
    ordered: false,
    from: 'now',
    run: async ({ stream }, { key, send }) => {
      const accountId = accountOf(stream);
      if (accountId === undefined) return;
      for (let look = 1; look <= mostLooks; look++) {
        const account = await current(commands, accountId);
        if (!isScreened(account) || account.commands.get(key, account.revision) !== undefined) return;
        const subject = subjectOf(accountId, account.snapshot);
        // Sample accounts are for people; past `screenBy` they go to one like any other request.
        if (isImaginary(subject)) return;
        const command = await screened(subject, commands.policy(), await partsFor(account, parts));
        const result = await send(accountId, command, { ifMatch: account.revision });
        // Any other refusal says that the account has moved on, or that this event was dealt with by another node.
        if (result.kind !== 'refused' || result.code !== 'stale') return;
      }
      throw new Error(`${accountId} changed ${mostLooks} times while the checks looked at it`);
    },
  };
}
