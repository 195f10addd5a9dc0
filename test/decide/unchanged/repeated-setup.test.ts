import { command, domain, goodData, informationRequested, setUp } from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';

describe('a setup step once more', () => {
  test.each([
    'RecordPeopleAdded',
    'RecordEventsReceived',
    'ConfigureChannel',
    'AddDomain',
    'RecordMessageCreated',
  ] as const)('%s: unchanged', (name) => given(setUp).when(command(name)).thenUnchanged());

  test('with other content it is news', () => {
    const push = command('ConfigureChannel', { channelId: 'email-1', kind: 'push' });
    given(setUp).when(push).thenEvents('ChannelConfigured');
    const renamed = command('RecordMessageCreated', { messageId: 'welcome', channelId: 'email-1', name: 'Hello' });
    given(setUp).when(renamed).thenEvents('MessageCreated');
  });

  test('a domain without its key: unchanged, for that says nothing about the key', () => {
    const withKey = command('AddDomain', { domain, dkim: { selector: 's1', publicKey: 'MIGf' } });
    given([...setUp, withKey])
      .when(command('AddDomain'))
      .thenUnchanged();
    given([...setUp, withKey])
      .when(command('AddDomain', { domain, dkim: { selector: 's2', publicKey: 'MIGf' } }))
      .thenEvents('DomainAdded');
  });

  // Names that every JavaScript object answers to.
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is an id like any other', (id) => {
    const message = { messageId: 'x', name: 'Lost' };
    given(setUp)
      .when(command('RecordMessageCreated', { ...message, channelId: id }))
      .thenRefused('unknown_channel');
    given(setUp)
      .when(command('RemoveChannel', { channelId: id }))
      .thenRefused('unknown_channel');
    const { website, technicalContact, useCase } = goodData.RequestVerification;
    const request = { website, technicalContact, useCase };
    given(setUp)
      .when(command('RequestVerification', { ...request, sampleMessage: { evidenceId: id } }))
      .thenRefused('unknown_evidence');
    given(setUp)
      .when(command('RequestVerification', { ...request, sampleMessage: { messageId: id } }))
      .thenRefused('unknown_message');
    given(informationRequested)
      .when(command('SubmitInformation', { answers: [{ requirement: 'use_case', evidenceId: id }] }))
      .thenRefused('unknown_evidence');
    const channel = command('ConfigureChannel', { channelId: id, kind: 'push' });
    given([...setUp, channel])
      .when(channel)
      .thenUnchanged();
    given([...setUp, channel])
      .when(command('RecordMessageCreated', { ...message, channelId: id }))
      .thenEvents('MessageCreated');
  });

  test('a message on a channel that does not exist: unknown_channel', () => {
    const lost = command('RecordMessageCreated', { messageId: 'x', channelId: 'nowhere', name: 'Lost' });
    given(setUp).when(lost).thenRefused('unknown_channel');
    given(setUp)
      .when(command('RemoveChannel', { channelId: 'nowhere' }))
      .thenRefused('unknown_channel');
  });

  test('every other accepted command appends, also with the same content', () => {
    given([...setUp, command('UpdateBusinessProfile')])
      .when(command('UpdateBusinessProfile'))
      .thenEvents('BusinessProfileUpdated');
  });
});
