/** Sending domains and what checks of them find. */
import type { Proposal } from '../../events/fact.js';
import { entryOf } from '../../events/record.js';
import { millisecondsBetween } from '../../events/time.js';
import { type Domain, mostDomains } from '../../policy/facts.js';
import { type Decider, type DeciderInput, same } from '../decider.js';

export const AddDomain: Decider<'AddDomain'> = {
  propose: ({ data }) => [{ type: 'DomainAdded', data }],
  refuse: ({ data, facts }) => {
    const isNew = entryOf(facts.domains, data.domain) === undefined;
    return isNew && Object.keys(facts.domains).length >= mostDomains ? 'too_many_domains' : undefined;
  },
  unchanged: ({ data, facts }) => {
    const known = entryOf(facts.domains, data.domain);
    // Without a key it says nothing about the one that is known.
    return known !== undefined && (data.dkim === undefined || same(known.dkim, data.dkim));
  },
};

export const RemoveDomain: Decider<'RemoveDomain'> = {
  propose: ({ data }) => [{ type: 'DomainRemoved', data }],
  refuse: ({ data, facts }) => {
    if (entryOf(facts.domains, data.domain) === undefined) return 'unknown_domain';
    const inUse = Object.values(facts.channels).some((channel) => channel.domain === data.domain);
    return inUse ? 'domain_in_use' : undefined;
  },
};

type Check = DeciderInput<'RecordDomainCheck'>;

/** A domain that has been verified and has not lapsed since. */
function mayStillSend(domain: Domain): boolean {
  return domain.state === 'verified' || domain.state === 'temporaryFailure';
}

/** Whether this failed check, with those before it, is more than the policy allows. */
function lapses({ data, now, policy }: Check, domain: Domain): boolean {
  const { lapseAfterFailures, lapseAfterHours } = policy.domains;
  const since = domain.failingSince ?? now;
  return (
    data.outcome === 'failed' &&
    mayStillSend(domain) &&
    domain.failures + 1 >= lapseAfterFailures &&
    millisecondsBetween(since, now) >= lapseAfterHours * 3_600_000
  );
}

/**
 * A failed check of a domain that may still send counts towards its lapse, so it is news until the count is reached;
 * from then on only the time is missing, and the same finding again is none.
 */
function counts({ data, policy }: Check, domain: Domain): boolean {
  return data.outcome === 'failed' && mayStillSend(domain) && domain.failures < policy.domains.lapseAfterFailures;
}

function findings(input: Check): [Proposal, ...Proposal[]] {
  const { domain: name, outcome, records } = input.data;
  if (outcome === 'verified') return [{ type: 'DomainVerified', data: { domain: name, records } }];
  const failed: Proposal = { type: 'DomainCheckFailed', data: { domain: name, outcome, records } };
  const domain = entryOf(input.facts.domains, name);
  if (domain === undefined || !lapses(input, domain)) return [failed];
  const failingSince = domain.failingSince ?? input.now;
  return [failed, { type: 'DomainLapsed', data: { domain: name, failures: domain.failures + 1, failingSince } }];
}

export const RecordDomainCheck: Decider<'RecordDomainCheck'> = {
  propose: findings,
  refuse: ({ data, facts }) => (entryOf(facts.domains, data.domain) === undefined ? 'unknown_domain' : undefined),
  unchanged: (input) => {
    const domain = entryOf(input.facts.domains, input.data.domain);
    if (domain?.lastCheck === undefined || counts(input, domain) || lapses(input, domain)) return false;
    const { outcome, records } = domain.lastCheck;
    return outcome === input.data.outcome && same(records, input.data.records);
  },
};
