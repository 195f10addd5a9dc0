/** What the notice at a button says: yes only where the gate said yes. */
import { gateNoticeView } from '../../../src/console/embed/gateView.js';
import type { Gate } from '../../../src/console/embed/model.js';
import { sayIn } from '../../../src/console/embed/texts/texts.js';
import { gateReasons } from '../../../src/policy/gate.js';

const say = sayIn('en');
const allowed: Gate = {
  action: 'broadcast.start',
  allowed: true,
  status: 'active',
  deliveryMode: 'live',
  onDenied: 'discard',
  reasons: [],
  missing: [],
  channels: [],
  awaitingActionFrom: null,
  notices: [],
  policyVersion: 'p',
  revision: 1,
  position: '1',
};
const denied: Gate = { ...allowed, allowed: false, status: 'pending', deliveryMode: 'blocked' };

test('nothing is allowed before there is an answer, nor without one', () => {
  expect(gateNoticeView('asking', say)).toMatchObject({ allowed: false, tone: 'info' });
  expect(gateNoticeView('unreachable', say)).toMatchObject({ allowed: false, tone: 'wait' });
});

test('allowed, to own addresses only, and while warned', () => {
  expect(gateNoticeView(allowed, say)).toEqual({ allowed: true, tone: 'ok', text: 'You can do this now.', more: [] });
  expect(gateNoticeView({ ...allowed, deliveryMode: 'test' }, say).text).toContain('own addresses');
  expect(gateNoticeView({ ...allowed, notices: ['warned'] }, say)).toMatchObject({ allowed: true, tone: 'wait' });
});

test.each(gateReasons)('denied for %s: says why in its own words', (reason) => {
  const view = gateNoticeView({ ...denied, reasons: [reason] }, say);
  expect(view.allowed).toBe(false);
  expect(view.text).toBe(say.of(`gate.reason.${reason}`, 'missing'));
  expect(view.text).not.toBe('missing');
});

test('what the customer must do is named; what waits for others is not', () => {
  const missing: Gate['missing'] = [
    { requirement: 'use_case', awaitingActionFrom: 'customer' },
    { requirement: 'domain_verified', awaitingActionFrom: 'system' },
  ];
  const theirs = gateNoticeView(
    { ...denied, reasons: ['not_requested'], missing, awaitingActionFrom: 'customer' },
    say,
  );
  expect(theirs).toMatchObject({ tone: 'wait', more: ['Still missing: what you will send.'] });
  const ours = gateNoticeView({ ...denied, reasons: ['in_review'], missing, awaitingActionFrom: 'reviewer' }, say);
  expect(ours).toMatchObject({ tone: 'info', more: [] });
});

test('what is held is said to be kept, and a second reason is said, too', () => {
  const view = gateNoticeView({ ...denied, reasons: ['suspended', 'in_review'], onDenied: 'hold' }, say);
  expect(view.tone).toBe('stop');
  expect(view.more).toEqual([say('gate.reason.in_review'), say('gate.hold')]);
});

test('while the gate only observes, it is open, and what it would say is said', () => {
  const view = gateNoticeView(
    { ...denied, allowed: true, observed: true, wouldAllow: false, reasons: ['in_review'] },
    say,
  );
  expect(view.allowed).toBe(true);
  expect(view.text).toContain(say('gate.reason.in_review'));
});
