/** Who is written to: the contacts whose role a notice concerns, each once. */
import type { ContactRole, Requirement } from '../events/vocabulary.js';
import type { AccountFacts } from '../policy/facts.js';
import type { MailTemplate, PolicyDocument } from '../policy/policy.js';
import { type MailLocale, mailLocale } from './locale.js';
import type { Notice, PublicQuestion } from './notice.js';

export type Recipient = {
  readonly email: string;
  readonly name?: string;
  readonly roles: readonly ContactRole[];
  readonly locale: MailLocale;
};

/** Questions that whoever looks after the technical side can answer alone. */
const technical: ReadonlySet<Requirement> = new Set([
  'people_added',
  'events_received',
  'channel_configured',
  'domain_verified',
]);

const byDefault: readonly ContactRole[] = ['requester', 'owner'];

/** Everybody whom the account names, each address once (whatever its case) with all of its roles. */
export function contactsOf({ contacts, ownerEmail, locale, profile }: AccountFacts): readonly Recipient[] {
  const named: {
    email: string;
    name?: string | undefined;
    roles: readonly ContactRole[];
    locale?: string | undefined;
  }[] = [
    ...contacts,
    // Who opened the account hears of it, whoever else is named: an intruder cannot name somebody else instead.
    ...(ownerEmail === undefined ? [] : [{ email: ownerEmail, roles: ['owner'] as const }]),
    ...(profile.technicalContact === undefined ? [] : [{ ...profile.technicalContact, roles: ['technical'] as const }]),
  ];
  const byAddress = new Map<string, (typeof named)[number]>();
  for (const one of named) {
    const key = addressKey(one.email);
    const before = byAddress.get(key);
    byAddress.set(key, {
      email: before?.email ?? one.email,
      name: before?.name ?? one.name,
      roles: [...new Set([...(before?.roles ?? []), ...one.roles])],
      locale: before?.locale ?? one.locale,
    });
  }
  return [...byAddress.values()].map(({ email, name, roles, locale: own }) => ({
    email,
    ...(name === undefined ? {} : { name }),
    roles,
    locale: mailLocale(own, locale),
  }));
}

/** What two spellings of an address have in common: mailboxes do not tell upper from lower case. */
export function addressKey(email: string): string {
  return email.toLowerCase();
}

function questionsOf(notice: Notice): readonly PublicQuestion[] | undefined {
  return 'questions' in notice ? notice.questions : undefined;
}

function concerns(recipient: Recipient, roles: readonly ContactRole[], notice: Notice): boolean {
  const concerned = recipient.roles.filter((role) => roles.includes(role));
  if (concerned.length === 0) return false;
  const questions = questionsOf(notice);
  const onlyTechnical = concerned.every((role) => role === 'technical');
  // Of questions the technical contact hears only when one of them is technical.
  return questions === undefined || !onlyTechnical || questions.some(({ requirement }) => technical.has(requirement));
}

/**
 * Who is told: the contacts in the roles that the policy names for the template; where that is nobody, the owner.
 * Empty only for an account without any address.
 */
export function recipients(facts: AccountFacts, notice: Notice, policy: PolicyDocument): readonly Recipient[] {
  const template: MailTemplate = notice.template;
  const roles = policy.mail.recipients[template] ?? byDefault;
  const all = contactsOf(facts);
  const told = all.filter((recipient) => concerns(recipient, roles, notice));
  return told.length > 0 ? told : all.filter((recipient) => recipient.roles.includes('owner'));
}

/** The notice as it concerns one recipient: somebody who is only the technical contact is asked only what is technical. */
export function noticeFor(recipient: Recipient, notice: Notice): Notice {
  if (!('questions' in notice) || recipient.roles.some((role) => role !== 'technical')) return notice;
  const questions = notice.questions.filter(({ requirement }) => technical.has(requirement));
  return questions.length === 0 ? notice : { ...notice, questions };
}
