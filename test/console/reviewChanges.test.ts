/** What has changed on a review since somebody opened it. */
import { bearsOnDecision, besides, changedParts } from '../../src/console/desk/changes.js';
import { eventTypes } from '../../src/events/catalogue.js';
import { newReviewDesk } from '../support/reviewDesk.js';
import { command, inReview, reviewer } from '../support/examples.js';

test('the parts of the page that events changed; what shows in the timeline alone changes none', () => {
  const types = ['EvidenceAttached', 'ReviewAssigned', 'DomainVerified', 'NotificationSent', 'EvidenceAttached'];
  const events = types.map((type, revision) => ({ revision, type }));
  expect([...changedParts(events)]).toEqual(['evidence', 'header', 'domains']);
});

test('what others did beside a command of one’s own, whose events end at its answer', () => {
  const events = [7, 8, 9, 10].map((revision) => ({ revision, type: 'EvidenceAttached' }));
  const revisions = (done?: { revision: number; events: unknown[] }): number[] =>
    besides(events, done).map(({ revision }) => revision);
  expect(revisions({ revision: 9, events: [{}, {}] })).toEqual([7, 10]);
  expect(revisions({ revision: 9, events: [] })).toEqual([7, 8, 9, 10]);
  expect(revisions()).toEqual([7, 8, 9, 10]);
});

test('what would stop a decision is never taken over without a word', async () => {
  // The server names what bears on a decision when it stops one: everything that it may name is asked about here.
  const desk = await newReviewDesk();
  await desk.gatehouse.walk(inReview);
  const { body } = await desk.page(reviewer, 'acme');
  const seen = Number(body['revision']);
  const quiet = eventTypes.filter((type) => !bearsOnDecision([{ revision: 1, type }]));
  expect(quiet).toContain('ReviewAssigned');
  await desk.gatehouse.walk([
    command('AssignReview'),
    command('EscalateReview'),
    command('ReleaseReview'),
    command('UpdateContacts'),
    command('RecordMessageCreated', { messageId: 'other', channelId: 'email-1', name: 'Other' }),
    command('RecordPeopleAdded', { count: 9, attributes: [] }),
    command('RecordEventsReceived', { count: 9, names: [] }),
    command('RecordNotification'),
    command('RecordNotification', { template: 'other', contact: 'owner@acme.example', outcome: 'failed' }),
  ]);
  const pinned = { 'If-Match': `"${seen}"` };
  expect(await desk.post(reviewer, 'acme', 'ProposeApproval', {}, pinned)).toMatchObject({ status: 200 });
  await desk.gatehouse.walk([command('AttachEvidence')]);
  const stopped = await desk.post(reviewer, 'acme', 'ApproveVerification', {}, pinned);
  expect(stopped.status).toBe(412);
  expect(bearsOnDecision(stopped.body['changes'] as { revision: number; type: string }[])).toBe(true);
  await desk.close();
});
