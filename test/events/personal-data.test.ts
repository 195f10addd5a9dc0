/** Which fields of events are personal data, and data without them. */
import { type EventType, eventCatalogue, eventTypes } from '../../src/events/catalogue.js';
import { personalFields, withoutPersonalData } from '../../src/events/personalData.js';
import { examplesOfEvent, placesOf } from '../support/canaries.js';

const word = 'CANARY';

const reasons = 'reasons[].customerMessage';

/** The decision, event by event. A new field with text in it needs a place here, or among the harmless ones below. */
const personal: { readonly [T in EventType]?: readonly string[] } = {
  AccountSignedUp: ['company', 'ownerEmail'],
  ContactsUpdated: ['contacts[].email', 'contacts[].name'],
  BusinessProfileUpdated: [
    'technicalContact.name',
    'technicalContact.email',
    'useCase',
    'audience',
    'subscriptionProcess',
  ],
  MessageCreated: ['name', 'subject', 'body', 'previewUrl'],
  EvidenceAttached: ['fileName'],
  VerificationRequested: [
    'technicalContact.name',
    'technicalContact.email',
    'useCase',
    'audience',
    'subscriptionProcess',
    'sample.name',
    'sample.subject',
    'sample.body',
    'sample.previewUrl',
  ],
  VerificationWithdrawn: ['reason'],
  ScreeningCompleted: ['findings[].detail'],
  ScreeningSkipped: ['reason'],
  ReviewEscalated: ['reason'],
  InformationRequested: ['items[].message', 'internalNote'],
  InformationSubmitted: ['answers[].text', 'answers[].cannotProvide', 'reference'],
  InformationRequestCancelled: ['reason'],
  RequirementWaived: ['reason'],
  ApprovalProposed: ['note'],
  VerificationApproved: ['note'],
  VerificationRejected: [reasons, 'internalNote'],
  VerificationRevoked: [reasons, 'internalNote'],
  VerificationGrandfathered: ['basis'],
  ReReviewOpened: [reasons, 'internalNote'],
  VerificationConfirmed: ['note'],
  AppealSubmitted: ['statement'],
  AppealDismissed: [reasons, 'internalNote'],
  AbuseSignalRecorded: ['source'],
  AccountWarned: [reasons, 'internalNote'],
  AccountSuspended: [reasons, 'internalNote'],
  AccountReinstated: ['note'],
  AccountClosed: ['reason'],
  NotificationSent: ['contact', 'detail'],
  NotificationFailed: ['contact', 'detail'],
};

/** Text that says nothing of a person: names of a workspace's attributes and events, DNS, kinds, a business's website. */
const harmless: { readonly [T in EventType]?: readonly string[] } = {
  BusinessProfileUpdated: ['website'],
  PeopleAdded: ['attributes[]'],
  EventsReceived: ['names[]'],
  DomainAdded: ['dkim.selector', 'dkim.publicKey'],
  DomainVerified: ['records[].type', 'records[].name', 'records[].expected', 'records[].found[]'],
  DomainCheckFailed: ['records[].type', 'records[].name', 'records[].expected', 'records[].found[]'],
  EvidenceAttached: ['mediaType'],
  VerificationRequested: ['website', 'sample.mediaType'],
  ScreeningCompleted: ['findings[].check'],
  AbuseSignalRecorded: ['window'],
  NotificationSent: ['template'],
  NotificationFailed: ['template'],
};

describe.each(eventTypes)('%s', (type) => {
  const examples = examplesOfEvent(type, word);

  test('its personal fields are those that were decided on', () => {
    expect(personalFields(type)).toEqual(personal[type] ?? []);
  });

  test('given a word in every text, then what is left has it in the harmless places alone', () => {
    const left = examples.flatMap((data) => placesOf(withoutPersonalData(type, data), word));
    expect([...new Set(left)].sort()).toEqual([...(harmless[type] ?? [])].sort());
  });

  test('the word was in every place that could hold it, and what is not personal is as it was', () => {
    const places = new Set(examples.flatMap((data) => placesOf(data, word)));
    expect([...places].sort()).toEqual([...(personal[type] ?? []), ...(harmless[type] ?? [])].sort());
    if (personal[type] === undefined) {
      for (const data of examples) expect(withoutPersonalData(type, data)).toEqual(data);
    }
  });

  test('the schema says the same of data as it is, personal or not', () => {
    for (const data of examples) expect(eventCatalogue[type].data.parse(data)).toEqual(data);
  });
});

test('keys of personal fields are absent, not empty', () => {
  const data = { contacts: [{ email: 'a@b.example', name: 'A', roles: ['owner'], locale: 'de' }] };
  expect(withoutPersonalData('ContactsUpdated', data)).toEqual({ contacts: [{ roles: ['owner'], locale: 'de' }] });
});

test('a field that no schema names is left out: nobody has said that it is harmless', () => {
  expect(withoutPersonalData('ReviewAssigned', { reviewer: 'r-1', told: 'by phone' })).toEqual({ reviewer: 'r-1' });
  expect(withoutPersonalData('PeopleAdded', { count: { who: 'x' }, attributes: [] })).toEqual({
    count: {},
    attributes: [],
  });
});

test('ids that look like parts of an object are ids like any other', () => {
  const data = JSON.parse('{"automatic":false,"scope":{"limits":{"__proto__":5,"constructor":6}}}') as object;
  expect(JSON.stringify(withoutPersonalData('VerificationApproved', data))).toBe(
    '{"automatic":false,"scope":{"limits":{"__proto__":5,"constructor":6}}}',
  );
});
