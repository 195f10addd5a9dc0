/** Abuse signals into warnings, re-reviews and suspensions, as the policy says. */
import { stateOf } from '../../machines/fold.js';
import { readAccount } from '../app/account.js';
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { Command } from '../commands/decide.js';
import type { EventStore } from '../eventStore/eventStore.js';
import { accountOf, accountStream } from '../events/envelope.js';
import { type Instant, plusDays } from '../events/time.js';
import { decode } from '../events/upcast.js';
import { type AbuseSignal, type AbuseState, consequenceOf, type Threshold, whyOf } from '../policy/abuse.js';
import type { Policy } from '../policy/policy.js';
import { reReviewOf, standingOf, verificationState } from '../policy/status.js';
import type { Process } from './process.js';

const actor = { type: 'system', id: 'abuse' } as const;

/** The command for a consequence. Pure. @param now from which the time for a re-review counts */
export function commandOf(threshold: Threshold, signal: AbuseSignal, policy: Policy, now: Instant): Command {
  const { consequence, reasonCode: code, customerMessage } = threshold;
  const data = {
    reasons: [{ code, customerMessage }],
    internalNote: whyOf(signal, threshold, policy.version),
  };
  if (consequence === 'warn') return { name: 'WarnAccount', data, actor };
  if (consequence === 'suspend') return { name: 'SuspendAccount', data, actor };
  const reviewBy = plusDays(now, policy.document.reReview.reviewWithinDays);
  return { name: 'OpenReReview', data: { ...data, reviewBy }, actor };
}

async function stateOfAccount(store: EventStore, accountId: string): Promise<AbuseState> {
  const { snapshot } = await readAccount(store, accountId);
  const state = stateOf(snapshot);
  const warnings: AbuseState['warnings'][number][] = [];
  for await (const stored of store.read(accountStream(accountId))) {
    if (stored.type !== 'AccountWarned') continue;
    const { fact } = decode(stored);
    if (fact.type === 'AccountWarned') {
      warnings.push({ at: fact.occurredAt, codes: fact.data.reasons.map(({ code }) => code) });
    }
  }
  return {
    standing: standingOf(state),
    canBeReReviewed: verificationState(state) === 'verified' && reReviewOf(state) === 'none',
    warnings,
  };
}

/**
 * One after the other: two signals at once must not warn twice. A consequence that is refused has lost its place
 * meanwhile (the account was closed, say); the signal stays recorded.
 */
export function abuse({ commands }: { readonly commands: CommandHandlerDeps }): Process {
  return {
    name: 'abuse',
    types: ['AbuseSignalRecorded'],
    ordered: true,
    from: 'now',
    run: async ({ stream, fact }, { send }) => {
      const accountId = accountOf(stream);
      if (accountId === undefined || fact.type !== 'AbuseSignalRecorded') return;
      const [policy, now] = [commands.policy(), commands.now()];
      const state = await stateOfAccount(commands.store, accountId);
      const threshold = consequenceOf(fact.data, state, policy.document, now);
      if (threshold === undefined) return;
      const result = await send(accountId, commandOf(threshold, fact.data, policy, now));
      if (result.kind === 'refused' && result.code === 'conflict') throw new Error(result.detail);
    },
  };
}
