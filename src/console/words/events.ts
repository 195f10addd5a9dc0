/** What happened, in plain sentences: one for each event of the catalogue. */
import { channelWords, messageTypeWords, reasonWords, requirementWords } from './account.js';
import type { EventData, ToldType } from './eventData.js';
import { capitalised, counted, listed, plain, wordFor } from './plain.js';
import type { Tone } from './status.js';

/** A line beside the sentence: what it is, where that needs saying, and the text, often somebody's own words. */
export type Detail = { readonly label?: string; readonly text: string };

export type EventWords = {
  /** One sentence without the person who acted, who is named beside it. */
  readonly title: string;
  readonly details: readonly Detail[];
  readonly tone: Tone;
};

/** An event as timelines have it; data may be that of any server. */
export type ToldEvent = { readonly type: string; readonly data: object };

type Draft = { readonly title: string; readonly details?: readonly (Detail | undefined)[]; readonly tone?: Tone };

type Reasons = EventData<'AccountWarned'>['reasons'];

/** A detail, unless there is nothing to say. */
function said(label: string | undefined, text: string | undefined): Detail | undefined {
  if (text === undefined || text === '') return undefined;
  return label === undefined ? { text } : { label, text };
}

const because = (reasons: Reasons): Detail[] =>
  reasons.map(({ code, customerMessage }) => ({ label: wordFor(reasonWords, code), text: customerMessage }));

const note = (text: string | undefined): Detail | undefined => said('Internal note', text);

const until = (instant: string | undefined): string => (instant === undefined ? '' : instant.slice(0, 10));

const retry = (retryable: boolean): Detail => ({
  text: retryable ? 'It may be requested again.' : 'It may not be requested again.',
});

function profileDetails(profile: EventData<'BusinessProfileUpdated'>): (Detail | undefined)[] {
  const { website, technicalContact, useCase, audience, messageTypes, subscriptionProcess } = profile;
  const contact = technicalContact === undefined ? undefined : `${technicalContact.name}, ${technicalContact.email}`;
  return [
    said('Website', website),
    said('Technical contact', contact),
    said('What will be sent', useCase),
    said('Who is written to', audience),
    said('Kinds of messages', listed((messageTypes ?? []).map((type) => wordFor(messageTypeWords, type)))),
    said('How people sign up', subscriptionProcess),
  ];
}

const outcomes = { pass: 'passed', fail: 'failed', unknown: 'could not run' } as const;

function findings(all: EventData<'ScreeningCompleted'>['findings']): Detail[] {
  return all
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ check, outcome, reasonCode, detail }) => ({
      label: `${capitalised(plain(check))} ${outcomes[outcome]}`,
      text: detail ?? (reasonCode === undefined ? 'Nothing more was noted.' : wordFor(reasonWords, reasonCode)),
    }));
}

const recommendations = {
  approve: 'Screening recommended approval',
  review: 'Screening was completed; a person decides',
  request_information: 'Screening recommended asking for more',
} as const;

function limits(scope: EventData<'VerificationApproved'>['scope']): (Detail | undefined)[] {
  if (scope === undefined) return [];
  const { messageTypes = [], channelKinds = [], limits: most = {} } = scope;
  return [
    said('Only for', listed(messageTypes.map((type) => wordFor(messageTypeWords, type)))),
    said('Only by', listed(channelKinds.map((kind) => wordFor(channelWords, kind)))),
    said(
      'At most',
      listed(Object.entries(most).map(([name, count]) => `${count.toLocaleString('en')} ${plain(name)}`)),
    ),
  ];
}

const mailTone = { sent: 'quiet', failed: 'wait' } as const;

function mail(how: 'sent' | 'failed', { template, contact, detail }: EventData<'NotificationSent'>): Draft {
  const about = plain(template.replaceAll('-', ' '));
  return {
    title: how === 'sent' ? `Mail was sent: ${about}` : `Mail could not be delivered: ${about}`,
    details: [said('To', contact), said(undefined, detail)],
    tone: mailTone[how],
  };
}

