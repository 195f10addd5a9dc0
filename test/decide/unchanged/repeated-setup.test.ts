import { command, setUp } from '../../support/examples.js';
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
