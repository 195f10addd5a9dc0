/** What has changed on a review since somebody opened it. */
import { bearsOnDecision, changedParts, since } from '../../src/console/desk/changes.js';
import { eventTypes } from '../../src/events/catalogue.js';
import { newReviewDesk } from '../support/reviewDesk.js';
import { command, inReview, reviewer } from '../support/examples.js';

test('the parts that events changed, and what happened after a revision, once and in order', () => {
  const heard = [
    { revision: 9, type: 'EvidenceAttached' },
    { revision: 7, type: 'ReviewAssigned' },
    { revision: 8, type: 'DomainVerified' },
    { revision: 9, type: 'EvidenceAttached' },
  ];
  expect(since(7, heard).map(({ revision }) => revision)).toEqual([8, 9]);
  expect([...changedParts(since(7, heard))]).toEqual(['domains', 'evidence']);
  expect(since(9, heard)).toEqual([]);
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
