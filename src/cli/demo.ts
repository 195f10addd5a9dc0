/** `gatehouse demo`: three sample accounts, so that every part has something to show. */
import type { CommandInput, CommandName } from '../commands/catalogue.js';
import type { Config } from '../config.js';
import { accountOf } from '../events/envelope.js';
import type { Actor } from '../events/vocabulary.js';
import { openLogForReading } from '../parts.js';
import { UsageError } from './output.js';
import { openSender, type Sender } from './sender.js';

const product: Actor = { type: 'product', id: 'demo-backend' };
const customer: Actor = { type: 'customer', id: 'demo-owner' };
const system: Actor = { type: 'system', id: 'demo-checks' };
const reviewer: Actor = { type: 'reviewer', id: 'demo-reviewer' };

type Step = { [C in CommandName]: readonly [Actor, C, CommandInput<C>] }[CommandName];

function setupSteps(name: string): Step[] {
  const domain = `mail.${name}.example`;
  return [
    [product, 'SignUp', { company: `${name} Ltd`, ownerEmail: `owner@${name}.example` }],
    [product, 'RecordPeopleAdded', { count: 250, attributes: ['email', 'created_at'] }],
    [product, 'RecordEventsReceived', { count: 40, names: ['signed_in', 'ordered'] }],
    [product, 'ConfigureChannel', { channelId: 'email-1', kind: 'email', domain }],
    [product, 'AddDomain', { domain }],
    [system, 'RecordDomainCheck', { domain, outcome: 'verified', records: [] }],
    [
      product,
      'RecordMessageCreated',
      { messageId: 'welcome', channelId: 'email-1', name: 'Welcome', subject: 'Welcome aboard' },
    ],
    [
      customer,
      'RequestVerification',
      {
        website: `https://${name}.example`,
        technicalContact: { name: 'Technical contact', email: `tech@${name}.example` },
        useCase: 'Order confirmations and a monthly newsletter for customers who signed up',
        audience: 'Customers of our shop',
        messageTypes: ['transactional', 'newsletter'],
        subscriptionProcess: 'A box to tick at checkout, and a confirmation by e-mail',
      },
    ],
    [reviewer, 'SkipScreening', { reason: 'Sample data: checked by a person' }],
  ];
}

const accounts: Readonly<Record<string, { readonly shows: string; readonly steps: readonly Step[] }>> = {
  acme: { shows: 'in review', steps: setupSteps('acme') },
  birch: {
    shows: 'asked for more',
    steps: [
      ...setupSteps('birch'),
      [
        reviewer,
        'RequestInformation',
        {
          items: [
            {
              requirement: 'subscription_process',
              reasonCode: 'opt_in_evidence_missing',
              message: 'Please send a screenshot of the form with which people sign up for your newsletter.',
            },
          ],
          internalNote: 'The website shows no sign-up form.',
        },
      ],
    ],
  },
  cedar: {
    shows: 'verified',
    steps: [...setupSteps('cedar'), [reviewer, 'ApproveVerification', { note: 'Clear use, verified domain.' }]],
  },
};

export type DemoAccount = { readonly accountId: string; readonly shows: string };

/** Makes the sample accounts; again changes nothing. @throws {UsageError} on a store that holds other accounts */
export async function demo(config: Config): Promise<DemoAccount[]> {
  await refuseOtherAccounts(config);
  const sender = await openSender(config);
  try {
    for (const [accountId, { steps }] of Object.entries(accounts)) await walk(sender, accountId, steps);
  } finally {
    await sender.close();
  }
  return Object.entries(accounts).map(([accountId, { shows }]) => ({ accountId, shows }));
}

/** Where a service runs, its own checks may have been quicker than the person who goes on without them. */
function cameLate(name: CommandName, code: string | undefined): boolean {
  return name === 'SkipScreening' && code === 'not_in_this_state';
}

async function walk(sender: Sender, accountId: string, steps: readonly Step[]): Promise<void> {
  for (const [index, [actor, name, data]] of steps.entries()) {
    // One type for each pair of name and data; the loop sees only their union.
    const sent = await sender.send(accountId, `demo-${accountId}-${index + 1}`, actor, name, data as never);
    if (sent.outcome === 'refused' && !cameLate(name, sent.code)) {
      throw new UsageError(
        `${accountId} is there already, but is not the demo's: ${name} was refused (${sent.code ?? ''}).`,
      );
    }
  }
}

async function refuseOtherAccounts(config: Config): Promise<void> {
  const store = openLogForReading(config);
  if (store === undefined) return;
  try {
    for await (const { stream } of store.readAll({ types: ['AccountSignedUp'] })) {
      const accountId = accountOf(stream) ?? '';
      if (accounts[accountId] !== undefined) continue;
      throw new UsageError(
        `This store holds other accounts (${accountId}, for one). The demo is for an empty one: name another folder with --data.`,
      );
    }
  } finally {
    await store.close();
  }
}
