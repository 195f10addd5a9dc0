/** The gate's table (README, "The gate"), over every reachable state of the chart × channel and domain state. */
import { stateOf } from '../../machines/fold.js';
import type { AccountFacts, Domain } from '../../src/policy/facts.js';
import { decideGate, type GateAction, gateActions, openActions, sendingActions } from '../../src/policy/gate.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { standingOf, verificationState } from '../../src/policy/status.js';
import { domain } from '../support/examples.js';
import { byState, reachable } from '../support/explore.js';

const states = [...byState(reachable()).values()].filter((snapshot) => snapshot.context.facts.signedUpAt !== undefined);

const domainOf = (state: Domain['state'], lapsed = false): AccountFacts['domains'] => ({
  [domain]: { state, lapsed, failures: 0 },
});
const email = { 'email-1': { kind: 'email', domain } } as const;

type Channels = Pick<AccountFacts, 'channels' | 'domains'>;

/** Channel and domain states, and what the table says of each on a verified account in good standing. */
const channelCases: readonly { name: string; facts: Channels; reason: string | null; onDenied: string }[] = [
  { name: 'no channel', facts: { channels: {}, domains: {} }, reason: 'channel_missing', onDenied: 'discard' },
  { name: 'push', facts: { channels: { 'push-1': { kind: 'push' } }, domains: {} }, reason: null, onDenied: 'discard' },
  {
    name: 'verified domain',
    facts: { channels: email, domains: domainOf('verified') },
    reason: null,
    onDenied: 'discard',
  },
  {
    name: 'temporaryFailure',
    facts: { channels: email, domains: domainOf('temporaryFailure') },
    reason: null,
    onDenied: 'discard',
  },
  {
    name: 'pending domain',
    facts: { channels: email, domains: domainOf('pending') },
    reason: 'domain_unverified',
    onDenied: 'discard',
  },
  {
    name: 'failed domain',
    facts: { channels: email, domains: domainOf('failed') },
    reason: 'domain_unverified',
    onDenied: 'discard',
  },
  {
    name: 'lapsed domain',
    facts: { channels: email, domains: domainOf('failed', true) },
    reason: 'domain_lapsed',
    onDenied: 'hold',
  },
  { name: 'unknown domain', facts: { channels: email, domains: {} }, reason: 'domain_unverified', onDenied: 'discard' },
];

const context = { policy: builtInPolicy, position: '0000000000000001', mode: 'enforce' } as const;

function ask(index: number, channels: Channels, action: GateAction, channelId?: string) {
  const snapshot = states[index];
  if (snapshot === undefined) throw new Error('no such state');
  const facts = { ...snapshot.context.facts, ...channels };
  return decideGate({ action, channelId }, { facts, state: stateOf(snapshot), revision: 7 }, context);
}

/** The table, read off the document: one row an answer. */
function expected(verification: string, standing: string, action: GateAction, channel: (typeof channelCases)[number]) {
  const sends = (sendingActions as readonly string[]).includes(action);
  const open = (openActions as readonly string[]).includes(action);
  if (standing === 'closed') return { allowed: false, deliveryMode: 'blocked', onDenied: 'discard' };
  if (open) return { allowed: true, deliveryMode: 'open' };
  if (!sends) {
    return standing === 'suspended'
      ? { allowed: false, deliveryMode: 'blocked', onDenied: 'discard' }
      : { allowed: true, deliveryMode: 'test', constraints: { recipients: 'own', perDay: 100 } };
  }
  if (verification !== 'verified') return { allowed: false, deliveryMode: 'blocked', onDenied: 'discard' };
  if (standing === 'suspended')
    return { allowed: false, deliveryMode: 'blocked', onDenied: 'hold', reasons: ['suspended'] };
  if (channel.reason === null) return { allowed: true, deliveryMode: 'live', reasons: [] };
  return { allowed: false, deliveryMode: 'blocked', onDenied: channel.onDenied, reasons: [channel.reason] };
}

