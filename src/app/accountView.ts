/** One account as the API shows it: folded from its stream, never stale. */
import { stateOf } from '../../machines/fold.js';
import { allowedCommands } from '../commands/allowed.js';
import type { Instant } from '../events/time.js';
import { type ActorType, publicReasonCode } from '../events/vocabulary.js';
import { answerBy } from '../policy/facts.js';
import { standingOf, statusOf } from '../policy/status.js';
import type { Account } from './account.js';
import { commandsFor, isInsider } from './answer.js';

/** The account for a reader of this role; those outside see no inner state, and nobody of the provider. */
export function accountView(account: Account, role: ActorType, now: Instant): object {
  const { accountId, revision, position, snapshot } = account;
  const { facts } = snapshot.context;
  const state = stateOf(snapshot);
  return {
    accountId,
    revision,
    position: position ?? null,
    status: statusOf(state) ?? null,
    standing: standingOf(state),
    ...(isInsider(role) ? { state, review: innerView(account) } : {}),
    allowedCommands: commandsFor(role, allowedCommands(snapshot, now)),
    holder: facts.holder ?? null,
    company: facts.company ?? null,
    ownerEmail: facts.ownerEmail ?? null,
    locale: facts.locale ?? null,
    signedUpAt: facts.signedUpAt ?? null,
    contacts: facts.contacts,
    profile: facts.profile,
    channels: Object.entries(facts.channels).map(([channelId, channel]) => ({ channelId, ...channel })),
    domains: Object.entries(facts.domains).map(([domain, { state: domainState, lapsed, dkim, lastCheck }]) => ({
      domain,
      state: domainState,
      lapsed,
      dkim: dkim ?? null,
      lastCheck: lastCheck ?? null,
    })),
    messages: Object.values(snapshot.context.messages).map(({ messageId, channelId, name }) => ({
      messageId,
      channelId,
      name,
    })),
    evidence: Object.entries(facts.evidence).map(([evidenceId, { kind }]) => ({ evidenceId, kind })),
    questions:
      facts.information?.items.map((item) => ({ ...item, reasonCode: publicReasonCode(item.reasonCode) })) ?? [],
    respondBy: facts.information === undefined ? null : answerBy(facts.information),
    scope: facts.scope ?? null,
    verifiedAt: facts.verifiedAt ?? null,
  };
}

function innerView({ snapshot }: Account): object {
  const { request, assignee, proposal, waived, decision, standing } = snapshot.context.facts;
  return {
    request: request ?? null,
    assignee: assignee ?? null,
    proposal: proposal ?? null,
    waived,
    decision: decision ?? null,
    standing: standing ?? null,
  };
}
