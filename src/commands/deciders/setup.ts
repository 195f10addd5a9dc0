/** Sign-up and the setup steps. Repeated steps change nothing. */
import { entryOf } from '../../events/record.js';
import { mostEvidence, timesAttached } from '../../policy/facts.js';
import { type Decider, same } from '../decider.js';

export const SignUp: Decider<'SignUp'> = { propose: ({ data }) => [{ type: 'AccountSignedUp', data }] };

export const UpdateContacts: Decider<'UpdateContacts'> = {
  propose: ({ data }) => [{ type: 'ContactsUpdated', data }],
};

export const UpdateBusinessProfile: Decider<'UpdateBusinessProfile'> = {
  propose: ({ data }) => [{ type: 'BusinessProfileUpdated', data }],
};

export const RecordPeopleAdded: Decider<'RecordPeopleAdded'> = {
  propose: ({ data }) => [{ type: 'PeopleAdded', data }],
  unchanged: ({ facts }) => facts.peopleAdded,
};

export const RecordEventsReceived: Decider<'RecordEventsReceived'> = {
  propose: ({ data }) => [{ type: 'EventsReceived', data }],
  unchanged: ({ facts }) => facts.eventsReceived,
};

export const ConfigureChannel: Decider<'ConfigureChannel'> = {
  propose: ({ data }) => [{ type: 'ChannelConfigured', data }],
  unchanged: ({ data: { channelId, ...channel }, facts }) => same(entryOf(facts.channels, channelId), channel),
};

export const RemoveChannel: Decider<'RemoveChannel'> = {
  propose: ({ data }) => [{ type: 'ChannelRemoved', data }],
};

export const RecordMessageCreated: Decider<'RecordMessageCreated'> = {
  propose: ({ data }) => [{ type: 'MessageCreated', data }],
  unchanged: ({ data, messages }) => same(entryOf(messages, data.messageId), data),
};

export const AttachEvidence: Decider<'AttachEvidence'> = {
  propose: ({ data }) => [{ type: 'EvidenceAttached', data }],
  refuse: ({ facts }) => (timesAttached(facts) >= mostEvidence ? 'too_much_evidence' : undefined),
};
