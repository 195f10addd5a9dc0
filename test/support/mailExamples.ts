/** Gatehouse with mails, without its edges, on a clock that the test moves. */
import { AccountCache } from '../../src/app/accountCache.js';
import { type CommandHandlerDeps, handleCommand } from '../../src/app/handleCommand.js';
import { ensurePolicy } from '../../src/app/policySource.js';
import type { Command } from '../../src/commands/decide.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { accountStream } from '../../src/events/envelope.js';
import { decode, type RecordedEvent } from '../../src/events/upcast.js';
import { Mailing, type MailSettings } from '../../src/mail/mailing.js';
import { type Policy, type PolicyDocument } from '../../src/policy/policy.js';
import { start } from './examples.js';
import { type Folder, newFolder } from './folders.js';

export type MailHouse = {
  readonly folder: Folder;
  readonly store: EventStore;
  readonly commands: CommandHandlerDeps;
  readonly mailing: Mailing;
  /** The present instant, for the test to move. */
  now: string;
  /** Commands that must be accepted; each gives the events that it appended. */
  readonly walk: (commands: readonly Command[], accountId?: string) => Promise<RecordedEvent[]>;
  readonly events: (accountId?: string) => Promise<RecordedEvent[]>;
  /** What was recorded of mails: `sent information_requested owner@acme.example`. */
  readonly told: (accountId?: string) => Promise<string[]>;
  /** Another one on the same files, as after a restart; the one before is closed. */
  readonly again: () => Mailing;
  /** Another node on the same log, with an outbox of its own; the caller closes it. */
  readonly anotherNode: () => Mailing;
  readonly close: () => Promise<void>;
};

export async function newMailHouse(
  settings: Partial<MailSettings> = {},
  change: (policy: PolicyDocument) => PolicyDocument = (policy) => policy,
): Promise<MailHouse> {
  const folder = newFolder();
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  const published = await ensurePolicy(store, () => start);
  const policy: Policy = { ...published, document: change(published.document) };
  let mailing: Mailing;
  const commands: CommandHandlerDeps = {
    store,
    accounts: new AccountCache(store),
    policy: () => policy,
    now: () => house.now,
  };
  const open = (outbox = 'mail.db'): Mailing =>
    new Mailing(commands, {
      sender: { providerName: 'Sendwell', from: 'verify@sendwell.example', replyTo: 'support@sendwell.example' },
      dashboardUrl: 'https://app.sendwell.example',
      folder: folder.file('mail'),
      outboxFile: folder.file(outbox),
      smtpTimes: { connect: 5_000, greet: 5_000, answer: 5_000 },
      ...settings,
    });
  mailing = open();
  let ids = 0;
  const events: MailHouse['events'] = async (accountId = 'acme') => {
    const all: RecordedEvent[] = [];
    for await (const event of store.read(accountStream(accountId))) all.push(decode(event));
    return all;
  };
  const house: MailHouse = {
    folder,
    store,
    commands,
    get mailing() {
      return mailing;
    },
    now: start,
    walk: async (list, accountId = 'acme') => {
      const appended: RecordedEvent[] = [];
      for (const command of list) {
        const before = (await events(accountId)).length;
        const result = await handleCommand(commands, { accountId, commandId: `command-${++ids}`, command });
        if (result.kind === 'refused') throw new Error(`${command.name}: ${result.code}`);
        appended.push(...(await events(accountId)).slice(before));
      }
      return appended;
    },
    events,
    told: async (accountId) =>
      (await events(accountId)).flatMap(({ fact }) =>
        fact.type === 'NotificationSent' || fact.type === 'NotificationFailed'
          ? [`${fact.type === 'NotificationSent' ? 'sent' : 'failed'} ${fact.data.template} ${fact.data.contact}`]
          : [],
      ),
    again: () => {
      mailing.close();
      mailing = open();
      return mailing;
    },
    anotherNode: () => open('other-mail.db'),
    close: async () => {
      mailing.close();
      await store.close();
      folder.remove();
    },
  };
  return house;
}

/** A signal that never aborts. */
export const never = new AbortController().signal;