const words: { readonly [T in ToldType]: (data: EventData<T>) => Draft } = {
  AccountSignedUp: ({ holder, company, ownerEmail }) => ({
    title: holder === 'business' ? 'A business signed up' : 'An individual signed up',
    details: [said('Company', company), said('Owner', ownerEmail)],
  }),
  ContactsUpdated: ({ contacts }) => ({
    title: `Contacts were updated: ${counted(contacts.length, 'contact', 'contacts')}`,
    details: contacts.map(({ email, name, roles }) =>
      said(listed(roles) || undefined, name === undefined ? email : `${name}, ${email}`),
    ),
  }),
  BusinessProfileUpdated: (profile) => ({
    title: 'The business profile was updated',
    details: profileDetails(profile),
  }),
  PeopleAdded: ({ count, attributes }) => ({
    title: `${counted(count, 'person was', 'people were')} added`,
    details: [said('Attributes', listed(attributes))],
  }),
  EventsReceived: ({ count, names }) => ({
    title: `${counted(count, 'event was', 'events were')} received`,
    details: [said('Named', listed(names))],
  }),
  ChannelConfigured: ({ channelId, kind, domain }) => ({
    title: `${wordFor(channelWords, kind)} channel ${channelId} was set up`,
    details: [said('Domain', domain)],
  }),
  ChannelRemoved: ({ channelId }) => ({ title: `Channel ${channelId} was removed` }),
  DomainAdded: ({ domain, dkim }) => ({
    title: `Domain ${domain} was added`,
    details: [said('DKIM selector', dkim?.selector)],
  }),
  DomainRemoved: ({ domain }) => ({ title: `Domain ${domain} was removed` }),
  DomainVerified: ({ domain }) => ({ title: `Domain ${domain} was verified`, tone: 'ok' }),
  DomainCheckFailed: ({ domain, outcome, records }) => ({
    title:
      outcome === 'failed'
        ? `Records of domain ${domain} were not found`
        : `Domain ${domain} could not be checked for now`,
    details: records.filter(({ ok }) => !ok).map(({ type, name }) => said('Missing', `${type} ${name}`)),
    tone: outcome === 'failed' ? 'wait' : 'quiet',
  }),
  DomainLapsed: ({ domain, failures }) => ({
    title: `Domain ${domain} lapsed after ${counted(failures, 'failed check', 'failed checks')}`,
    tone: 'stop',
  }),
  MessageCreated: ({ name, channelId, subject }) => ({
    title: `Message “${name}” was created for channel ${channelId}`,
    details: [said('Subject', subject)],
  }),
  EvidenceAttached: ({ kind, fileName, requirement }) => ({
    title: `Evidence was attached: ${kind === 'pdf' ? 'PDF' : kind} ${fileName}`,
    details: [said('For', requirement === undefined ? undefined : wordFor(requirementWords, requirement))],
  }),
  VerificationRequested: ({ sample, ...profile }) => ({
    title: 'Verification was requested',
    details: [
      ...profileDetails(profile),
      said(
        'Sample',
        sample?.kind === 'message' ? sample.name : sample?.kind === 'evidence' ? sample.evidenceId : undefined,
      ),
    ],
    tone: 'info',
  }),
  VerificationWithdrawn: ({ reason }) => ({ title: 'The request was withdrawn', details: [said(undefined, reason)] }),
  ScreeningCompleted: ({ findings: all, recommendation }) => ({
    title: recommendations[recommendation],
    details: [
      said(
        'Checks',
        all.length === 0
          ? undefined
          : `${all.filter(({ outcome }) => outcome === 'pass').length} of ${all.length} passed`,
      ),
      ...findings(all),
    ],
    tone: recommendation === 'approve' ? 'ok' : 'quiet',
  }),
  ScreeningSkipped: ({ reason }) => ({ title: 'Screening was skipped', details: [said(undefined, reason)] }),
  ReviewAssigned: ({ reviewer }) => ({ title: `The review was assigned to ${reviewer}` }),
  ReviewReleased: () => ({ title: 'The review was released: nobody has it' }),
  ReviewEscalated: ({ to, reason }) => ({
    title: `The review was escalated to ${to}`,
    details: [said(undefined, reason)],
    tone: 'wait',
  }),
  InformationRequested: ({ items, respondBy, internalNote }) => ({
    title: `The customer was asked for more: ${counted(items.length, 'question', 'questions')}`,
    details: [
      ...items.map(({ requirement, message }) => said(wordFor(requirementWords, requirement), message)),
      said('Answer by', until(respondBy)),
      note(internalNote),
    ],
    tone: 'wait',
  }),
  InformationSubmitted: ({ answers, via, reference }) => ({
    title: via === undefined ? 'The customer answered' : `The customer’s reply by ${via} was recorded`,
    details: [
      ...answers.map(({ requirement, text, evidenceId, cannotProvide }) =>
        said(
          wordFor(requirementWords, requirement),
          text ?? (evidenceId === undefined ? `Cannot be provided: ${cannotProvide ?? ''}` : `Evidence ${evidenceId}`),
        ),
      ),
      said('Reference', reference),
    ],
    tone: 'info',
  }),
  InformationRequestCancelled: ({ reason }) => ({
    title: 'The questions to the customer were taken back',
    details: [said(undefined, reason)],
  }),
  InformationRequestExpired: ({ respondBy }) => ({
    title: 'The time to answer ran out',
    details: [said('Was to be answered by', until(respondBy))],
    tone: 'wait',
  }),
  RequirementWaived: ({ requirement, reason }) => ({
    title: `A requirement was waived: ${wordFor(requirementWords, requirement)}`,
    details: [said(undefined, reason)],
  }),
  ApprovalProposed: ({ note: text }) => ({ title: 'Approval was proposed', details: [note(text)], tone: 'info' }),
  ProposalWithdrawn: () => ({ title: 'The proposal was withdrawn' }),
  VerificationApproved: ({ note: text, scope, automatic }) => ({
    title: automatic ? 'Verification was approved automatically' : 'Verification was approved',
    details: [...limits(scope), note(text)],
    tone: 'ok',
  }),
  VerificationRejected: ({ reasons, retryable, resubmitUntil, internalNote }) => ({
    title: 'Verification was rejected',
    details: [...because(reasons), retry(retryable), said('Until', until(resubmitUntil)), note(internalNote)],
    tone: 'stop',
  }),
  VerificationRevoked: ({ reasons, retryable, internalNote }) => ({
    title: 'Verification was revoked',
    details: [...because(reasons), retry(retryable), note(internalNote)],
    tone: 'stop',
  }),
  VerificationGrandfathered: ({ verifiedSince, basis }) => ({
    title: `The account was taken as verified since ${until(verifiedSince)}`,
    details: [said('On the basis of', basis)],
    tone: 'ok',
  }),
  ResubmissionWindowClosed: () => ({ title: 'The time to request again ran out', tone: 'wait' }),
  ReReviewOpened: ({ reasons, reviewBy, internalNote }) => ({
    title: 'The account is being looked at again; it may go on sending',
    details: [...because(reasons), said('Until', until(reviewBy)), note(internalNote)],
    tone: 'wait',
  }),
  VerificationConfirmed: ({ note: text }) => ({
    title: 'Verification was confirmed',
    details: [note(text)],
    tone: 'ok',
  }),
  AppealSubmitted: ({ against, statement }) => ({
    title: against === 'suspension' ? 'The suspension was appealed against' : 'The decision was appealed against',
    details: [said('Statement', statement)],
    tone: 'info',
  }),
  AppealDismissed: ({ reasons, internalNote }) => ({
    title: 'The appeal was dismissed',
    details: [...because(reasons), note(internalNote)],
    tone: 'stop',
  }),
  AbuseSignalRecorded: ({ kind, rate, window, source }) => ({
    title: `A sign of abuse was recorded: ${plain(kind)}`,
    details: [
      said(
        'Rate',
        rate === undefined ? undefined : `${(100 * rate).toLocaleString('en', { maximumFractionDigits: 3 })} %`,
      ),
      said('Within', window),
      said('Source', source),
    ],
    tone: 'wait',
  }),
  AccountWarned: ({ reasons, internalNote }) => ({
    title: 'The account was warned',
    details: [...because(reasons), note(internalNote)],
    tone: 'wait',
  }),
  AccountSuspended: ({ reasons, internalNote, holdUntil }) => ({
    title: 'The account was suspended',
    details: [...because(reasons), said('Until', until(holdUntil)), note(internalNote)],
    tone: 'stop',
  }),
  AccountReinstated: ({ note: text }) => ({
    title: 'The account was reinstated',
    details: [note(text)],
    tone: 'ok',
  }),
  AccountClosed: ({ cause, reason }) => ({
    title: cause === 'customer' ? 'The account was closed by the customer' : 'The account was closed by the provider',
    details: [said('Reason', reason)],
  }),
  NotificationSent: (data) => mail('sent', data),
  NotificationFailed: (data) => mail('failed', data),
};

/** What happened. An event of a newer server, or one that is not as it should be, is named plainly: nothing is hidden. */
export function eventWords({ type, data }: ToldEvent): EventWords {
  const tell = Object.hasOwn(words, type) ? (words[type as ToldType] as (data: object) => Draft) : undefined;
  try {
    const { title, details = [], tone = 'quiet' } = tell?.(data) ?? { title: capitalised(plain(type)) };
    return { title, tone, details: details.filter((detail) => detail !== undefined) };
  } catch {
    return { title: capitalised(plain(type)), tone: 'quiet', details: [] };
  }
}
