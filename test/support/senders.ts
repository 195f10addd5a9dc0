/** Senders that ask for verification, with a website, a domain and a message: in order, or with something changed. */
import type { CommandInput } from '../../src/commands/catalogue.js';
import type { Command } from '../../src/commands/decide.js';
import { checks, command } from './examples.js';

/** What may be changed of a sender in order. */
export type Sender = {
  readonly ownerEmail?: string;
  readonly technicalEmail?: string;
  readonly sendingDomain?: string;
  readonly website?: string;
  readonly message?: Partial<CommandInput<'RecordMessageCreated'>>;
  readonly request?: Partial<CommandInput<'RequestVerification'>>;
  readonly domainCheck?: 'verified' | 'failed' | 'temporary_failure';
};

export const goodBody =
  '<p>What is new in May: anvils in blue.</p><p>Acme Ltd, 12 Main Street, London</p><a href="https://a.com/u">Unsubscribe</a>';

/** The commands of a sender at this host, up to its request. */
export function senderAt(host: string, website: string, changes: Sender = {}): readonly Command[] {
  const { sendingDomain = `mail.${host}`, ownerEmail = `owner@${host}`, technicalEmail = `tech@${host}` } = changes;
  const { message, request, domainCheck = 'verified' } = changes;
  return [
    command('SignUp', { company: 'Acme', ownerEmail }),
    command('RecordPeopleAdded'),
    command('RecordEventsReceived'),
    command('ConfigureChannel', { channelId: 'email-1', kind: 'email', domain: sendingDomain }),
    command('AddDomain', { domain: sendingDomain }),
    command('RecordDomainCheck', { domain: sendingDomain, outcome: domainCheck, records: [] }, checks),
    command('RecordMessageCreated', {
      messageId: 'news',
      channelId: 'email-1',
      name: 'News',
      subject: 'News of May',
      body: goodBody,
      ...message,
    }),
    command('RequestVerification', {
      website: changes.website ?? website,
      technicalContact: { name: 'Technical contact', email: technicalEmail },
      useCase: 'News for the customers of our shop',
      messageTypes: ['newsletter'],
      subscriptionProcess: 'A form in the shop, with a confirmation by mail',
      ...request,
    }),
  ];
}