const cases = states.map((snapshot, index) => {
  const state = stateOf(snapshot);
  return { index, verification: verificationState(state), standing: standingOf(state), name: JSON.stringify(state) };
});

test('the table is asked in every state of verification and standing', () => {
  expect(cases.length).toBeGreaterThan(50);
  expect(new Set(cases.map(({ standing }) => standing))).toEqual(new Set(['good', 'warned', 'suspended', 'closed']));
});

test.each(cases)('$name', ({ index, verification, standing }) => {
  for (const channel of channelCases) {
    for (const action of gateActions) {
      const answer = ask(index, channel.facts, action);
      expect({ asked: `${action}, ${channel.name}`, ...answer }).toMatchObject({
        asked: `${action}, ${channel.name}`,
        ...expected(verification, standing, action, channel),
      });
      expect(answer.allowed).toBe(answer.reasons.length === 0);
      expect(answer.allowed || answer.status !== 'active').toBe(true);
      expect(answer.notices).toEqual(standing === 'warned' ? ['warned'] : []);
    }
  }
});

describe('channels of a verified account', () => {
  const verifiedIndex = cases.findIndex(
    ({ verification, standing }) => verification === 'verified' && standing === 'good',
  );
  const two: Channels = {
    channels: { ...email, 'push-1': { kind: 'push' } },
    domains: domainOf('failed', true),
  };

  test('a lapsed domain blocks its channel only', () => {
    expect(ask(verifiedIndex, two, 'message.send', 'email-1')).toMatchObject({
      allowed: false,
      status: 'restricted',
      reasons: ['domain_lapsed'],
      onDenied: 'hold',
    });
    expect(ask(verifiedIndex, two, 'message.send', 'push-1')).toMatchObject({ allowed: true, status: 'active' });
    expect(ask(verifiedIndex, two, 'message.send')).toMatchObject({
      allowed: true,
      channels: [
        { channelId: 'email-1', allowed: false },
        { channelId: 'push-1', allowed: true },
      ],
    });
  });

  test('a channel that is not there: channel_missing', () => {
    expect(ask(verifiedIndex, two, 'message.send', 'sms-9')).toMatchObject({
      allowed: false,
      reasons: ['channel_missing'],
      awaitingActionFrom: 'customer',
    });
  });

  test('outside the approval’s scope: out_of_scope', () => {
    const snapshot = states[verifiedIndex];
    if (snapshot === undefined) throw new Error('no verified state');
    const facts: AccountFacts = {
      ...snapshot.context.facts,
      ...two,
      scope: { channelKinds: ['push'], messageTypes: ['transactional'], limits: { perDay: 500 } },
    };
    const subject = { facts, state: stateOf(snapshot), revision: 7 };
    const send = (messageType?: 'marketing' | 'transactional') =>
      decideGate({ action: 'message.send', channelId: 'push-1', messageType }, subject, context);
    expect(send('marketing')).toMatchObject({ allowed: false, reasons: ['out_of_scope'], onDenied: 'discard' });
    expect(send('transactional')).toMatchObject({ allowed: true, limits: { perDay: 500 } });
    expect(send()).toMatchObject({ allowed: true, constraints: { messageTypes: ['transactional'] } });
    expect(decideGate({ action: 'message.send', channelId: 'email-1' }, subject, context).reasons).toContain(
      'out_of_scope',
    );
  });
});

describe('what the gate does not know', () => {
  test('an unknown account is denied', () => {
    expect(decideGate({ action: 'people.write' }, undefined, context)).toMatchObject({
      allowed: false,
      reasons: ['unknown_account'],
      revision: null,
    });
  });

  test('mode observe allows, and says what it would have said', () => {
    const observed = decideGate({ action: 'message.send' }, undefined, { ...context, mode: 'observe' });
    expect(observed).toMatchObject({ allowed: true, observed: true, wouldAllow: false, reasons: ['unknown_account'] });
  });
});
