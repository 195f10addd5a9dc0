/** What screening looks at: an account as its log has it, in the shape that checks need. */
import type { AccountSnapshot } from '../../machines/fold.js';
import { entryOf } from '../events/record.js';
import type { MessageType } from '../events/vocabulary.js';
import { isPublicName } from '../net/dns.js';
import type { Domain } from '../policy/facts.js';

/** A person of the account who can be written to; `role` is for the reviewer's eyes. */
export type Person = {
  readonly role: string;
  readonly email: string;
  /** Whether the provider knows the address from the sign-up. Others are only what the account wrote. */
  readonly signedUp?: true;
};

/** The message that shows what will be sent, as the request names it. */
export type Sample =
  | {
      readonly kind: 'message';
      readonly name: string;
      readonly subject?: string | undefined;
      readonly body?: string | undefined;
      readonly previewUrl?: string | undefined;
    }
  | { readonly kind: 'file'; readonly what: string }
  | { readonly kind: 'missing' };

export type SendingDomain = { readonly name: string; readonly domain: Domain | undefined };

export type Subject = {
  readonly accountId: string;
  readonly website: string | undefined;
  readonly people: readonly Person[];
  /** The domains of the configured e-mail channels. */
  readonly sendingDomains: readonly SendingDomain[];
  /** Every domain of the account, whether a channel uses it or not. */
  readonly domains: readonly string[];
  /** Empty while nothing is declared. */
  readonly messageTypes: readonly MessageType[];
  readonly subscriptionProcess: string | undefined;
  readonly sample: Sample;
};

/** The people of an account: the owner, the technical contact, and whoever it named. */
function peopleOf({ ownerEmail, profile, contacts }: AccountSnapshot['context']['facts']): Person[] {
  return [
    ...(ownerEmail === undefined ? [] : [{ role: 'owner', email: ownerEmail, signedUp: true as const }]),
    ...(profile.technicalContact === undefined
      ? []
      : [{ role: 'technical contact', email: profile.technicalContact.email }]),
    ...contacts.map(({ email, roles }) => ({ role: roles.join(' and ') || 'contact', email })),
  ];
}

/** The sample as the request pinned it; requests from before samples were pinned only name one. */
function sampleOf({ facts, messages }: AccountSnapshot['context']): Sample {
  const pinned = facts.request?.sample;
  if (pinned?.kind === 'evidence') return { kind: 'file', what: pinned.evidenceKind };
  if (pinned?.kind === 'message') {
    const { name, subject, body, previewUrl } = pinned;
    return { kind: 'message', name, subject, body, previewUrl };
  }
  const named = facts.request?.sampleMessage;
  if (named === undefined) return { kind: 'missing' };
  if ('evidenceId' in named) {
    const evidence = entryOf(facts.evidence, named.evidenceId);
    return evidence === undefined ? { kind: 'missing' } : { kind: 'file', what: evidence.kind };
  }
  const message = entryOf(messages, named.messageId);
  if (message === undefined) return { kind: 'missing' };
  const { name, subject, body, previewUrl } = message;
  return { kind: 'message', name, subject, body, previewUrl };
}

/** The subject of a screening. */
export function subjectOf(accountId: string, { context }: AccountSnapshot): Subject {
  const { facts } = context;
  const { website, messageTypes = [], subscriptionProcess } = facts.profile;
  const used = Object.values(facts.channels).flatMap(({ domain }) => (domain === undefined ? [] : [domain]));
  return {
    accountId,
    website,
    people: peopleOf(facts),
    sendingDomains: [...new Set(used)].map((name) => ({ name, domain: entryOf(facts.domains, name) })),
    domains: [...new Set([...used, ...Object.keys(facts.domains)])],
    messageTypes,
    subscriptionProcess,
    sample: sampleOf(context),
  };
}

/**
 * Whether website and domains are all names for special use (`acme.example`), as of sample and test accounts: there is
 * nothing in the world to look at.
 */
export function isImaginary({ website, domains }: Subject): boolean {
  const hosts = [...domains, ...(website === undefined ? [] : [new URL(website).hostname])];
  return hosts.length > 0 && !hosts.some(isPublicName);
}
