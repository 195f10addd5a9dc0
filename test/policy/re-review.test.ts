/** Which changes of a verified account make somebody look again. */
import type { Fact, Proposal } from '../../src/events/fact.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { changesOf, reReviewFor } from '../../src/policy/reReview.js';
import { after } from '../support/decideSpecification.js';
import { backend, command, day, domain, setUp, start, verified } from '../support/examples.js';

const { facts } = after([
  ...verified,
  command('UpdateBusinessProfile', { messageTypes: ['newsletter', 'transactional'] }),
]).context;
const takenOver = after([...setUp, command('GrandfatherAccount')]).context.facts;
const fact = (proposal: Proposal): Fact => ({ ...proposal, actor: backend, occurredAt: start });
const profile = (data: object): Fact => fact({ type: 'BusinessProfileUpdated', data });

test.each<[string, Fact, readonly string[]]>([
  ['another website', profile({ website: 'https://other.example' }), ['website']],
  ['the same website', profile({ website: 'https://acme.example' }), []],
  ['another use case alone', profile({ useCase: 'Something else' }), []],
  ['a further message type', profile({ messageTypes: ['newsletter', 'marketing'] }), ['message_types']],
  ['a message type less', profile({ messageTypes: ['newsletter'] }), []],
  ['both', profile({ website: 'https://other.example', messageTypes: ['marketing'] }), ['website', 'message_types']],
  ['a new domain', fact({ type: 'DomainAdded', data: { domain: 'new.acme.example' } }), ['domain']],
  [
    'another key of a known domain',
    fact({ type: 'DomainAdded', data: { domain, dkim: { selector: 's', publicKey: 'k' } } }),
    [],
  ],
  [
    'a new kind of channel',
    fact({ type: 'ChannelConfigured', data: { channelId: 'sms-1', kind: 'sms' } }),
    ['channel_kind'],
  ],
  [
    'a further channel of a kind',
    fact({ type: 'ChannelConfigured', data: { channelId: 'email-2', kind: 'email', domain } }),
    [],
  ],
  [
    'a channel that sends from a domain that none sent from',
    fact({ type: 'ChannelConfigured', data: { channelId: 'email-1', kind: 'email', domain: 'other.acme.example' } }),
    ['domain'],
  ],
  ['anything else', fact({ type: 'PeopleAdded', data: { count: 1, attributes: [] } }), []],
])('%s', (_name, change, causes) => expect(changesOf(facts, change)).toEqual(causes));

test('an account that was taken over as verified may complete its profile', () => {
  expect(changesOf(takenOver, profile({ website: 'https://acme.example', messageTypes: ['marketing'] }))).toEqual([]);
});

test('only what the policy names counts; the customer reads plainly what was changed', () => {
  const policy = { ...builtInPolicy, reReview: { on: ['website' as const, 'domain' as const], reviewWithinDays: 3 } };
  expect(reReviewFor(['message_types', 'channel_kind'], policy, start)).toBeUndefined();
  expect(reReviewFor([], policy, start)).toBeUndefined();
  expect(reReviewFor(['website', 'message_types'], policy, start)).toEqual({
    reasons: [
      {
        code: 'other',
        customerMessage: 'You changed your website, so we take another look. You can go on sending meanwhile.',
      },
    ],
    reviewBy: day(3),
    internalNote: 'Changed while verified: website.',
  });
});
