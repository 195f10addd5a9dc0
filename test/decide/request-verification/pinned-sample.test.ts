/** A request keeps the content of its sample as it was: what comes later changes another message, not this request. */
import type { AccountSnapshot } from '../../../machines/fold.js';
import { eventCatalogue } from '../../../src/events/catalogue.js';
import { subjectOf } from '../../../src/screening/subject.js';
import { command, goodData, inScreening, setUp } from '../../support/examples.js';
import { after, given } from '../../support/decideSpecification.js';

const message = {
  messageId: 'spring',
  channelId: 'email-1',
  name: 'Spring offers',
  subject: 'New in spring',
  body: 'Unsubscribe: https://acme.example/u',
  previewUrl: 'https://acme.example/preview',
};
const asked = (sampleMessage?: { messageId: string } | { evidenceId: string }) =>
  command('RequestVerification', {
    ...goodData.RequestVerification,
    ...(sampleMessage === undefined ? {} : { sampleMessage }),
  });
const pinnedIn = (snapshot: AccountSnapshot): unknown => snapshot.context.facts.request?.sample;

test('given no sample is named, then the latest message is pinned with its words', () => {
  const [fact] = given([...setUp, command('RecordMessageCreated', message)])
    .when(asked())
    .thenEvents('VerificationRequested');
  const { channelId: _channel, ...content } = message;
  expect(fact?.data).toMatchObject({ sampleMessage: { messageId: 'spring' }, sample: { kind: 'message', ...content } });
  expect(eventCatalogue.VerificationRequested.data.safeParse(fact?.data).success).toBe(true);
});

test('given an older message is named, then that one is pinned; what it does not have is left out', () => {
  const snapshot = after([...setUp, command('RecordMessageCreated', message), asked({ messageId: 'welcome' })]);
  expect(pinnedIn(snapshot)).toEqual({ kind: 'message', messageId: 'welcome', name: 'Welcome' });
});

test('given evidence is named, then its hash and type are pinned', () => {
  const attached = command('AttachEvidence');
  const [fact] = given([...setUp, attached])
    .when(asked({ evidenceId: 'shot-1' }))
    .thenEvents('VerificationRequested');
  const { sha256, mediaType } = goodData.AttachEvidence;
  const sample = { kind: 'evidence', evidenceId: 'shot-1', sha256, mediaType, evidenceKind: 'screenshot' };
  expect(fact?.data).toMatchObject({ sample });
  expect(eventCatalogue.VerificationRequested.data.safeParse(fact?.data).success).toBe(true);
});

test('given the message or the evidence changes after the request, then what was pinned stays', () => {
  const changed = { ...message, messageId: 'welcome', body: 'Other words' };
  const other = { ...goodData.AttachEvidence, sha256: 'b'.repeat(64) };
  const words = after([...inScreening, command('RecordMessageCreated', changed)]);
  expect(pinnedIn(words)).toEqual({ kind: 'message', messageId: 'welcome', name: 'Welcome' });
  const bytes = after([
    ...setUp,
    command('AttachEvidence'),
    asked({ evidenceId: 'shot-1' }),
    command('AttachEvidence', other),
  ]);
  expect(pinnedIn(bytes)).toMatchObject({ sha256: goodData.AttachEvidence.sha256 });
});

test('given the message changes after the request, then screening looks at what was pinned', () => {
  const changed = { ...message, body: 'Other words' };
  const snapshot = after([
    ...setUp,
    command('RecordMessageCreated', message),
    asked(),
    command('RecordMessageCreated', changed),
  ]);
  expect(subjectOf('acme', snapshot).sample).toMatchObject({ kind: 'message', body: message.body });
});

test('given a request, then its sample is no part of the business profile', () => {
  expect(after(inScreening).context.facts.profile).toEqual(goodData.RequestVerification);
});

test('given an event from before samples were pinned, then it is valid as it is', () => {
  const [fact] = given(setUp).when(asked()).thenEvents('VerificationRequested');
  const { sample: _sample, ...before } = (fact?.data ?? {}) as { sample?: unknown };
  expect(eventCatalogue.VerificationRequested.data.safeParse(before).success).toBe(true);
});
