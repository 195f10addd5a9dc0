import { isImaginary, subjectOf } from '../../src/screening/subject.js';
import { after } from '../support/decideSpecification.js';
import { command, inScreening } from '../support/examples.js';
import { goodBody, senderAt } from '../support/senders.js';

const host = 'clean-shop.com';
const sender = senderAt(host, `https://${host}/`);

test('a subject holds what checks ask: website, people, domains, declarations and the sample', () => {
  expect(subjectOf('acme', after(sender))).toMatchObject({
    accountId: 'acme',
    website: 'https://clean-shop.com/',
    people: [
      { role: 'owner', email: 'owner@clean-shop.com' },
      { role: 'technical contact', email: 'tech@clean-shop.com' },
    ],
    sendingDomains: [{ name: 'mail.clean-shop.com', domain: { state: 'verified' } }],
    domains: ['mail.clean-shop.com'],
    messageTypes: ['newsletter'],
    sample: { kind: 'message', name: 'News', subject: 'News of May', body: goodBody },
  });
});

test('a sample that the request pinned is what counts, whatever became of the message since', () => {
  const snapshot = after(sender);
  const withSample = (sample: unknown) => {
    const { facts } = snapshot.context;
    const context = { ...snapshot.context, facts: { ...facts, request: { ...facts.request, sample } } };
    return subjectOf('acme', { ...snapshot, context } as typeof snapshot).sample;
  };
  const pinned = { kind: 'message', messageId: 'news', name: 'News', body: 'As it was' };
  expect(withSample(pinned)).toEqual({ kind: 'message', name: 'News', body: 'As it was' });
  const file = { kind: 'evidence', evidenceId: 'shot-1', sha256: 'a'.repeat(64), mediaType: 'image/png' };
  expect(withSample({ ...file, evidenceKind: 'screenshot' })).toEqual({ kind: 'file', what: 'screenshot' });
});

test('an account is imaginary where nothing of it can be in the public DNS', () => {
  expect(isImaginary(subjectOf('acme', after(inScreening)))).toBe(true);
  expect(isImaginary(subjectOf('acme', after(sender)))).toBe(false);
  const real = [...inScreening, command('UpdateBusinessProfile', { website: `https://${host}/` })];
  expect(isImaginary(subjectOf('acme', after(real)))).toBe(false);
});
