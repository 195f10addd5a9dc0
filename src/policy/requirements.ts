/** Which requirements are open, and whose move each one is: one answer for decide, gate and setup guide alike. */
import { entryOf } from '../events/record.js';
import { requestRequirements, type Requirement } from '../events/vocabulary.js';
import type { AccountFacts } from './facts.js';

export type Mover = 'customer' | 'reviewer' | 'system';

/** A requirement that is not met, and who must act. */
export type OpenRequirement = { readonly requirement: Requirement; readonly awaitingActionFrom: Mover };

const filled = (value: string | undefined): boolean => value !== undefined && value !== '';

/** The domains of the configured e-mail channels that keep `domain_verified` open; temporaryFailure does, too. */
export function unverifiedDomains(facts: AccountFacts): readonly string[] {
  return Object.values(facts.channels)
    .filter((channel) => channel.kind === 'email')
    .map((channel) => channel.domain ?? '')
    .filter((domain) => entryOf(facts.domains, domain)?.state !== 'verified');
}

const met: { readonly [R in Requirement]: (facts: AccountFacts) => boolean } = {
  people_added: (facts) => facts.peopleAdded,
  events_received: (facts) => facts.eventsReceived,
  channel_configured: (facts) => Object.keys(facts.channels).length > 0,
  first_message_created: (facts) => facts.latestMessageId !== undefined,
  company_website: (facts) => filled(facts.profile.website),
  technical_contact: (facts) => facts.profile.technicalContact !== undefined,
  use_case: (facts) => filled(facts.profile.useCase),
  audience: (facts) => filled(facts.profile.audience),
  message_types: (facts) => (facts.profile.messageTypes ?? []).length > 0,
  subscription_process: (facts) => filled(facts.profile.subscriptionProcess),
  sample_message: (facts) => facts.request !== undefined,
  domain_verified: (facts) => unverifiedDomains(facts).length === 0,
  // These two exist only as questions; an answer closes the question, and with it the requirement.
  identity: () => true,
  other: () => true,
};

/**
 * Who must act on an unmet requirement: the customer, but for a domain whose records were not looked at yet, or could
 * not be looked at the last time: there a check must run first.
 */
export function moverOf(requirement: Requirement, facts: AccountFacts): Mover {
  return requirement === 'domain_verified' ? moverOfDomains(unverifiedDomains(facts), facts) : 'customer';
}

/** Who must act so that these domains are verified: the system while all that is missing is a check. */
export function moverOfDomains(names: readonly string[], facts: AccountFacts): Mover {
  const checkIsNext = names.every((name) => {
    const domain = entryOf(facts.domains, name);
    return domain !== undefined && (domain.lastCheck === undefined || domain.lastCheck.outcome === 'temporary_failure');
  });
  return checkIsNext ? 'system' : 'customer';
}

function open(requirement: Requirement, facts: AccountFacts): OpenRequirement {
  return { requirement, awaitingActionFrom: moverOf(requirement, facts) };
}

/** The setup steps: what must be true to request verification and stay true until it is approved. */
const setupSteps: readonly Requirement[] = [
  'people_added',
  'events_received',
  'channel_configured',
  'first_message_created',
];

/** The setup steps that are not true (any more). */
export function missingSetup(facts: AccountFacts): readonly Requirement[] {
  return setupSteps.filter((requirement) => !met[requirement](facts));
}

/** What is missing to request verification. */
export function missingToRequest(facts: AccountFacts): readonly OpenRequirement[] {
  return requestRequirements
    .filter((requirement) => !met[requirement](facts))
    .map((requirement) => open(requirement, facts));
}

/**
 * What is missing to approve the request under way: what the request's policy asks, and whatever a reviewer asked for
 * until it is answered; less what a reviewer waived.
 */
export function missingToApprove(facts: AccountFacts): readonly OpenRequirement[] {
  const required = facts.request?.approvalRequirements ?? facts.decision?.approvalRequirements ?? [];
  const asked = facts.information?.items.map((item) => item.requirement) ?? [];
  const missing = new Set([...required.filter((requirement) => !met[requirement](facts)), ...asked]);
  return [...missing]
    .filter((requirement) => !facts.waived.includes(requirement))
    .map((requirement) => open(requirement, facts));
}

/** What a verified account lacks to send: a channel, or a domain in order. */
export function missingToSend(facts: AccountFacts): readonly OpenRequirement[] {
  const required: readonly Requirement[] = ['channel_configured', 'domain_verified'];
  return required.filter((requirement) => !met[requirement](facts)).map((requirement) => open(requirement, facts));
}
