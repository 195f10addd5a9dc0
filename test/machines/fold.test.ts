import { fold, foldOne, initialSnapshot, stateOf, UnfoldableEvent } from '../../machines/fold.js';
import type { Fact } from '../../src/events/fact.js';
import { backend, reviewer, start } from '../support/examples.js';

const signedUp: Fact = {
  type: 'AccountSignedUp',
  data: { holder: 'business', ownerEmail: 'owner@acme.example' },
  actor: backend,
  occurredAt: start,
};
const approved: Fact = { type: 'VerificationApproved', data: { automatic: false }, actor: reviewer, occurredAt: start };

test('given events with a place, when folded, then the chart is where they lead', () => {
  expect(stateOf(fold('account-acme', [{ revision: 0, fact: signedUp }]))).toEqual({
    setup: { open: { people: 'missing', events: 'missing', channel: 'missing', message: 'missing' } },
    verification: 'notRequested',
    standing: 'good',
  });
});

test('given an event that the chart refuses, when folded, then it is an error that names stream, revision and state', () => {
  const signed = foldOne('account-acme', initialSnapshot, 0, signedUp);
  expect(() => foldOne('account-acme', signed, 1, approved)).toThrow(UnfoldableEvent);
  expect(() => foldOne('account-acme', signed, 1, approved)).toThrow(
    /account-acme revision 1: the chart refuses VerificationApproved in .*notRequested/,
  );
});

test('given an account that has signed up, when it signs up again, then the chart refuses it', () => {
  const signed = foldOne('account-acme', initialSnapshot, 0, signedUp);
  expect(() => foldOne('account-acme', signed, 1, signedUp)).toThrow(UnfoldableEvent);
});
